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
import reactor.util.context.Context;

import io.socketio.adapter.Adapter;
import io.socketio.adapter.AdapterFactory;
import io.socketio.adapter.Audience;
import io.socketio.adapter.Broadcast;
import io.socketio.adapter.LocalSockets;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.Fanout;
import io.socketio.protocol.EncodedPacket;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.ReservedEvents;
import io.socketio.recovery.EventLog;
import io.socketio.server.DefaultSocket.State;
import io.socketio.server.NamespaceRecovery.Replay;

/**
 * A namespace. Its sequencer, a lock held for moments, makes one order of all that
 * matters for recovery: an event is numbered, logged and put into the queues of its
 * recipients in one step, and so is a socket's coming and going. Therefore the order of
 * the log is the order of writing on every connection.
 */
final class DefaultNamespace implements SocketIoNamespace, LocalSockets {

	private static final Log logger = LogFactory.getLog(DefaultNamespace.class);

	private final String name;

	private final ServerContext context;

	private final Adapter adapter;

	private final Object sequencer = new Object();

	private final Rooms rooms = new Rooms();

	private final @Nullable NamespaceRecovery recovery;

	private final @Nullable SessionClaims claims;

	private final AtomicLong ackIds = new AtomicLong();

	private final List<NamespaceMiddleware> middlewares = new CopyOnWriteArrayList<>();

	private final List<NamespaceHandler> handlers = new CopyOnWriteArrayList<>();

