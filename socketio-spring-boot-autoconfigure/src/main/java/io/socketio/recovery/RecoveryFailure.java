package io.socketio.recovery;

/**
 * Why a client that asked for its connection state got a new session instead.
 *
 * @since 0.1.0
 */
public enum RecoveryFailure {

	/**
	 * What the client sent is no private id and offset: wrong types.
	 */
	MALFORMED_REQUEST,

	/**
	 * No session has that private id: never known, recovered by another connection, left
	 * on purpose, or lost with the server that knew it.
	 */
	UNKNOWN_SESSION,

	/**
	 * The session was kept for its time, and the client came too late.
	 */
	EXPIRED,

	/**
	 * The application made the server forget the session, or disconnected its socket
	 * while it was away.
	 */
	FORGOTTEN,

	/**
	 * The session was given up for newer ones, since too many were kept.
	 */
	TOO_MANY_SESSIONS,

	/**
	 * The session belongs to another principal.
	 */
	OTHER_PRINCIPAL,

	/**
	 * The offset is none that this server gave out.
	 */
	UNKNOWN_OFFSET,

	/**
	 * Events that the client missed are not kept any more: the log's limits were reached.
	 */
	LOG_OVERFLOW,

	/**
	 * The session store failed, or took too long.
	 */
	STORE_FAILURE

}
