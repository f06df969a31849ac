package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertyResolver;

import io.socketio.annotation.SocketIoEvent;
import io.socketio.protocol.ReservedEvents;

/**
 * Collects the handler methods of controllers, by namespace.
 */
final class HandlerRegistry {

	private static final Comparator<Method> METHOD_ORDER = Comparator.comparingInt(HandlerRegistry::order)
		.thenComparing(Method::getName)
		.thenComparing(Method::toString);

	private final HandlerMethodCompiler compiler;

	private final ExceptionHandlerRegistry exceptions;

	private final PropertyResolver properties;

	private final Problems problems;

	private final int maxConcurrent;

	private final Map<String, Namespace> namespaces = new TreeMap<>();

	/**
	 * Create a registry.
	 * @param compiler compiles methods
	 * @param exceptions knows exception handlers
	 * @param properties resolves names of events
	 * @param problems collects what is wrong
	 * @param maxConcurrent calls of reactive handlers that may be unfinished at a time
	 * for one socket
	 */
	HandlerRegistry(HandlerMethodCompiler compiler, ExceptionHandlerRegistry exceptions, PropertyResolver properties,
			Problems problems, int maxConcurrent) {
		this.compiler = compiler;
		this.exceptions = exceptions;
		this.properties = properties;
		this.problems = problems;
		this.maxConcurrent = maxConcurrent;
	}

	/**
	 * Add the methods of a controller.
	 * @param bean the controller
	 */
	void add(ControllerBean bean) {
		Namespace namespace = this.namespaces.computeIfAbsent(bean.namespace(), (name) -> new Namespace());
		ExceptionHandlers exceptions = this.exceptions.handlers(bean);
		Map<Method, MethodMapping> mappings = MethodMapping.of(bean.type());
		mappings.keySet().stream().sorted(METHOD_ORDER).forEach((method) -> {
			MethodMapping mapping = mappings.get(method);
			if (mapping != null) {
				this.problems.collect(() -> add(namespace, bean, method, mapping, exceptions));
			}
		});
	}

	private void add(Namespace namespace, ControllerBean bean, Method method, MethodMapping mapping,
			ExceptionHandlers exceptions) {
		if (mapping.connect()) {
			namespace.connect.add(this.compiler.compile(bean, method, HandlerKind.CONNECT, Overlap.NONE, exceptions));
		}
		if (mapping.disconnect()) {
			namespace.disconnect
				.add(this.compiler.compile(bean, method, HandlerKind.DISCONNECT, Overlap.NONE, exceptions));
		}
		if (mapping.any()) {
			namespace.any.add(this.compiler.compile(bean, method, HandlerKind.ANY_EVENT,
					new Overlap(Overlap.SHARED, this.maxConcurrent), exceptions));
		}
		if (mapping.event() != null) {
			CompiledHandler handler = this.compiler.compile(bean, method, HandlerKind.EVENT,
					overlap(namespace, bean, method, mapping.event()), exceptions);
			for (String event : events(mapping.event(), method, handler)) {
				CompiledHandler first = namespace.events.putIfAbsent(event, handler);
				if (first != null) {
					throw new DuplicateSocketIoEventException(bean.namespace(), event, first.toString(),
							handler.toString());
				}
			}
		}
	}

	private Overlap overlap(Namespace namespace, ControllerBean bean, Method method, SocketIoEvent event) {
		int max = event.maxConcurrent();
		if (max < 0) {
			throw new InvalidHandlerMethodException(bean.describe(method), "maxConcurrent must not be negative");
		}
		return (max == 0) ? new Overlap(Overlap.SHARED, this.maxConcurrent) : new Overlap(namespace.slots++, max);
	}

	private Set<String> events(SocketIoEvent annotation, Method method, CompiledHandler handler) {
		Set<String> events = new LinkedHashSet<>();
		for (String name : annotation.names()) {
			events.add(this.properties.resolveRequiredPlaceholders(name));
		}
		if (events.isEmpty()) {
			events.add(method.getName());
		}
		for (String event : events) {
			if (event.isEmpty()) {
				throw new InvalidHandlerMethodException(handler.toString(), "the name of the event is empty");
			}
			if (ReservedEvents.contains(event)) {
				throw new InvalidHandlerMethodException(handler.toString(),
						"the event name '" + event + "' is reserved: use @OnConnect or @OnDisconnect, or another name");
			}
		}
		return events;
	}

	private static int order(Method method) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(method, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Finish.
	 * @param executor runs blocking handlers
	 * @param errors answers for what fails
	 * @param maxPendingEvents unfinished events of a socket that stop reading
	 * @return handlers by the name of their namespace
	 */
	Map<String, NamespaceHandlers> build(Executor executor, HandlerErrors errors, int maxPendingEvents) {
		Map<String, NamespaceHandlers> handlers = new TreeMap<>();
		this.namespaces.forEach((name, namespace) -> handlers.put(name,
				new NamespaceHandlers(namespace.events, namespace.any, namespace.connect, namespace.disconnect,
						executor, errors, new HandlerLimits(maxPendingEvents, this.maxConcurrent, namespace.slots))));
		return handlers;
	}

	/**
	 * Handlers of one namespace.
	 */
	private static final class Namespace {

		private final Map<String, CompiledHandler> events = new TreeMap<>();

		private final List<CompiledHandler> any = new ArrayList<>();

		private final List<CompiledHandler> connect = new ArrayList<>();

		private final List<CompiledHandler> disconnect = new ArrayList<>();

		private int slots = 1;

	}

}