	DefaultNamespace(String name, ServerContext context, AdapterFactory adapters) {
		this.name = name;
		this.context = context;
		this.recovery = NamespaceRecovery.create(name, context, this.sequencer);
		this.claims = (this.recovery != null && context.recovery() != null)
				? new SessionClaims(name, this.recovery, context.store(), context.recovery()) : null;
		this.adapter = adapters.create(name, this);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Nullable NamespaceRecovery recovery() {
		return this.recovery;
	}

	@Nullable SessionClaims claims() {
		return this.claims;
	}

	private @Nullable EventLog<?> log() {
		return (this.recovery != null) ? this.recovery.log() : null;
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
		Context context = socket.context().reactor();
		if (this.middlewares.isEmpty()
				|| (socket.recovered() && this.recovery != null && this.recovery.skipMiddlewares())) {
			return Mono.empty();
		}
		Mono<Void> checks = Mono.empty();
		for (NamespaceMiddleware middleware : this.middlewares) {
			checks = checks.then(Mono.defer(() -> middleware.apply(socket)));
		}
		return context.isEmpty() ? checks : checks.contextWrite(context);
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

	@Override
	public BroadcastOperator to(String... names) {
		return operator().to(names);
	}

	@Override
	public BroadcastOperator in(String... names) {
		return to(names);
	}

	@Override
	public BroadcastOperator except(String... names) {
		return operator().except(names);
	}

	@Override
	public BroadcastOperator local() {
		return operator().local();
	}

	@Override
	public BroadcastOperator volatileEvents() {
		return operator().volatileEvents();
	}

	@Override
	public BroadcastOperator conflate(String key) {
		return operator().conflate(key);
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return operator().compress(compress);
	}

	private BroadcastOperator operator() {
		return new DefaultBroadcastOperator(this, Audience.ALL, EmitOptions.DEFAULT);
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		broadcast(Audience.ALL, EmitOptions.DEFAULT, event, args);
	}

	void broadcast(Audience audience, EmitOptions options, String event, @Nullable Object[] args) {
		this.adapter.broadcast(encode(audience, options, event, args));
	}

	private Broadcast encode(Audience audience, EmitOptions options, String event, @Nullable Object[] args) {
		Packet packet = Packet.event(this.name, eventData(event, args));
		EncodedPacket encoded = (this.recovery != null)
				? this.context.parser().encode(packet, EventLog.OFFSET_PLACEHOLDER)
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
		if (this.recovery != null) {
			Broadcast broadcast = encode(new Audience(Set.of(socket.id()), Set.of()), options, event, args);
			send(socket, true, () -> this.adapter.broadcast(broadcast)); // it may be away
		}
		else {
			EncodedPacket encoded = this.context.parser().encode(Packet.event(this.name, eventData(event, args)));
			EngineMessage message = EngineMessage.of(encoded.frames(), options.compress());
			send(socket, false, () -> {
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
		send(socket, true, () -> {
			synchronized (this.sequencer) {
				EventLog<?> log = log();
				PendingAcks.Event pending = new PendingAcks.Event(id, (log != null) ? log.last() : 0, message);
				socket.acks().await(pending, timeout, this.context.timers(), sink);
				// The socket may have been recovered since its object was handed out
				DefaultSocket current = this.rooms.find(socket.id());
				if (current != null && current.state() == State.CONNECTED) {
					current.session().send(message);
				}
			}
		});
	}

	/**
	 * Send to one socket, or as soon as it is let in.
	 * @param socket the socket
	 * @param evenIfClosed whether to send to a socket that is gone
	 * @param send sends
	 */
	private void send(DefaultSocket socket, boolean evenIfClosed, Runnable send) {
		if (socket.state() == State.CONNECTING) {
			synchronized (this.sequencer) {
				if (socket.state() == State.CONNECTING) {
					socket.defer(send);
					return;
				}
			}
		}
		if (socket.state() == State.CONNECTED || evenIfClosed) {
			send.run();
		}
	}

	@Override
	public void deliver(Broadcast broadcast) {
		Fanout fanout;
		synchronized (this.sequencer) {
			DefaultSocket[] recipients = this.rooms.find(broadcast.audience());
			if (recipients.length == 0 && (this.recovery == null || this.recovery.unheard(broadcast))) {
				return;
			}
			EngineMessage message = message(broadcast, recipients);
			long position = (this.recovery != null) ? this.recovery.number(broadcast, message) : 0;
			fanout = new Fanout(message, broadcast.dropIfBusy());
			for (DefaultSocket socket : recipients) {
				if (position > 0) {
					socket.addressed(position);
				}
				if (socket.state() == State.CONNECTED) {
					fanout.add(socket.session());
				}
			}
		}
		fanout.flush();
	}

	private static EngineMessage message(Broadcast broadcast, DefaultSocket[] recipients) {
		List<EnginePacket> frames = broadcast.encoded().frames();
		Set<String> names = broadcast.audience().rooms();
		boolean single = recipients.length == 1 && names.size() == 1 && names.contains(recipients[0].id());
		return single ? EngineMessage.of(frames, broadcast.compress())
				: EngineMessage.shared(frames, broadcast.compress());
	}

	// Rooms

	void socketsJoin(Audience audience, List<String> names) {
		synchronized (this.sequencer) {
			for (DefaultSocket socket : this.rooms.find(audience)) {
				join(socket, names.toArray(new String[0]));
			}
			if (this.recovery != null) {
				this.recovery.join(audience, names);
			}
		}
	}

	void socketsLeave(Audience audience, List<String> names) {
		synchronized (this.sequencer) {
			for (DefaultSocket socket : this.rooms.find(audience)) {
				leave(socket, names.toArray(new String[0]));
			}
			if (this.recovery != null) {
				this.recovery.leave(audience, names);
			}
		}
	}

	void disconnectSockets(Audience audience, boolean close) {
		List<DefaultSocket> left = new ArrayList<>();
		List<Runnable> forgotten = new ArrayList<>();
		synchronized (this.sequencer) {
			for (DefaultSocket socket : this.rooms.find(audience)) {
				if (leave(socket)) {
					left.add(socket);
				}
			}
			if (this.recovery != null) {
				forgotten.addAll(this.recovery.forget(audience));
			}
		}
		left.forEach((socket) -> socket.connection().left(socket, close));
		forgotten.forEach(Runnable::run);
	}

	@Override
	public void socketsJoin(String... names) {
		operator().socketsJoin(names);
	}

	@Override
	public void socketsLeave(String... names) {
		operator().socketsLeave(names);
	}

	@Override
	public void disconnectSockets(boolean close) {
		operator().disconnectSockets(close);
	}

	@Override
	public boolean forgetSession(String socketId) {
		Runnable forgotten = null;
		if (this.recovery != null) {
			synchronized (this.sequencer) {
				forgotten = this.recovery.forget(socketId);
			}
		}
		if (forgotten == null) {
			return false;
		}
		forgotten.run();
		return true;
	}

	Set<String> rooms(DefaultSocket socket) {
		synchronized (this.sequencer) {
			return (socket.state() == State.CLOSED) ? Set.of() : socket.memberships().rooms();
		}
	}

	void join(DefaultSocket socket, String... names) {
		synchronized (this.sequencer) {
			if (socket.state() == State.CLOSED) {
				return;
			}
			EventLog<?> log = log();
			for (String room : names) {
				if (socket.memberships().join(room, (log != null) ? log.last() : 0)) {
					if (socket.state() != State.CONNECTING) {
						this.rooms.join(room, socket);
					}
					else if (this.recovery != null) {
						this.recovery.joining(socket, room);
					}
				}
			}
		}
	}

	void leave(DefaultSocket socket, String... names) {
		synchronized (this.sequencer) {
			if (socket.state() == State.CLOSED) {
				return;
			}
			for (String room : names) {
				if (socket.memberships().leave(room, log())) {
					if (socket.state() != State.CONNECTING) {
						this.rooms.leave(room, socket);
					}
					else if (this.recovery != null) {
						this.recovery.leaving(socket, room);
					}
				}
			}
		}
	}

	// Coming and going

	/**
	 * Let a socket in: what it missed, what middlewares emitted and the CONNECT reply are
	 * sent, and events reach it from now on, in one step.
	 * @param socket the socket
	 * @param reply makes the CONNECT reply
	 * @return {@code false} if the recovered socket's missed events are not complete any
	 * more
	 */
	boolean attach(DefaultSocket socket, EngineMessage reply) {
		Replay replay = Replay.NONE;
		synchronized (this.sequencer) {
			if (this.recovery != null) {
				replay = this.recovery.replay(socket);
			}
			if (replay.complete()) {
				join(socket, reply);
			}
		}
		replay.published().run();
		return replay.complete();
	}

	private void join(DefaultSocket socket, EngineMessage reply) {
		EventLog<?> log = log();
		if (!socket.recovered()) {
			socket.memberships().join(socket.id(), (log != null) ? log.last() : 0);
		}
		this.rooms.add(socket);
		socket.state(State.CONNECTED);
		socket.runDeferred();
		socket.session().send(reply);
	}

	/**
	 * Tell a socket's client that it is disconnected; nothing is sent to it afterwards,
	 * and its state is not kept, even if the connection breaks in this moment.
	 * @param socket the socket
	 * @return {@code false} if it was not connected
	 */
	boolean leave(DefaultSocket socket) {
		return leave(socket, List.of());
	}

	/**
	 * As {@link #leave(DefaultSocket)}, with last words.
	 * @param socket the socket
	 * @param lastWords packets in front of the DISCONNECT
	 * @return {@code false} if it was not connected
	 */
	boolean leave(DefaultSocket socket, List<EnginePacket> lastWords) {
		List<EnginePacket> packets = new ArrayList<>(lastWords);
		packets.addAll(this.context.parser().encode(Packet.disconnect(this.name)).frames());
		EngineMessage farewell = EngineMessage.of(packets, true);
		synchronized (this.sequencer) {
			if (!leaveSilently(socket)) {
				return false;
			}
			socket.session().send(farewell);
			return true;
		}
	}

	/**
	 * As {@link #leave(DefaultSocket)}, for a caller that tells the client.
	 * @param socket the socket
	 * @return {@code false} if it was not connected
	 */
	boolean leaveSilently(DefaultSocket socket) {
		synchronized (this.sequencer) {
			if (socket.state() != State.CONNECTED) {
				return false;
			}
			socket.state(State.LEAVING);
			return true;
		}
	}

	/**
	 * Take a socket out of the namespace. Called on its lane.
	 * @param socket the socket
	 * @param reason why
	 */
	void detach(DefaultSocket socket, DisconnectReason reason) {
		socket.expiry(null);
		boolean connected = socket.connected();
		if (connected) {
			socket.notifyDisconnecting(effective(reason, socket));
		}
		Runnable save = socket::release;
		DisconnectReason effective;
		synchronized (this.sequencer) {
			if (socket.state() == State.CLOSED) {
				return;
			}
			effective = effective(reason, socket);
			if (this.recovery != null) {
				save = this.recovery.release(socket, effective);
			}
			if (connected) {
				this.rooms.remove(socket);
			}
			socket.state(State.CLOSED);
		}
		if (connected) {
			socket.notifyDisconnect(effective);
		}
		save.run(); // after the listeners, which may still change the socket's data
	}

	// A connection may break when the server has just disconnected the socket
	private static DisconnectReason effective(DisconnectReason reason, DefaultSocket socket) {
		return (socket.state() == State.LEAVING) ? DisconnectReason.SERVER_NAMESPACE_DISCONNECT : reason;
	}

	DefaultSocket[] sockets() {
		synchronized (this.sequencer) {
			return this.rooms.everyone();
		}
	}

	void close() {
		if (this.recovery != null) {
			this.recovery.clear();
		}
		this.adapter.close();
	}

	@Override
	public String toString() {
		return "Namespace[" + this.name + "]";
	}

}
