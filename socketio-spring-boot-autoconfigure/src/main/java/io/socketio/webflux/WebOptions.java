package io.socketio.webflux;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * Settings of the web layer. Immutable.
 *
 * @param cookie makes the cookie of a long-polling handshake from the id of the session,
 * or {@code null} for none
 * @param compression compression of long-polling responses, or {@code null} for none
 * @param webSocketCompressionThreshold size in bytes from which WebSocket messages are
 * compressed, or a negative number to negotiate no compression
 * @since 0.1.0
 */
public record WebOptions(@Nullable Function<String, ResponseCookie> cookie, @Nullable PayloadCompression compression,
		int webSocketCompressionThreshold) {

	/**
	 * The defaults of the protocol, but for compression.
	 * @return no cookie and no compression
	 */
	public static WebOptions defaults() {
		return new WebOptions(null, null, -1);
	}

}
