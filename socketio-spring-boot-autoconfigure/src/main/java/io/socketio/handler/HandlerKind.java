package io.socketio.handler;

/**
 * What calls a handler method.
 */
enum HandlerKind {

	/**
	 * One of its events.
	 */
	EVENT,

	/**
	 * Any event of the client.
	 */
	ANY_EVENT,

	/**
	 * The socket has joined the namespace.
	 */
	CONNECT,

	/**
	 * The socket has left the namespace.
	 */
	DISCONNECT,

	/**
	 * Another handler method has failed.
	 */
	EXCEPTION;

	/**
	 * Whether there may be an event with its arguments.
	 * @return {@code true} if there may be one
	 */
	boolean hasEvent() {
		return this == EVENT || this == ANY_EVENT || this == EXCEPTION;
	}

	/**
	 * Whether the name of the event comes before the arguments by position.
	 * @return {@code true} if it does
	 */
	boolean namesEvent() {
		return this == ANY_EVENT || this == EXCEPTION;
	}

}
