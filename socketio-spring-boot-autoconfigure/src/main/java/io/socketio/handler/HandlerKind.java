package io.socketio.handler;

/**
 * What calls a handler method.
 */
enum HandlerKind {

	/**
	 * An event of the client.
	 */
	EVENT,

	/**
	 * The socket has joined the namespace.
	 */
	CONNECT,

	/**
	 * The socket has left the namespace.
	 */
	DISCONNECT

}
