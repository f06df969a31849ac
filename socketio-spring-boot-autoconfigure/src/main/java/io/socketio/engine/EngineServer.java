package io.socketio.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketType;
import io.socketio.protocol.EngineRevision;

/**
 * The Engine.IO server: opens sessions, finds them by their id and closes them all. Knows
 * nothing of HTTP; requests reach it through the web layer.
 *
 * @since 0.1.0
 */
public final class EngineServer {

	private final EngineOptions options;

	private final EngineListener listener;

	private final Timers timers;

	private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();

	private final LongAdder slowClients = new LongAdder();

	private volatile boolean closed;

	/**
	 * Create a server.
	 * @param options the settings
	 * @param timers the timers, stopped by whoever created them
	 * @param listener gets the sessions
	 */
	public EngineServer(EngineOptions options, Timers timers, EngineListener listener) {
		this.options = options;
		this.timers = timers;
		this.listener = listener;
	}

	/**
	 * Check a request before anything of it is used (section "Verification" of the
	 * protocol).
	 * @param method the HTTP method
	 * @param query the query parameters
	 * @param upgrade whether it asks for a WebSocket
	 * @return the error, or {@code null} if the request may be served
	 */
	public @Nullable ConnectionError verify(String method, Map<String, String> query, boolean upgrade) {
		String name = query.get("transport");
		TransportType type = TransportType.of(name);
		if (type == null || !this.options.enabled(type)) {
			return ConnectionError.of(EngineError.UNKNOWN_TRANSPORT,
					(name != null) ? Map.of("transport", name) : Map.of());
		}
		String sid = query.get("sid");
		if (StringUtils.hasLength(sid)) {
			EngineSession session = this.sessions.get(sid);
			return (session != null) ? verifySession(session, query, type, upgrade)
					: ConnectionError.unknownSession(sid);
		}
		if (!"GET".equals(method)) {
			return ConnectionError.of(EngineError.BAD_HANDSHAKE_METHOD, Map.of("method", method));
		}
		return ((type == TransportType.WEBSOCKET) != upgrade) ? badRequest("TRANSPORT_HANDSHAKE_ERROR", Map.of())
				: null;
	}

	private @Nullable ConnectionError verifySession(EngineSession session, Map<String, String> query,
			TransportType type, boolean upgrade) {
		TransportType current = session.transportType();
		if (upgrade ? type != TransportType.WEBSOCKET : type != current) {
			return badRequest("TRANSPORT_MISMATCH",
					Map.of("transport", type.wireName(), "previousTransport", current.wireName()));
		}
		return (EngineRevision.of(query.get("EIO")) == session.request().revision()) ? null
				: badRequest("PROTOCOL_MISMATCH", Map.of("protocol", query.getOrDefault("EIO", "")));
	}

	private static ConnectionError badRequest(String name, Map<String, Object> details) {
		Map<String, Object> context = new HashMap<>(details);
		context.put("name", name);
		return ConnectionError.of(EngineError.BAD_REQUEST, context);
	}

	/**
	 * Check the revision of the protocol, the last check of a handshake.
	 * @param request the handshake
	 * @return whether it is served
	 */
	public boolean supported(EngineRequest request) {
		return request.revision() == EngineRevision.V4 || this.options.allowEio3();
	}

	/**
	 * Open a long-polling session. The request is answered with the handshake.
	 * @param request the request
	 * @param lane the lane of its connection
	 * @param handle makes the way to answer from the id of the session
	 */
	public void openPolling(EngineRequest request, Lane lane, Function<String, PollHandle> handle) {
		PollingTransport transport = new PollingTransport(lane, request.revision().codec(), request.base64());
		EngineSession session = register(request, lane, transport);
		transport.bind(session);
		session.inLane(() -> {
			transport.poll(handle.apply(session.id()));
			session.open(handshake(session));
			checkClosed(session);
		});
	}

	/**
	 * Open a session on a transport of its own, such as WebSocket. Called on the
	 * transport's lane.
	 * @param request the request
	 * @param transport makes the transport's listener known to it
	 * @return gets what happens on the transport
	 */
	public Transport.Listener open(EngineRequest request, Transport transport) {
		EngineSession session = register(request, transport.lane(), transport);
		session.open(handshake(session));
		checkClosed(session);
		return session.transportListener(transport);
	}

	private EngineSession register(EngineRequest request, Lane lane, Transport transport) {
		EngineSession session = new EngineSession(SecretIds.next(), request, this, lane, transport);
		this.sessions.put(session.id(), session);
		return session;
	}

	private void checkClosed(EngineSession session) {
		if (this.closed) {
			session.close(CloseReason.SERVER_SHUTDOWN); // opened while close() went
														// through the sessions
		}
	}

	private EnginePacket handshake(EngineSession session) {
		boolean upgrade = this.options.allowUpgrades() && session.transportType() == TransportType.POLLING
				&& this.options.enabled(TransportType.WEBSOCKET);
		return EnginePacket.of(EnginePacketType.OPEN,
				"{\"sid\":\"" + session.id() + "\",\"upgrades\":[" + (upgrade ? "\"websocket\"" : "")
						+ "],\"pingInterval\":" + this.options.pingInterval().toMillis() + ",\"pingTimeout\":"
						+ this.options.pingTimeout().toMillis() + ",\"maxPayload\":" + this.options.maxPayload() + "}");
	}

	/**
	 * Let another transport try to take over a session. Called on the candidate's lane.
	 * @param sid id of the session
	 * @param candidate the transport; rejected at once unless the session is open on
	 * long-polling and no other upgrade is under way
	 * @return gets what happens on the candidate, or {@code null} if it is rejected
	 */
	public Transport.@Nullable Listener upgrade(String sid, UpgradeCandidate candidate) {
		EngineSession session = this.sessions.get(sid);
		if (session == null) {
			candidate.reject();
			return null;
		}
		Upgrade upgrade = new Upgrade(session, candidate);
		session.inLane(() -> {
			if (session.canUpgrade()) {
				upgrade.start();
			}
			else {
				upgrade.cancel();
			}
		});
		return upgrade;
	}

	/**
	 * Find an open session.
	 * @param sid id of the session
	 * @return the session, or {@code null}
	 */
	public @Nullable EngineSession session(String sid) {
		return this.sessions.get(sid);
	}

	/**
	 * Number of open sessions.
	 * @return the number
	 */
	public int sessionCount() {
		return this.sessions.size();
	}

	/**
	 * Number of connections closed so far because their client read too slowly.
	 * @return the number
	 */
	public long slowClientCount() {
		return this.slowClients.sum();
	}

	/**
	 * Whether {@link #close()} was called: new sessions are refused.
	 * @return {@code true} if it was
	 */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Close all sessions at once, without what is not written yet, and refuse new ones.
	 */
	public void close() {
		this.closed = true;
		this.sessions.values().forEach((session) -> session.close(CloseReason.SERVER_SHUTDOWN));
	}

	/**
	 * The settings.
	 * @return the settings
	 */
	public EngineOptions options() {
		return this.options;
	}

	/**
	 * The timers of this server.
	 * @return the timers
	 */
	public Timers timers() {
		return this.timers;
	}

	EngineListener listener() {
		return this.listener;
	}

	void remove(EngineSession session) {
		this.sessions.remove(session.id(), session);
	}

	void slowClient() {
		this.slowClients.increment();
	}

}
