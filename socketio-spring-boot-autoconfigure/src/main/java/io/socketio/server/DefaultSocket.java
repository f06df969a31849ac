package io.socketio.server;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.Audience;
import io.socketio.engine.EngineSession;
import io.socketio.engine.Timers.Timeout;
import io.socketio.protocol.Packet;

/**
 * One client in one namespace. What is said to be guarded is guarded by the namespace's
 * sequencer; listeners are called on the connection's lane.
 */
final class DefaultSocket extends AbstractEmittingSocket implements ReadControl {

	private final String id;

	private final @Nullable String privateId;

	private final DefaultNamespace namespace;

	private final ClientConnection connection;

	private final Handshake handshake;

	private final @Nullable SocketIdentity identity;

	/**
	 * Guarded.
	 */
	private Memberships memberships;

	private volatile ConcurrentMap<String, Object> data;

	private final @Nullable RestoredSession restored;

	private final PendingAcks acks;

	private final Sinks.Empty<Void> released = Sinks.empty();

	private volatile State state = State.CONNECTING;

	/**
	 * Made when the middlewares are about to run, which is before anybody else knows of
	 * the socket.
	 */
	private volatile @Nullable SocketContext context;

	/**
	 * Belongs to the lane.
	 */
	private @Nullable Timeout expiry;

	/**
	 * Whether this socket was ever connected.
	 */
	private volatile boolean admitted;

	/**
	 * Emits of middlewares, sent when the socket is let in. Guarded.
	 */
	private @Nullable List<Deferred> deferred;

	/**
	 * Position of the last event before this socket first connected. Guarded.
	 */
	private long connectPosition;

	/**
	 * Position of the last event that was addressed to this socket. Guarded.
	 */
	private long lastPosition;

	private List<SocketHandler> handlers = List.of();

	private volatile boolean detaching;

	private @Nullable DisconnectReason disconnectReason;

	DefaultSocket(DefaultNamespace namespace, ClientConnection connection, Handshake handshake,
			@Nullable SocketIdentity identity, String id, @Nullable String privateId,
			@Nullable RestoredSession restored) {
		this.namespace = namespace;
		this.connection = connection;
		this.handshake = handshake;
		this.identity = identity;
		this.id = id;
		this.privateId = privateId;
		this.restored = restored;
		AwaySession session = (restored != null) ? restored.session() : null;
		this.data = (restored != null) ? restored.data() : new ConcurrentHashMap<>(2);
		this.memberships = (session != null) ? session.memberships() : new Memberships(id);
		this.acks = (session != null) ? session.acks() : new PendingAcks();
	}

	// Identity

	@Override
	public String id() {
		return this.id;
	}

	@Nullable String privateId() {
		return this.privateId;
	}

	@Override
	public boolean recovered() {
		return this.restored != null;
	}

	@Nullable RestoredSession restored() {
		return this.restored;
	}

	@Override
	public boolean connected() {
		return this.state == State.CONNECTED || this.state == State.LEAVING;
	}

	@Override
	public Handshake handshake() {
		return this.handshake;
	}

	@Override
	public @Nullable Principal principal() {
		return (this.identity != null) ? this.identity.principal() : this.handshake.principal();
	}

	@Override
	public SocketContext context() {
		SocketContext context = this.context;
		if (context == null) {
			context = this.connection.context(this);
			this.context = context;
		}
		return context;
	}

	@Override
	public SocketIoNamespace namespace() {
		return this.namespace;
	}

	@Override
	public ConcurrentMap<String, Object> data() {
		return this.data;
	}

	/**
	 * The sockets this one is among.
	 * @return the sockets of the namespace
	 */
	@Override
	NamespaceSockets sockets() {
		return this.namespace.sockets();
	}

	@Override
	public <T> @Nullable T data(String key, Class<T> type) {
		Object value = this.data.get(key);
		return (value == null || type.isInstance(value)) ? type.cast(value) : mapper().convertValue(value, type);
	}

	ClientConnection connection() {
		return this.connection;
	}

	JsonMapper mapper() {
		return this.connection.context().mapper();
	}

	EngineSession session() {
		return this.connection.session();
	}

	// Rooms

	@Override
	public Set<String> rooms() {
		return sockets().roomChanges().of(this);
	}

	@Override
	public void join(String... rooms) {
		Assert.noNullElements(rooms, "rooms must not contain null");
		sockets().roomChanges().join(this, rooms);
	}

	@Override
	public void leave(String... rooms) {
		sockets().roomChanges().leave(this, rooms);
	}

	Memberships memberships() {
		return this.memberships;
	}

	void memberships(Memberships memberships) {
		this.memberships = memberships;
	}

	// Emitting

	@Override
	public void emit(String event, @Nullable Object... args) {
		emit(EmitOptions.DEFAULT, event, args);
	}

	void emit(EmitOptions options, String event, @Nullable Object... args) {
		this.namespace.emit(this, options, event, args);
	}

	/**
	 * Emit an event that is for the client as it is connected now: it is not kept for
	 * recovery.
	 * @param event name of the event
	 * @param args the arguments
	 */
	void emitUnlogged(String event, @Nullable Object... args) {
		this.namespace.emitUnlogged(this, event, args);
	}

	@Override
	public Mono<EventArguments> emitWithAck(String event, @Nullable Object... args) {
		return emitWithAck(EmitOptions.DEFAULT, event, args);
	}

	Mono<EventArguments> emitWithAck(EmitOptions options, String event, @Nullable Object... args) {
		return Mono.create((sink) -> this.namespace.emitWithAck(this, options, event, args, sink));
	}

	PendingAcks acks() {
		return this.acks;
	}

	@Override
	SocketEmitter emitter() {
		return new DefaultSocketEmitter(this, EmitOptions.DEFAULT);
	}

