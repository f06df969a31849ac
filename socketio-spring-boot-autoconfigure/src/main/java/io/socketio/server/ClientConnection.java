package io.socketio.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.EngineSession;
import io.socketio.engine.SecretIds;
import io.socketio.engine.Timers.Timeout;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketDecoder;
import io.socketio.protocol.PacketFormatException;
import io.socketio.server.DefaultSocket.State;

/**
 * The Socket.IO side of one connection: decodes packets, keeps its sockets, one for each
 * namespace, and closes the connection when the client breaks the protocol. State belongs
 * to the session's lane.
 */
final class ClientConnection implements EngineSession.Listener {

	private static final Log logger = LogFactory.getLog(ClientConnection.class);

	private static final String INVALID_NAMESPACE = "Invalid namespace";

	private final EngineSession session;

	private final Namespaces namespaces;

	private final SocketAuthentication authentication;

	private final ServerContext context;

	private final PacketDecoder decoder;

	private final Dialect dialect;

	/**
	 * Sockets by namespace, in the order of joining. {@code null} stands for a join that
	 * has no socket yet. Changed on the lane, read by any thread.
	 */
	private final Map<String, @Nullable DefaultSocket> sockets = Collections.synchronizedMap(new LinkedHashMap<>(2));

	private @Nullable Timeout connectTimeout;

	private @Nullable Timeout attachmentTimeout;

	private boolean ended;

	ClientConnection(EngineSession session, Namespaces namespaces, SocketAuthentication authentication,
			ServerContext context) {
		this.session = session;
		this.namespaces = namespaces;
		this.authentication = authentication;
		this.context = context;
		this.decoder = context.parser().newDecoder(context.options().packetLimits());
		this.dialect = Dialect.of(session);
		this.connectTimeout = schedule(() -> expired(this.connectTimeout));
		if (this.dialect.joinsMainNamespace()) {
			session.lane().execute(() -> session.inLane(() -> connect("/", null, 0)));
		}
	}

	private Timeout schedule(Runnable task) {
		return this.context.timers().schedule(this.context.options().connectTimeout(), () -> this.session.inLane(task));
	}

	private void expired(@Nullable Timeout timeout) {
		if (timeout != null && timeout.isExpired()) { // else it is over for what came
														// meanwhile
			violation();
		}
	}

	EngineSession session() {
		return this.session;
	}

	ServerContext context() {
		return this.context;
	}

	EngineMessage encode(Packet packet) {
		return EngineMessage.of(this.context.parser().encode(packet).frames(), true);
	}

	void send(EngineMessage message) {
		this.session.send(message);
	}

	@Override
	public void onMessage(EnginePacket message) {
		if (this.ended) {
			return;
		}
		Packet packet;
		try {
			packet = message.binary() ? this.decoder.binary(message.data()) : this.decoder.text(message.data());
		}
		catch (PacketFormatException ex) {
			logger.debug("The connection is closed: " + ex.getMessage());
			this.ended = true;
			this.session.close();
			return;
		}
		if (packet != null) {
			cancel(this.attachmentTimeout);
			this.attachmentTimeout = null;
			dispatch(this.dialect.received(packet), message.data().length);
		}
		else if (this.attachmentTimeout == null) {
			this.attachmentTimeout = schedule(() -> expired(this.attachmentTimeout));
		}
	}

	private void dispatch(Packet packet, int size) {
		switch (packet.type()) {
			case CONNECT -> connect(packet.namespace(), (JsonNode) packet.data(), size);
			case DISCONNECT, EVENT, ACK -> {
				DefaultSocket socket = this.sockets.get(packet.namespace());
				if (socket == null || socket.state() == State.CONNECTING) {
					violation();
				}
				else {
					dispatch(packet, socket);
				}
			}
			default -> violation();
		}
	}

