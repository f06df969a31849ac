package io.socketio.server;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What is known of a socket's connection: the first HTTP request of its Engine.IO session
 * (also after an upgrade) and the payload of its CONNECT packet. Immutable.
 *
 * @since 0.1.0
 */
public interface Handshake {

	/**
	 * Headers of the first HTTP request.
	 * @return read-only headers
	 */
	HttpHeaders headers();

	/**
	 * Query parameters of the first HTTP request; of a repeated one the last value.
	 * @return read-only map
	 */
	Map<String, String> query();

	/**
	 * Payload of the CONNECT packet as received, in natural Java types; of a client of
	 * Socket.IO 2 the query behind the namespace, as strings. With connection state
	 * recovery it holds the client's {@code pid} too, which is a secret.
	 * @return read-only map, empty when the client sent none
	 */
	Map<String, Object> auth();

	/**
	 * One field of the CONNECT payload, converted.
	 * @param <T> the type
	 * @param name name of the field
	 * @param type the type
	 * @return the value, or {@code null} if the field is absent or null
	 * @throws IllegalArgumentException if it cannot be converted
	 */
	<T> @Nullable T auth(String name, Class<T> type);

	/**
	 * Path and query of the first HTTP request.
	 * @return the request target
	 */
	String url();

	/**
	 * Address of the peer, as the HTTP server knows it (forwarded headers count where the
	 * application configures them).
	 * @return the address, or {@code null} if unknown
	 */
	@Nullable InetSocketAddress address();

	/**
	 * When the socket was created.
	 * @return the time
	 */
	Instant time();

	/**
	 * Whether the first HTTP request came over TLS.
	 * @return {@code true} for {@code https} and {@code wss}
	 */
	boolean secure();

	/**
	 * Whether the first HTTP request carried an {@code Origin} header.
	 * @return {@code true} if it did
	 */
	boolean xdomain();

	/**
	 * Principal of the first HTTP request.
	 * @return the principal, or {@code null} if the client is not authenticated
	 */
	@Nullable Principal principal();

}
