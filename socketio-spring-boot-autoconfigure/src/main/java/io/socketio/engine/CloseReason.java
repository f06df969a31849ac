package io.socketio.engine;

/**
 * Why an Engine.IO session ended.
 *
 * @since 0.1.0
 */
public enum CloseReason {

	/**
	 * The client closed the connection, or it broke.
	 */
	TRANSPORT_CLOSE,

	/**
	 * The client broke the rules of the transport or a limit, or a write failed.
	 */
	TRANSPORT_ERROR,

	/**
	 * The client did not answer a heartbeat in time.
	 */
	PING_TIMEOUT,

	/**
	 * The client sent what is no Engine.IO packet.
	 */
	PARSE_ERROR,

	/**
	 * The application closed the session.
	 */
	FORCED_CLOSE,

	/**
	 * The server was closed.
	 */
	SERVER_SHUTDOWN

}
