package io.socketio.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

import io.socketio.adapter.Adapter;
import io.socketio.adapter.AdapterFactory;
import io.socketio.adapter.Audience;
import io.socketio.adapter.Broadcast;
import io.socketio.adapter.LocalSockets;
import io.socketio.engine.EngineMessage;
import io.socketio.protocol.EncodedPacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.ReservedEvents;
import io.socketio.recovery.EventLog;

/**
 * A namespace: what is registered with it, and the way of events from the caller through
 * the adapter to its sockets.
 */
final class DefaultNamespace extends AbstractNamespace implements LocalSockets {

	private final String name;

	private final ServerContext context;

	private final Adapter adapter;

	private final NamespaceSockets sockets;

	private final @Nullable SessionClaims claims;

	private final AtomicLong ackIds = new AtomicLong();

	private final ServerSideEvents serverSide;

	/**
	 * Whether the application may have a hold of the namespace.
	 */
	private volatile boolean kept;

	private final BroadcastOperator operator = new DefaultBroadcastOperator(this, Audience.ALL, EmitOptions.DEFAULT);

	/**
	 * Create a namespace.
	 * @param name the name
	 * @param context the server
	 * @param adapters create its adapter
	 * @param emptied called when nobody is in a child any more, nor can come back
	 * @param parent the parent of a child, or {@code null}
	 */
	DefaultNamespace(String name, ServerContext context, AdapterFactory adapters,
			BiConsumer<DefaultNamespace, ParentNamespace> emptied, @Nullable ParentNamespace parent) {
		this.name = name;
		this.context = context;
		boolean temporary = parent != null && context.options().cleanupEmptyChildNamespaces();
		this.sockets = new NamespaceSockets(name, context, temporary ? () -> emptied.accept(this, parent) : null);
		this.claims = claims(name, context, this.sockets.recovery());
		this.serverSide = new ServerSideEvents(name, context.mapper());
		this.adapter = adapters.create(name, this);
	}

	void keep() {
		this.kept = true;
	}

	boolean retire() {
		return !this.kept && this.sockets.retire();
	}

	private static @Nullable SessionClaims claims(String name, ServerContext context,
			@Nullable NamespaceRecovery recovery) {
		return (recovery != null && context.recovery() != null)
				? new SessionClaims(name, recovery.sessions(), context.store(), context.recovery()) : null;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	BroadcastOperator operator() {
		return this.operator;
	}

	NamespaceSockets sockets() {
		return this.sockets;
	}

	@Nullable NamespaceRecovery recovery() {
		return this.sockets.recovery();
	}

	@Nullable SessionClaims claims() {
		return this.claims;
	}

	// Middlewares and listeners

	@Override
	public SocketIoNamespace onRooms(RoomListener listener) {
		this.sockets.roomChanges().onChange(listener);
		return this;
	}

	Mono<Void> checkAdmission(DefaultSocket socket) {
		NamespaceRecovery recovery = recovery();
		if (socket.recovered() && recovery != null && recovery.skipMiddlewares()) {
			return Mono.empty();
		}
		Mono<Void> checks = setup().check(socket);
		Context context = socket.context().reactor();
		return context.isEmpty() ? checks : checks.contextWrite(context);
	}

	void notifyConnected(DefaultSocket socket) {
		setup().notifyConnected(socket);
	}

	// Between the nodes of a cluster

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		this.serverSide.emit(this.adapter, event, args);
	}

	@Override
	public Flux<EventArguments> serverSideEmitWithAck(String event, @Nullable Object... args) {
		return this.serverSide.emitWithAck(this.adapter, event, args);
	}

	@Override
	public SocketIoNamespace onServerSide(String event, EventListener listener) {
		this.serverSide.on(event, listener);
		return this;
	}

	@Override
	public void serverSideEvent(Packet event, @Nullable Consumer<Packet> answer) {
		this.serverSide.received(event, answer);
	}

	// Emitting

	void broadcast(Audience audience, EmitOptions options, String event, @Nullable Object[] args) {
		this.adapter.broadcast(encode(audience, options, event, args));
	}

