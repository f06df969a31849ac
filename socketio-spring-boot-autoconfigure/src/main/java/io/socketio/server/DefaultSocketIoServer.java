package io.socketio.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.AdapterFactory;
import io.socketio.engine.EngineOptions;
import io.socketio.engine.EngineServer;
import io.socketio.engine.Timers;
import io.socketio.protocol.PacketParser;
import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.LogBudget;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.RecoveryStatistics;
import io.socketio.recovery.SessionStore;

/**
 * The server: an engine, and the namespaces that its connections may join.
 *
 * @since 0.1.0
 */
public final class DefaultSocketIoServer extends AbstractBroadcaster implements SocketIoServer {

	private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Timers timers = new Timers();

	private final EngineServer engine;

	private final ServerContext context;

	private final SocketAuthentication authentication;

	private final Namespaces namespaces;

	private final DefaultNamespace main;

	/**
	 * Create a server without extensions.
	 * @param engineOptions settings of the engine
	 * @param options settings of the server
	 * @param parser the format of packets
	 * @param mapper converts arguments
	 * @param store keeps sessions for recovery
	 * @param adapters create the adapters of namespaces
	 * @param events gets the application events of recovery
	 */
	public DefaultSocketIoServer(EngineOptions engineOptions, ServerOptions options, PacketParser parser,
			JsonMapper mapper, SessionStore store, AdapterFactory adapters, ApplicationEventPublisher events) {
		this(engineOptions, options, parser, mapper, store, adapters, events, ServerExtensions.none());
	}

	/**
	 * Create a server.
	 * @param engineOptions settings of the engine
	 * @param options settings of the server
	 * @param parser the format of packets
	 * @param mapper converts arguments
	 * @param store keeps sessions for recovery
	 * @param adapters create the adapters of namespaces
	 * @param events gets the application events of recovery
	 * @param extensions what the application has plugged in
	 */
	public DefaultSocketIoServer(EngineOptions engineOptions, ServerOptions options, PacketParser parser,
			JsonMapper mapper, SessionStore store, AdapterFactory adapters, ApplicationEventPublisher events,
			ServerExtensions extensions) {
		RecoveryOptions recovery = options.recovery();
		this.context = new ServerContext(options, parser, mapper, store, this.timers,
				(recovery != null) ? recoveryContext(recovery, engineOptions, events) : null, extensions);
		this.authentication = new SocketAuthentication(extensions, this.timers);
		this.namespaces = new Namespaces(this.context, adapters);
		this.engine = new EngineServer(engineOptions, this.timers,
				(session) -> new ClientConnection(session, this.namespaces, this.authentication, this.context));
		this.main = this.namespaces.of("/");
		if (recovery != null) {
			sweepLater(recovery);
		}
	}

	private RecoveryContext recoveryContext(RecoveryOptions options, EngineOptions engineOptions,
			ApplicationEventPublisher events) {
		Duration detection = engineOptions.pingInterval().plus(engineOptions.pingTimeout().multipliedBy(2));
		return new RecoveryContext(options, new RecoveryMonitor(new RecoveryEvents(events)),
				new LogBudget(options.maxTotalLogBytes(), options.maxTotalLogEvents()),
				new SessionQuota(options.maxSessions()), new ReplayGate(options.maxConcurrentReplays(), this.timers),
				detection);
	}

	/**
	 * What became of recoveries so far.
	 * @return the statistics, or {@code null} if recovery is off
	 */
	public @Nullable RecoveryStatistics recoveryStatistics() {
		RecoveryContext recovery = this.context.recovery();
		return (recovery != null) ? recovery.monitor().statistics() : null;
	}

	/**
	 * The engine, for the web layer.
	 * @return the engine
	 */
	public EngineServer engine() {
		return this.engine;
	}

	private void sweepLater(RecoveryOptions recovery) {
		Duration quarter = recovery.maxDisconnectionDuration().dividedBy(4);
		Duration interval = (quarter.compareTo(SWEEP_INTERVAL) < 0) ? quarter : SWEEP_INTERVAL;
		this.timers.schedule(interval, () -> {
			for (DefaultNamespace namespace : this.namespaces.all()) {
				NamespaceRecovery namespaceRecovery = namespace.recovery();
				if (namespaceRecovery != null) {
					namespaceRecovery.trim();
				}
			}
			if (this.context.store() instanceof InMemorySessionStore inMemory) {
				inMemory.removeExpired();
			}
			if (!this.engine.isClosed()) {
				sweepLater(recovery);
			}
		});
	}

	// Namespaces

	@Override
	public SocketIoNamespace of(String name) {
		Assert.notNull(name, "name must not be null");
		Assert.isTrue(name.indexOf(',') < 0, () -> "A namespace must not contain a comma, but is named " + name);
		return this.namespaces.of(name.startsWith("/") ? name : "/" + name);
	}

	@Override
	public SocketIoNamespace of(Pattern name) {
		Assert.notNull(name, "name must not be null");
		return this.namespaces.parent((parent) -> new ParentNamespace(parent, name));
	}

	@Override
	public SocketIoNamespace of(NamespacePredicate predicate) {
		Assert.notNull(predicate, "predicate must not be null");
		return this.namespaces.parent((parent) -> new ParentNamespace(parent, predicate));
	}

	@Override
	public SocketIoServer onNewNamespace(Consumer<SocketIoNamespace> listener) {
		this.namespaces.onNew(listener);
		return this;
	}

	@Override
	public Mono<Void> close() {
		return Mono.defer(() -> {
			List<Mono<Void>> released = new ArrayList<>();
			for (DefaultNamespace namespace : this.namespaces.all()) {
				for (DefaultSocket socket : namespace.sockets().everyone()) {
					released.add(socket.released());
				}
			}
			this.engine.close();
			return Mono.when(released).timeout(CLOSE_TIMEOUT, Mono.empty()).doFinally((signal) -> {
				this.namespaces.all().forEach(DefaultNamespace::close);
				this.timers.stop();
				if (this.context.recovery() != null) {
					this.context.recovery().monitor().close();
				}
			});
		});
	}

	// What acts on the main namespace

	@Override
	BroadcastOperator operator() {
		return this.main.operator();
	}

	@Override
	public String name() {
		return this.main.name();
	}

	@Override
	public SocketIoNamespace use(NamespaceMiddleware middleware) {
		this.main.use(middleware);
		return this;
	}

	@Override
	public SocketIoNamespace onConnection(Consumer<SocketIoSocket> listener) {
		this.main.onConnection(listener);
		return this;
	}

	@Override
	public SocketIoNamespace handler(NamespaceHandler handler) {
		this.main.handler(handler);
		return this;
	}

	@Override
	public SocketIoNamespace onRooms(RoomListener listener) {
		this.main.onRooms(listener);
		return this;
	}

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		this.main.serverSideEmit(event, args);
	}

	@Override
	public Flux<EventArguments> serverSideEmitWithAck(String event, @Nullable Object... args) {
		return this.main.serverSideEmitWithAck(event, args);
	}

	@Override
	public SocketIoNamespace onServerSide(String event, EventListener listener) {
		this.main.onServerSide(event, listener);
		return this;
	}

	@Override
	public boolean forgetSession(String socketId) {
		return this.main.forgetSession(socketId);
	}

}