	private void dispatch(Packet packet, DefaultSocket socket) {
		JsonNode data = (JsonNode) packet.data();
		switch (packet.type()) {
			case DISCONNECT -> closed(socket, DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
			case ACK -> socket.acks().complete(packet.id(), arguments(data, 0));
			default -> {
				if (data != null && !data.isEmpty()) {
					socket.received(data.get(0).asString(), arguments(data, 1), packet);
				}
			}
		}
	}

	private EventArguments arguments(@Nullable JsonNode data, int start) {
		return new JsonEventArguments((data != null) ? data : this.context.mapper().createArrayNode(), start,
				this.context.mapper());
	}

	/**
	 * The client broke the protocol, or did nothing in time.
	 */
	private void violation() {
		if (this.ended) {
			return;
		}
		this.ended = true;
		boolean atOnce = this.session.closable();
		this.session.close();
		if (!atOnce) {
			closeAll(DisconnectReason.FORCED_SERVER_CLOSE);
		}
	}

	// Joining

	private void connect(String name, @Nullable JsonNode auth, int size) {
		if (this.ended) {
			return;
		}
		DefaultSocket present = this.sockets.get(name);
		if (present != null && present.state() == State.LEAVING) {
			closed(present, DisconnectReason.SERVER_NAMESPACE_DISCONNECT); // the client
																			// was faster
																			// than we
		}
		if (this.sockets.containsKey(name)) {
			violation();
			return;
		}
		if (this.sockets.size() >= this.context.options().maxNamespaces()) {
			refuse(name, "Too many namespaces");
			return;
		}
		if (auth != null && size > this.context.options().maxAuthBytes()) {
			refuse(name, "Auth payload too large");
			return;
		}
		if (!this.namespaces.mayBeJoined(name)) {
			refuse(name, INVALID_NAMESPACE);
			return;
		}
		this.sockets.put(name, null);
		Handshake handshake = handshake(auth);
		this.authentication.authenticate(name, handshake, this.session, (identity) -> {
			if (!this.ended) {
				enter(name, handshake, auth, identity);
			}
		}, (refusal) -> {
			if (!this.ended) {
				this.sockets.remove(name);
				refuse(name, refusal);
			}
		});
	}

	private void enter(String name, Handshake handshake, @Nullable JsonNode auth, @Nullable SocketIdentity identity) {
		DefaultNamespace namespace = this.namespaces.enter(name);
		if (namespace != null) {
			claim(namespace, auth, identity);
			return;
		}
		this.namespaces.create(name, handshake)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.subscribe((created) -> this.session.inLane(() -> {
				if (created.isPresent()) {
					claim(created.get(), auth, identity);
				}
				else if (!this.ended) {
					this.sockets.remove(name);
					refuse(name, INVALID_NAMESPACE);
				}
			}));
	}

	private void refuse(String name, String message) {
		send(encode(Packet.connectError(name, Map.of("message", message))));
	}

	private void refuse(String name, ConnectionRefusedException refusal) {
		send(encode(this.dialect.refused(name, String.valueOf(refusal.getMessage()), refusal.getData())));
	}

	private Handshake handshake(@Nullable JsonNode auth) {
		return new DefaultHandshake(this.session.request(), auth, this.context.mapper());
	}

	private void claim(DefaultNamespace namespace, @Nullable JsonNode auth, @Nullable SocketIdentity identity) {
		SessionClaims claims = this.dialect.recovers() ? namespace.claims() : null;
		if (claims == null) {
			join(namespace, auth, identity, null);
			return;
		}
		claims.claim(auth, (identity != null) ? identity.principal() : this.session.request().principal())
			.subscribe((restored) -> this.session.inLane(() -> join(namespace, auth, identity, restored.orElse(null))));
	}

	private void join(DefaultNamespace namespace, @Nullable JsonNode auth, @Nullable SocketIdentity identity,
			@Nullable RestoredSession restored) {
		NamespaceRecovery recovery = namespace.recovery();
		String id = (restored != null) ? restored.session().id() : this.dialect.socketId(namespace.name());
		String privateId = (restored != null) ? restored.session().privateId()
				: (recovery != null && this.dialect.recovers()) ? SecretIds.next() : null;
		DefaultSocket socket = new DefaultSocket(namespace, this, handshake(auth), identity, id, privateId, restored);
		if (recovery != null) {
			recovery.sessions().hold(socket);
		}
		if (restored != null) {
			restored.held().run();
		}
		if (this.ended) {
			namespace.sockets().detach(socket, DisconnectReason.TRANSPORT_CLOSE);
			return;
		}
		this.sockets.put(namespace.name(), socket);
		Mono.defer(() -> namespace.checkAdmission(socket)).subscribe((ignored) -> {
		}, (ex) -> this.session.inLane(() -> refused(socket, ex)), () -> admitted(socket, namespace, auth, identity));
	}

	private void admitted(DefaultSocket socket, DefaultNamespace namespace, @Nullable JsonNode auth,
			@Nullable SocketIdentity identity) {
		RecoveryContext recovery = this.context.recovery();
		if (recovery == null || !socket.recovered()) {
			this.session.inLane(() -> attach(socket, namespace, auth, identity));
			return;
		}
		recovery.gate().enter((pass) -> this.session.inLane(() -> {
			pass.hold();
			attach(socket, namespace, auth, identity);
			this.session.whenWritten(pass::release);
		}));
	}

	private void attach(DefaultSocket socket, DefaultNamespace namespace, @Nullable JsonNode auth,
			@Nullable SocketIdentity identity) {
		if (this.ended || !this.session.isOpen() || socket.state() == State.CLOSED) {
			return; // it goes with the connection, which may still wait for a last poll
		}
		if (!namespace.sockets().attach(socket, encode(this.dialect.connected(socket)))) {
			namespace.sockets().enter();
			namespace.sockets().detach(socket, DisconnectReason.TRANSPORT_CLOSE);
			join(namespace, auth, identity, null);
			return;
		}
		cancel(this.connectTimeout);
		this.connectTimeout = null;
		this.authentication.expireLater(socket);
		namespace.notifyConnected(socket);
	}

	private void refused(DefaultSocket socket, Throwable ex) {
		if (socket.state() == State.CLOSED) {
			return;
		}
		String name = socket.namespace().name();
		closed(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
		refuse(name, this.authentication.refusal(ex, "A middleware of namespace " + name));
	}

	SocketContext context(DefaultSocket socket) {
		return DefaultSocketContext.of(socket, this.session.request().context(),
				this.context.extensions().contributors());
	}

	// Leaving

	/**
	 * The authentication of a socket has expired. Its client is told so before it is
	 * disconnected. Called on the lane.
	 * @param socket the socket
	 */
	void expire(DefaultSocket socket) {
		Packet event = Packet.event(socket.namespace().name(),
				new Object[] { ExceptionEvent.NAME, ExceptionEvent.reply(SocketAuthentication.EXPIRED) });
		if (socket.sockets().leave(socket, encode(event).packets())) {
			closed(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
		}
	}

	/**
	 * Disconnect one socket by the server. Usable from any thread.
	 * @param socket the socket
	 */
	void disconnect(DefaultSocket socket) {
		if (socket.sockets().leave(socket)) {
			left(socket, false);
		}
	}

	/**
	 * Finish the disconnect of a socket that has left its namespace. Usable from any
	 * thread.
	 * @param socket the socket
	 * @param close whether to disconnect all others and close the connection too
	 */
	void left(DefaultSocket socket, boolean close) {
		this.session.inLane(() -> closed(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT));
		if (close) {
			disconnectAll();
		}
	}

	/**
	 * Disconnect all sockets by the server and close the connection. Usable from any
	 * thread.
	 */
	void disconnectAll() {
		List<DefaultSocket> left = new ArrayList<>();
		List<EnginePacket> farewells = new ArrayList<>();
		for (DefaultSocket socket : present()) {
			if (socket.sockets().leaveSilently(socket)) {
				left.add(socket);
				farewells.addAll(encode(Packet.disconnect(socket.namespace().name())).packets());
			}
		}
		if (!farewells.isEmpty()) {
			this.session.send(EngineMessage.of(farewells, true)); // as one, since a poll
																	// takes one payload
		}
		left.forEach((socket) -> left(socket, false));
		this.session.close();
	}

	/**
	 * The client has opened another connection for a socket, so this one is dead; unless
	 * the socket has left it before. Usable from any thread.
	 * @param socket the socket
	 */
	void giveWay(DefaultSocket socket) {
		this.session.inLane(() -> {
			if (socket.state() != State.CLOSED) {
				this.session.close(CloseReason.TRANSPORT_CLOSE);
			}
		});
	}

	private void closed(DefaultSocket socket, DisconnectReason reason) {
		this.sockets.remove(socket.namespace().name(), socket);
		socket.sockets().detach(socket, reason);
	}

	private List<DefaultSocket> present() {
		List<DefaultSocket> present = new ArrayList<>(2);
		synchronized (this.sockets) {
			for (DefaultSocket socket : this.sockets.values()) {
				if (socket != null) {
					present.add(socket);
				}
			}
		}
		return present;
	}

	private void closeAll(DisconnectReason reason) {
		present().forEach((socket) -> closed(socket, reason));
	}

	@Override
	public void onClose(CloseReason reason, String description) {
		this.ended = true;
		cancel(this.connectTimeout);
		cancel(this.attachmentTimeout);
		closeAll(reason(reason));
		this.sockets.clear();
	}

	private static DisconnectReason reason(CloseReason reason) {
		return switch (reason) {
			case TRANSPORT_CLOSE -> DisconnectReason.TRANSPORT_CLOSE;
			case TRANSPORT_ERROR -> DisconnectReason.TRANSPORT_ERROR;
			case PING_TIMEOUT -> DisconnectReason.PING_TIMEOUT;
			case PARSE_ERROR -> DisconnectReason.PARSE_ERROR;
			case FORCED_CLOSE -> DisconnectReason.FORCED_CLOSE;
			case SERVER_SHUTDOWN -> DisconnectReason.SERVER_SHUTTING_DOWN;
		};
	}

	private static void cancel(@Nullable Timeout timeout) {
		if (timeout != null) {
			timeout.cancel();
		}
	}

}
