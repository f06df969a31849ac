package io.socketio.server;

/**
 * Why a socket left its namespace, in the words of the Socket.IO protocol.
 *
 * @since 0.1.0
 */
public enum DisconnectReason {

	/**
	 * The client closed the connection, or it broke.
	 */
	TRANSPORT_CLOSE("transport close", true),

	/**
	 * The connection failed: overlapping requests, a message over the limit, a client too
	 * slow to read what it is sent.
	 */
	TRANSPORT_ERROR("transport error", true),

	/**
	 * The client did not answer a heartbeat in time.
	 */
	PING_TIMEOUT("ping timeout", true),

	/**
	 * The server closed the connection because of what the client sent, or the
	 * application closed it below Socket.IO.
	 */
	FORCED_CLOSE("forced close", true),

	/**
	 * As {@link #FORCED_CLOSE}, on a long-polling connection that could not be closed at
	 * once.
	 */
	FORCED_SERVER_CLOSE("forced server close", true),

	/**
	 * The server is shutting down.
	 */
	SERVER_SHUTTING_DOWN("server shutting down", true),

	/**
	 * The client sent what is no Engine.IO packet.
	 */
	PARSE_ERROR("parse error", false),

	/**
	 * The client left the namespace.
	 */
	CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", false),

	/**
	 * The application disconnected the socket.
	 */
	SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", false);

	private final String text;

	private final boolean recoverable;

	DisconnectReason(String text, boolean recoverable) {
		this.text = text;
		this.recoverable = recoverable;
	}

	/**
	 * Whether the socket's state is kept for connection state recovery.
	 * @return {@code true} when the client may come back
	 */
	public boolean recoverable() {
		return this.recoverable;
	}

	/**
	 * Return the reason in the words of the protocol, such as {@code transport close}.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
