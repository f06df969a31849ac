package io.socketio.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.server.ClientErrorTranslator;
import io.socketio.server.SocketIoServer;

/**
 * Finds the {@link io.socketio.annotation.SocketIoController} beans of an application
 * context when all singletons are there, compiles their methods and registers them with
 * the server, one handler for each namespace.
 * <p>
 * Beans are called through their Spring proxy. A singleton is looked up once, at start-up
 * unless it is lazy; a bean of another scope for each call.
 * <p>
 * For one socket handlers start in the order of arrival. Methods that return a reactive
 * type or a {@code CompletionStage}, and suspending functions of Kotlin, are called on
 * the connection's event loop, or where they have to wait for an earlier handler, on the
 * thread that was waited for; up to a limit several may be unfinished at a time. All
 * others run on the executor, one at a time for each socket. While more events than the
 * limit are waiting or unfinished, the connection is not read from, until half of them
 * are done.
 * <p>
 * What a handler throws is given to the application's exception handlers, methods with
 * {@link io.socketio.annotation.SocketIoExceptionHandler}. Where there is none, it is
 * logged and answered with a message that shows nothing of the inside;
 * {@link InvalidEventArgumentsException}, which stands for what a client did wrong, is
 * answered with its details. The connection stays open.
 *
 * @since 0.1.0
 */
public final class SocketIoControllerRegistrar implements SmartInitializingSingleton {

	/**
	 * Events of one socket that may be waiting or unfinished before reading stops.
	 */
	public static final int DEFAULT_MAX_PENDING_EVENTS = 64;

	/**
	 * Events of one socket whose reactive handlers may be unfinished at a time.
	 */
	public static final int DEFAULT_MAX_CONCURRENT_EVENTS = 64;

	private static final Log logger = LogFactory.getLog(SocketIoControllerRegistrar.class);

	private final ConfigurableApplicationContext context;

	private final SocketIoServer server;

	private final ConversionService conversionService;

	private final Executor executor;

	private final List<ArgumentResolver> resolvers;

	private final int maxPendingEvents;

	private final int maxConcurrentEvents;

	/**
	 * Create a registrar with the default limits.
	 * @param context the application context, which must be configurable
	 * @param server the server
	 * @param conversionService converts what Jackson cannot
	 * @param executor runs handlers that may block
	 * @param resolvers the application's own argument resolvers
	 * @param maxPendingEvents events of one socket that may be waiting or unfinished
	 * before reading stops, at least 1
	 */
	public SocketIoControllerRegistrar(ApplicationContext context, SocketIoServer server,
			ConversionService conversionService, Executor executor, List<ArgumentResolver> resolvers,
			int maxPendingEvents) {
		this(context, server, conversionService, executor, resolvers, maxPendingEvents, DEFAULT_MAX_CONCURRENT_EVENTS);
	}

	/**
	 * Create a registrar.
	 * @param context the application context, which must be configurable; its
	 * {@code JsonMapper} converts the CONNECT payload, and its
	 * {@code HandlerMethodValidator}, if it has one, validates arguments and results
	 * @param server the server
	 * @param conversionService converts what Jackson cannot
	 * @param executor runs handlers that may block: never the calling thread, and best
	 * virtual threads or a bounded pool
	 * @param resolvers the application's own argument resolvers, asked before the
	 * built-in ones
	 * @param maxPendingEvents events of one socket that may be waiting or unfinished
	 * before reading stops, at least 1
	 * @param maxConcurrentEvents events of one socket whose reactive handlers may be
	 * unfinished at a time, at least 1
	 */
	public SocketIoControllerRegistrar(ApplicationContext context, SocketIoServer server,
			ConversionService conversionService, Executor executor, List<ArgumentResolver> resolvers,
			int maxPendingEvents, int maxConcurrentEvents) {
		Assert.isInstanceOf(ConfigurableApplicationContext.class, context, "'context' must be configurable");
		Assert.isTrue(maxPendingEvents > 0, "'maxPendingEvents' must be positive");
		Assert.isTrue(maxConcurrentEvents > 0, "'maxConcurrentEvents' must be positive");
		this.context = (ConfigurableApplicationContext) context;
		this.server = server;
		this.conversionService = conversionService;
		this.executor = executor;
		this.resolvers = List.copyOf(resolvers);
		this.maxPendingEvents = maxPendingEvents;
		this.maxConcurrentEvents = maxConcurrentEvents;
	}

	/**
	 * Find, compile and register the handlers.
	 * @throws InvalidHandlerMethodException if a method cannot work; where several
	 * cannot, the others are suppressed by the first
	 * @throws DuplicateSocketIoEventException if two methods handle one event
	 */
	@Override
	public void afterSingletonsInstantiated() {
		Problems problems = new Problems();
		HandlerMethodCompiler compiler = compiler();
		ExceptionHandlerRegistry exceptions = new ExceptionHandlerRegistry(compiler, problems);
		exceptions.addAdvices(this.context);
		HandlerRegistry registry = new HandlerRegistry(compiler, exceptions, this.context.getEnvironment(), problems,
				this.maxConcurrentEvents);
		List<ControllerBean> controllers = new ControllerDetector(this.context).detect();
		controllers.forEach(registry::add);
		problems.throwFirst();
		HandlerErrors errors = new HandlerErrors(ClientErrorTranslator
			.of(this.context.getBeanProvider(ClientErrorTranslator.class).orderedStream().toList()));
		Map<String, NamespaceHandlers> handlers = registry.build(this.executor, errors, this.maxPendingEvents);
		handlers.forEach((namespace, handler) -> this.server.of(namespace).handler(handler));
		int methods = handlers.values().stream().mapToInt(NamespaceHandlers::size).sum();
		logger.info(LogMessage.format("Socket.IO handlers: %s, controllers: %s, namespaces: %s", methods,
				controllers.size(), handlers.keySet()));
	}

	private HandlerMethodCompiler compiler() {
		JsonMapper mapper = this.context.getBeanProvider(JsonMapper.class).getIfUnique(JsonMapper::shared);
		ArgumentCompiler arguments = new ArgumentCompiler(this.resolvers, this.server, this.conversionService, mapper,
				this.context.getEnvironment());
		return new HandlerMethodCompiler(arguments,
				this.context.getBeanProvider(HandlerMethodValidator.class).getIfUnique());
	}

}
