package io.socketio.protocol;

/**
 * Bytes that are no Engine.IO packet. It ends the session that they came from with the
 * reason {@code parse error}.
 * <p>
 * Cheap by intention, since any client can cause it: it has no stack trace.
 *
 * @since 0.1.0
 */
public final class EnginePacketException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what was wrong
	 */
	public EnginePacketException(String message) {
		super(message, null, false, false);
	}

}
