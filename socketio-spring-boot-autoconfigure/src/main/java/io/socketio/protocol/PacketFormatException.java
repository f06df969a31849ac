package io.socketio.protocol;

/**
 * A message that is no Socket.IO packet, or not the one that had to come now (sections
 * 2.2 and 2.3 of the protocol notes). It ends the connection that the message came from.
 * <p>
 * Cheap by intention, since any client can cause it: it has no stack trace.
 *
 * @since 0.1.0
 */
public final class PacketFormatException extends Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what was wrong, in the words of the reference where it has any
	 */
	public PacketFormatException(String message) {
		super(message, null, false, false);
	}

}
