package io.socketio.server;

import reactor.core.publisher.Mono;

/**
 * Decides whether a socket may join a namespace. Called for each CONNECT packet, in the
 * order of registration, on the connection's event loop: it must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NamespaceMiddleware {

	/**
	 * Check the socket. It has an id and a handshake, may join rooms and is not connected
	 * yet.
	 * @param socket the socket
	 * @return completes to let the socket pass; {@link ConnectionRefusedException} is
	 * told to the client, any other error is logged and shows the client nothing of it
	 */
	Mono<Void> apply(SocketIoSocket socket);

}
