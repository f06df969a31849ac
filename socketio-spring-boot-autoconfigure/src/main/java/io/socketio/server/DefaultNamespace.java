package io.socketio.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

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
final class DefaultNamespace extends AbstractBroadcaster implements SocketIoNamespace, LocalSockets {

	private static final Log logger = LogFactory.getLog(DefaultNamespace.class);

	private final String name;

	private final ServerContext context;

	private final Adapter adapter;

	private final NamespaceSockets sockets;

	private final @Nullable SessionClaims claims;

	private final AtomicLong ackIds = new AtomicLong();

	private final List<NamespaceMiddleware> middlewares = new CopyOnWriteArrayList<>();

	private final List<NamespaceHandler> handlers = new CopyOnWriteArrayList<>();

	private final BroadcastOperator operator = new DefaultBroadcastOperator(this, Audience.ALL, EmitOptions.DEFAULT);

	DefaultNamespace(String name, ServerContext context, AdapterFactory adapters) {
		this.name = name;
		this.context = context;
		this.sockets = new NamespaceSockets(name, context);
		this.claims = claims(name, context, this.sockets.recovery());
		this.adapter = adapters.create(name, this);
	}

	private static @Nullable SessionClaims claims(String name, ServerContext context,
			@Nullable NamespaceRecovery recovery) {
		return (recovery != null && context.recovery() != null)
				? new SessionClaims(name, recovery, context.store(), context.recovery()) : null;
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
	public SocketIoNamespace use(NamespaceMiddleware middleware) {
		this.middlewares.add(middleware);
		return this;
	}

	@Override
	public SocketIoNamespace onConnection(Consumer<SocketIoSocket> listener) {
		return handler((socket, reads) -> {
			listener.accept(socket);
			return SocketHandler.NONE;
		});
	}

	@Override
	public SocketIoNamespace handler(NamespaceHandler handler) {
		this.handlers.add(handler);
		return this;
	}

	Mono<Void> checkAdmission(DefaultSocket socket) {
		NamespaceRecovery recovery = recovery();
		if (this.middlewares.isEmpty() || (socket.recovered() && recovery != null && recovery.skipMiddlewares())) {
			return Mono.empty();
		}
		Mono<Void> checks = Mono.empty();
		for (NamespaceMiddleware middleware : this.middlewares) {
			checks = checks.then(Mono.defer(() -> middleware.apply(socket)));
		}
		return checks;
	}

	void notifyConnected(DefaultSocket socket) {
		List<SocketHandler> socketHandlers = new ArrayList<>(this.handlers.size());
		for (NamespaceHandler handler : this.handlers) {
			guard(() -> {
				SocketHandler socketHandler = handler.connected(socket, socket);
				if (socketHandler != SocketHandler.NONE) {
					socketHandlers.add(socketHandler);
					socket.handlers(List.copyOf(socketHandlers));
					DisconnectReason left = socket.disconnectReason();
					if (left != null) { // while the handler was asked
						socketHandler.disconnected(left);
					}
				}
			});
		}
	}

	/**
	 * Keep an error of application code away from the connection.
	 * @param call the code
	 */
	void guard(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			logger.error("A listener of namespace " + this.name + " failed", ex);
		}
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
		Assert.notNull(event, "event must not be null");
		Assert.isTrue(!ReservedEvents.contains(event), () -> "\"" + event + "\" is a reserved event name");
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
			EncodedPacket encoded = this.context.parser().encode(Packet.event(this.name, eventData(event, args)));
			EngineMessage message = EngineMessage.of(encoded.frames(), options.compress());
			this.sockets.send(socket, false, () -> {
				if (options.dropIfBusy()) {
					socket.session().sendVolatile(message);
				}
				else {
					socket.session().send(message);
				}
			});
		}
	}

	void emitWithAck(DefaultSocket socket, EmitOptions options, String event, @Nullable Object[] args,
			MonoSink<EventArguments> sink) {
		long id = this.ackIds.getAndIncrement();
		EncodedPacket encoded = this.context.parser().encode(Packet.event(this.name, id, eventData(event, args)));
		EngineMessage message = EngineMessage.of(encoded.frames(), options.compress());
		Duration timeout = (options.timeout() != null) ? options.timeout() : this.context.options().ackTimeout();
		this.sockets.send(socket, true, () -> this.sockets.sendForAck(socket, id, message,
				(pending) -> socket.acks().await(pending, timeout, this.context.timers(), sink)));
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
