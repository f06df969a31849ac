package io.socketio.server;

import reactor.core.publisher.Mono;

/**
 * The Socket.IO server. What it inherits from a namespace acts on {@code /}.
 *
 * @since 0.1.0
 */
public interface SocketIoServer extends SocketIoNamespace {

	/**
	 * Return a namespace, created when it does not exist yet.
	 * @param name the name; a leading slash is added when it is missing
	 * @return the namespace
	 */
	SocketIoNamespace of(String name);

	/**
	 * Close all connections with {@link DisconnectReason#SERVER_SHUTTING_DOWN} and refuse
	 * new ones. Nothing is sent on the level of Socket.IO, so that clients reconnect, to
	 * another node where there is one.
	 * @return completes when all sockets are disconnected and their state is saved
	 */
	Mono<Void> close();

}
