package io.socketio.server;

import reactor.core.publisher.Mono;

/**
 * Finds out by the payload of a CONNECT packet who a client is. A bean of this type is
 * asked for each CONNECT packet, those of clients that want their state back included:
 * before anything of an old session is touched, before the middlewares, and also where
 * recovery skips those.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketAuthenticator {

	/**
	 * Authenticate a client. Called on the connection's event loop: it must not block.
	 * @param namespace name of the namespace that the client wants to join
	 * @param handshake the handshake, with the payload in {@link Handshake#auth()}
	 * @return who the client is; empty to keep the principal of the handshake. An error
	 * refuses the client, as one of a {@link NamespaceMiddleware} does.
	 */
	Mono<SocketIdentity> authenticate(String namespace, Handshake handshake);

}
