package io.socketio.webflux;

import org.springframework.web.server.ServerWebExchange;

/**
 * Compresses long-polling responses.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PayloadCompression {

	/**
	 * Compress a payload if the client accepts it and it is worth it, and set the
	 * response's headers accordingly. Small payloads are compressed on the event loop,
	 * large ones on a thread made for computations; neither must be blocked.
	 * @param exchange the exchange
	 * @param payload the payload
	 * @return the body of the response
	 */
	byte[] apply(ServerWebExchange exchange, byte[] payload);

}