	private Broadcast encode(Audience audience, EmitOptions options, String event, @Nullable Object[] args) {
		Packet packet = Packet.event(this.name, eventData(event, args));
		EncodedPacket encoded = (recovery() != null) ? this.context.parser().encode(packet, EventLog.OFFSET_PLACEHOLDER)
				: this.context.parser().encode(packet);
		return new Broadcast(audience, packet, encoded, options.conflationKey(), options.compress(),
				options.dropIfBusy(), options.local());
	}

	private static @Nullable Object[] eventData(String event, @Nullable Object[] args) {
		Assert.isTrue(!ReservedEvents.contains(event), () -> "\"" + event + "\" is a reserved event name");
		return data(event, args);
	}

	static @Nullable Object[] data(String event, @Nullable Object[] args) {
		Assert.notNull(event, "event must not be null");
		@Nullable Object[] data = new @Nullable Object[args.length + 1];
		data[0] = event;
		System.arraycopy(args, 0, data, 1, args.length);
		return data;
	}

	void emit(DefaultSocket socket, EmitOptions options, String event, @Nullable Object[] args) {
		if (recovery() != null) {
			Broadcast broadcast = encode(new Audience(Set.of(socket.id()), Set.of()), options, event, args);
			boolean mayBeAway = true;
			this.sockets.send(socket, mayBeAway, () -> this.adapter.broadcast(broadcast));
		}
		else {
			Packet packet = Packet.event(this.name, eventData(event, args));
			EngineMessage message = EngineMessage.of(this.context.parser().encode(packet).frames(), options.compress());
			this.sockets.send(socket, false, () -> {
				socket.sent(packet);
				if (options.dropIfBusy()) {
					socket.session().sendVolatile(message);
				}
				else {
					socket.session().send(message);
				}
			});
		}
	}

	void emitUnlogged(DefaultSocket socket, String event, @Nullable Object[] args) {
		if (recovery() != null) {
			Audience audience = new Audience(Set.of(socket.id()), Set.of());
			this.sockets.sendUnlogged(socket, encode(audience, EmitOptions.DEFAULT, event, args));
		}
		else {
			emit(socket, EmitOptions.DEFAULT, event, args);
		}
	}

	void emitWithAck(DefaultSocket socket, EmitOptions options, String event, @Nullable Object[] args,
			MonoSink<EventArguments> sink) {
		Packet packet = Packet.event(this.name, this.ackIds.getAndIncrement(), eventData(event, args));
		EngineMessage message = EngineMessage.of(this.context.parser().encode(packet).frames(), options.compress());
		AwaitedAck ack = new AwaitedAck(packet.id(), socket, ackTimeout(options), sink);
		ack.start(this.context.timers());
		this.sockets.send(socket, true, () -> {
			if (!ack.over()) {
				this.sockets.sendForAck(socket, packet, message, ack::sending);
			}
		}, ack::notLetIn);
		ack.handedOver();
	}

	void broadcastWithAck(Audience audience, EmitOptions options, String event, @Nullable Object[] args,
			FluxSink<EventArguments> sink) {
		Packet packet = Packet.event(this.name, this.ackIds.getAndIncrement(), eventData(event, args));
		EngineMessage message = EngineMessage.shared(this.context.parser().encode(packet).frames(), options.compress());
		BroadcastAcks acks = new BroadcastAcks(packet.id(), sink);
		this.sockets.broadcastForAck(audience, options.dropIfBusy(), packet, message, acks);
		acks.sent(ackTimeout(options), this.context.timers());
	}

	private Duration ackTimeout(EmitOptions options) {
		return (options.timeout() != null) ? options.timeout() : this.context.options().ackTimeout();
	}

	@Override
	public void deliver(Broadcast broadcast) {
		this.sockets.deliver(broadcast);
	}

	@Override
	public boolean forgetSession(String socketId) {
		return this.sockets.forgetSession(socketId);
	}

	void close() {
		NamespaceRecovery recovery = recovery();
		if (recovery != null) {
			recovery.clear();
		}
		this.adapter.close();
	}

	@Override
	public String toString() {
		return "Namespace[" + this.name + "]";
	}

}
