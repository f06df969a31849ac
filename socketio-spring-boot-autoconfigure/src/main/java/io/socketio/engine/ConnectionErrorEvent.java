package io.socketio.engine;

import java.util.Map;

/**
 * Application event: a request was refused, be it a handshake, a poll, a push or an
 * upgrade. The {@code connection_error} event of the protocol's documentation. Published
 * on the connection's event loop: listeners must not block.
 * <p>
 * Request and context hold what the client has sent, which may be a secret (cookies, the
 * id of a session) or made to deceive who reads a log.
 * <p>
 * The context has, by code:
 * <ul>
 * <li>0: {@code transport}, if the request has one</li>
 * <li>1: {@code sid}</li>
 * <li>2: {@code method}</li>
 * <li>3: {@code name}, which is {@code INVALID_ORIGIN} (with {@code origin}),
 * {@code TRANSPORT_MISMATCH} (with {@code transport} and {@code previousTransport}),
 * {@code PROTOCOL_MISMATCH} (with {@code protocol}), {@code TRANSPORT_HANDSHAKE_ERROR},
 * or {@code MIDDLEWARE_FAILURE} for a {@link HandshakeGuard} that failed (with
 * {@code error})</li>
 * <li>4: {@code message}, what the client is told</li>
 * <li>5: {@code protocol}, always 3</li>
 * </ul>
 *
 * @param request the request; its principal is {@code null} unless it was a handshake
 * that came as far as the guards
 * @param code code of the error
 * @param message standard text of the error
 * @param context details
 * @since 0.1.0
 */
public record ConnectionErrorEvent(EngineRequest request, int code, String message, Map<String, Object> context) {

}
