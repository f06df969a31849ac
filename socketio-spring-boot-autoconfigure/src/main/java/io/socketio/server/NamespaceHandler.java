package io.socketio.server;

import java.util.function.Consumer;

/**
 * Handles everything the sockets of a namespace do: the way in for programming models.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NamespaceHandler {

	/**
	 * A socket has joined and its CONNECT reply was sent. Called on the connection's
	 * event loop: it must not block. It may disconnect the socket, which the returned
	 * handler is told afterwards.
	 * @param socket the socket
	 * @param reads stops and resumes reading from the socket's connection
	 * @return gets what the socket does
	 */
	SocketHandler connected(SocketIoSocket socket, ReadControl reads);

	/**
	 * A handler that only hands on the socket.
	 * @param listener gets the socket
	 * @return the handler
	 */
	static NamespaceHandler of(Consumer<SocketIoSocket> listener) {
		return (socket, reads) -> {
			listener.accept(socket);
			return SocketHandler.NONE;
		};
	}

}
