package io.socketio.server;

import reactor.core.publisher.Mono;

/**
 * Decides whether a client may create a namespace by joining it. Called for names that do
 * not exist yet, on the connection's event loop: it must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NamespacePredicate {

	/**
	 * Check a name.
	 * @param name the name, with its leading slash, as the client sent it
	 * @param handshake the handshake, with the payload of the CONNECT packet
	 * @return {@code true} to accept; anything else, an error too, passes the question on
	 * to the next parent
	 */
	Mono<Boolean> test(String name, Handshake handshake);

}
