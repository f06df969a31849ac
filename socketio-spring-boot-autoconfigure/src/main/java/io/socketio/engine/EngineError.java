package io.socketio.engine;

/**
 * Why a request is refused: the codes and texts of the Engine.IO protocol.
 *
 * @since 0.1.0
 */
public enum EngineError {

	/**
	 * The {@code transport} parameter is missing, unknown or not enabled.
	 */
	UNKNOWN_TRANSPORT(400, "Transport unknown"),

	/**
	 * No open session has the id of the {@code sid} parameter.
	 */
	UNKNOWN_SID(400, "Session ID unknown"),

	/**
	 * A session is opened by {@code GET} only.
	 */
	BAD_HANDSHAKE_METHOD(400, "Bad handshake method"),

	/**
	 * The request does not fit its session or its transport.
	 */
	BAD_REQUEST(400, "Bad request"),

	/**
	 * The application or the rules for cross-origin requests refuse the request.
	 */
	FORBIDDEN(403, "Forbidden"),

	/**
	 * The revision of the protocol ({@code EIO} parameter) is not served.
	 */
	UNSUPPORTED_PROTOCOL_VERSION(400, "Unsupported protocol version");

	private final int status;

	private final String message;

	EngineError(int status, String message) {
		this.status = status;
		this.message = message;
	}

	/**
	 * The code in the error's body.
	 * @return the code
	 */
	public int code() {
		return ordinal();
	}

	/**
	 * Status of the response to a plain HTTP request; to an upgrade request it is always
	 * 400.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The text in the error's body.
	 * @return the text
	 */
	public String message() {
		return this.message;
	}

}
