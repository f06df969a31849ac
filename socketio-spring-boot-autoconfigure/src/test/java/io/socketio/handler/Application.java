package io.socketio.handler;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.socketio.server.NamespaceHandler;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * An application with controllers, a server that remembers their handlers, and threads
 * named {@code event-loop} and {@code blocking-N}.
 */
final class Application implements AutoCloseable {

	final GenericApplicationContext context = new GenericApplicationContext();

	final MockEnvironment environment = new MockEnvironment();

	final DefaultConversionService conversionService = new DefaultConversionService();

	final SocketIoServer server = mock(SocketIoServer.class);

	final Map<String, NamespaceHandler> handlers = new HashMap<>();

	final ExecutorService eventLoop = Executors.newSingleThreadExecutor((task) -> new Thread(task, "event-loop"));

	final ExecutorService blocking = Executors.newFixedThreadPool(8, new CustomizableThreadFactory("blocking-"));

	private Executor executor = this.blocking;

	private List<ArgumentResolver> resolvers = List.of();

	private int maxPendingEvents = SocketIoControllerRegistrar.DEFAULT_MAX_PENDING_EVENTS;

	private int maxConcurrentEvents = SocketIoControllerRegistrar.DEFAULT_MAX_CONCURRENT_EVENTS;

	Application() {
		given(this.server.of(anyString())).willAnswer((call) -> namespace(call.getArgument(0)));
		this.context.setEnvironment(this.environment);
	}

	static Application of(Class<?>... controllers) {
		return new Application().register(controllers).start();
	}

	private SocketIoNamespace namespace(String name) {
		SocketIoNamespace namespace = mock(SocketIoNamespace.class);
		given(namespace.handler(any())).willAnswer((call) -> {
			if (this.handlers.put(name, call.getArgument(0)) != null) {
				throw new AssertionError("Two handlers for " + name);
			}
			return namespace;
		});
		return namespace;
	}

	Application register(Class<?>... classes) {
		AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(this.context);
		Arrays.stream(classes).forEach(reader::register);
		return this;
	}

	Application with(Consumer<Application> customizer) {
		customizer.accept(this);
		return this;
	}

	Application executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	Application resolvers(ArgumentResolver... resolvers) {
		this.resolvers = List.of(resolvers);
		return this;
	}

	Application maxPendingEvents(int maxPendingEvents) {
		this.maxPendingEvents = maxPendingEvents;
		return this;
	}

	Application maxConcurrentEvents(int maxConcurrentEvents) {
		this.maxConcurrentEvents = maxConcurrentEvents;
		return this;
	}

	Application start() {
		try {
			this.context.registerBean(SocketIoControllerRegistrar.class,
					() -> new SocketIoControllerRegistrar(this.context, this.server, this.conversionService,
							this.executor, this.resolvers, this.maxPendingEvents, this.maxConcurrentEvents));
			this.context.refresh();
			return this;
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	TestSocket connect() {
		return connect("/");
	}

	TestSocket connect(String namespace) {
		TestSocket socket = socket();
		connect(namespace, socket);
		return socket;
	}

	void connect(String namespace, TestSocket socket) {
		NamespaceHandler handler = this.handlers.get(namespace);
		if (handler == null) {
			throw new AssertionError("No handler for " + namespace);
		}
		socket.connect(handler);
	}

	TestSocket socket() {
		return new TestSocket(this.eventLoop);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
		this.eventLoop.shutdownNow();
		this.blocking.shutdownNow();
	}

}
