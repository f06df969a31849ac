package io.socketio.engine;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.util.context.Context;

import io.socketio.protocol.EngineRevision;

/**
 * The HTTP request that opened a session; kept for the session's whole life, also after
 * an upgrade.
 *
 * @param headers the headers, detached from the connection
 * @param query the query parameters; of a repeated one the last value
 * @param url path and query
 * @param remoteAddress address of the peer, or {@code null} if unknown
 * @param secure whether it came over TLS
 * @param principal who is authenticated, or {@code null}
 * @param context what filters of the application put into its Reactor context
 * @since 0.1.0
 */
public record EngineRequest(HttpHeaders headers, Map<String, String> query, String url,
		@Nullable InetSocketAddress remoteAddress, boolean secure, @Nullable Principal principal, Context context) {

	/**
	 * The revision of the protocol that the client speaks.
	 * @return the revision
	 */
	public EngineRevision revision() {
		return EngineRevision.of(this.query.get("EIO"));
	}

	/**
	 * Whether the client cannot take binary frames ({@code b64} parameter).
	 * @return {@code true} if binary messages must be sent as text
	 */
	public boolean base64() {
		String value = this.query.get("b64");
		return value != null && !value.isEmpty();
	}

}