	@Override
	public BroadcastOperator broadcast() {
		return new DefaultBroadcastOperator(this.namespace, Audience.ALL.except(List.of(this.id)), EmitOptions.DEFAULT);
	}

	// Listening

	@Override
	SocketListeners newListeners() {
		return new SocketListeners(this);
	}

	void handlers(List<SocketHandler> handlers) {
		this.handlers = handlers;
	}

	void received(String event, EventArguments arguments, Packet packet) {
		Acknowledgement acknowledgement = DefaultAcknowledgement.of(this, packet);
		SocketListeners present = registered();
		if (present != null) {
			present.received(event, arguments, acknowledgement);
		}
		else {
			handle(event, arguments, acknowledgement);
		}
	}

	/**
	 * Hand an event that has passed the middlewares to its handlers.
	 * @param event name of the event
	 * @param arguments its arguments
	 * @param acknowledgement the way to answer
	 */
	void handle(String event, EventArguments arguments, Acknowledgement acknowledgement) {
		SocketListeners present = registered();
		if (present != null) {
			present.handle(event, arguments, acknowledgement);
		}
		for (SocketHandler handler : this.handlers) {
			guard(() -> handler.event(event, arguments, acknowledgement));
		}
	}

	/**
	 * Tell the catch-all listeners of an event that is sent. Usable from any thread.
	 * @param packet the event
	 */
	void sent(Packet packet) {
		SocketListeners present = registered();
		if (present != null && !present.anyOutgoing().isEmpty()) {
			List<@Nullable Object> data = JsonEventArguments.values(packet.data(), mapper());
			session().lane().execute(() -> present.sent(String.valueOf(data.get(0)), data.subList(1, data.size())));
		}
	}

	void guard(Runnable call) {
		NamespaceSetup.guard(this, call);
	}

	// Life

	State state() {
		return this.state;
	}

	void state(State state) {
		this.state = state;
	}

	/**
	 * The socket is let in. Guarded.
	 */
	void admit() {
		if (this.data instanceof DraftData draft) {
			this.data = draft.apply();
		}
		this.admitted = true;
		this.state = State.CONNECTED;
	}

	/**
	 * Whether this socket is or was connected. What the application says to one that was
	 * never let in is not for the session that it asked for.
	 * @return {@code false} until it is let in
	 */
	boolean admitted() {
		return this.admitted;
	}

	@Override
	public void disconnect(boolean close) {
		if (close) {
			if (this.detaching) {
				sockets().leaveSilently(this); // the connection does not know it any more
			}
			this.connection.disconnectAll();
		}
		else {
			this.connection.disconnect(this);
		}
	}

	/**
	 * Why the socket has left, once its handlers know. Called on the lane.
	 * @return the reason, or {@code null}
	 */
	@Nullable DisconnectReason disconnectReason() {
		return this.disconnectReason;
	}

	/**
	 * Begin to take the socket out. Called on the lane.
	 * @return {@code false} if that is under way
	 */
	boolean startDetaching() {
		boolean first = !this.detaching;
		this.detaching = true;
		return first;
	}

	void notifyDisconnecting(DisconnectReason reason) {
		SocketListeners present = registered();
		if (present != null) {
			present.disconnecting().forEach((listener) -> guard(() -> listener.accept(reason)));
		}
	}

	void notifyDisconnect(DisconnectReason reason) {
		this.disconnectReason = reason;
		SocketListeners present = registered();
		if (present != null) {
			present.disconnect().forEach((listener) -> guard(() -> listener.accept(reason)));
		}
		this.handlers.forEach((handler) -> guard(() -> handler.disconnected(reason)));
	}

	/**
	 * When the client's authentication expires.
	 * @return the time, or {@code null} for never
	 */
	@Nullable Instant expiresAt() {
		return (this.identity != null) ? this.identity.expiresAt() : null;
	}

	void expiry(@Nullable Timeout timeout) {
		if (this.expiry != null) {
			this.expiry.cancel();
		}
		this.expiry = timeout;
	}

	/**
	 * The socket is gone and its state, if it is kept, can be claimed.
	 */
	void release() {
		this.released.tryEmitEmpty();
	}

	Mono<Void> released() {
		return this.released.asMono();
	}

	@Override
	public void pause() {
		session().inLane(() -> session().pauseReads());
	}

	@Override
	public void resume() {
		session().inLane(() -> session().resumeReads());
	}

	// Guarded

	void defer(Runnable send, Runnable dropped) {
		if (this.deferred == null) {
			this.deferred = new ArrayList<>();
		}
		this.deferred.add(new Deferred(send, dropped));
	}

	void runDeferred() {
		if (this.deferred != null) {
			this.deferred.forEach((emit) -> emit.send().run());
			this.deferred = null;
		}
	}

	/**
	 * Drop the emits of a socket that is not let in.
	 * @return to be called without the sequencer
	 */
	List<Runnable> dropDeferred() {
		List<Deferred> dropped = this.deferred;
		this.deferred = null;
		return (dropped != null) ? dropped.stream().map(Deferred::dropped).toList() : List.of();
	}

	void positions(long connectPosition, long lastPosition) {
		this.connectPosition = connectPosition;
		this.lastPosition = lastPosition;
	}

	void addressed(long position) {
		this.lastPosition = position;
	}

	long connectPosition() {
		return this.connectPosition;
	}

	long lastPosition() {
		return this.lastPosition;
	}

	@Override
	public String toString() {
		return "Socket[" + this.namespace.name() + ", " + this.id + "]";
	}

	private record Deferred(Runnable send, Runnable dropped) {

	}

	enum State {

		CONNECTING, CONNECTED, LEAVING, CLOSED

	}

}
