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

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertyResolver;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
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

	private final PropertyResolver properties;

	private final Map<String, Namespace> namespaces = new TreeMap<>();

	HandlerRegistry(HandlerMethodCompiler compiler, PropertyResolver properties) {
		this.compiler = compiler;
		this.properties = properties;
	}

	/**
	 * Add the methods of a controller.
	 * @param bean the controller
	 * @throws InvalidHandlerMethodException if a method cannot work
	 * @throws DuplicateSocketIoEventException if an event has a handler already
	 */
	void add(ControllerBean bean) {
		Namespace namespace = this.namespaces.computeIfAbsent(bean.namespace(), (name) -> new Namespace());
		Map<Method, Mapping> mappings = mappings(bean.type());
		mappings.keySet().stream().sorted(METHOD_ORDER).forEach((method) -> add(namespace, bean, method, mappings));
	}

	private void add(Namespace namespace, ControllerBean bean, Method method, Map<Method, Mapping> mappings) {
		Mapping mapping = mappings.get(method);
		if (mapping == null) {
			return;
		}
		if (mapping.connect()) {
			namespace.connect.add(this.compiler.compile(bean, method, HandlerKind.CONNECT));
		}
		if (mapping.disconnect()) {
			namespace.disconnect.add(this.compiler.compile(bean, method, HandlerKind.DISCONNECT));
		}
		if (mapping.event() != null) {
			CompiledHandler handler = this.compiler.compile(bean, method, HandlerKind.EVENT);
			for (String event : events(mapping.event(), method, handler)) {
				CompiledHandler first = namespace.events.putIfAbsent(event, handler);
				if (first != null) {
					throw new DuplicateSocketIoEventException(bean.namespace(), event, first.toString(),
							handler.toString());
				}
			}
		}
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
	 * The handler methods of a class.
	 * @param type the user's class
	 * @return the methods, also those that are annotated in a superclass or interface
	 */
	static Set<Method> methods(Class<?> type) {
		return mappings(type).keySet();
	}

	private static Map<Method, Mapping> mappings(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Mapping>) HandlerRegistry::mapping);
	}

	private static @Nullable Mapping mapping(Method method) {
		Mapping mapping = new Mapping(AnnotatedElementUtils.findMergedAnnotation(method, SocketIoEvent.class),
				AnnotatedElementUtils.hasAnnotation(method, OnConnect.class),
				AnnotatedElementUtils.hasAnnotation(method, OnDisconnect.class));
		return (mapping.event() != null || mapping.connect() || mapping.disconnect()) ? mapping : null;
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
		this.namespaces.forEach((name, namespace) -> handlers.put(name, new NamespaceHandlers(namespace.events,
				namespace.connect, namespace.disconnect, executor, errors, maxPendingEvents)));
		return handlers;
	}

	/**
	 * What a method handles.
	 *
	 * @param event its events
	 * @param connect whether it handles sockets that have joined
	 * @param disconnect whether it handles sockets that have left
	 */
	private record Mapping(@Nullable SocketIoEvent event, boolean connect, boolean disconnect) {

	}

	/**
	 * Handlers of one namespace.
	 */
	private static final class Namespace {

		private final Map<String, CompiledHandler> events = new TreeMap<>();

		private final List<CompiledHandler> connect = new ArrayList<>();

		private final List<CompiledHandler> disconnect = new ArrayList<>();

	}

}
