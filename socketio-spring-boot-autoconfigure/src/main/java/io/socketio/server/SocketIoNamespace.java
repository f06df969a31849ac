package io.socketio.server;

import java.util.function.Consumer;

/**
 * A namespace: a channel of communication with its own sockets, rooms, middlewares and
 * handlers, that shares the connection with others. Its broadcasts address all sockets of
 * the namespace.
 *
 * @since 0.1.0
 */
public interface SocketIoNamespace extends BroadcastOperator {

	/**
	 * Name of the namespace, with its leading slash.
	 * @return the name
	 */
	String name();

	/**
	 * Add a middleware. It applies to sockets that connect from now on.
	 * @param middleware the middleware
	 * @return this namespace
	 */
	SocketIoNamespace use(NamespaceMiddleware middleware);

	/**
	 * Add a listener that gets each socket that has joined, after the CONNECT reply was
	 * sent, on the connection's event loop: it must not block.
	 * @param listener the listener
	 * @return this namespace
	 */
	SocketIoNamespace onConnection(Consumer<SocketIoSocket> listener);

	/**
	 * Add a handler for everything the sockets of this namespace do. It applies to
	 * sockets that connect from now on.
	 * @param handler the handler
	 * @return this namespace
	 */
	SocketIoNamespace handler(NamespaceHandler handler);

	/**
	 * Forget the state of a socket whose client is away, so that it cannot be recovered:
	 * as after a logout. Connected sockets are not touched.
	 * @param socketId id of the socket
	 * @return {@code false} if no such state is kept
	 */
	boolean forgetSession(String socketId);

}
