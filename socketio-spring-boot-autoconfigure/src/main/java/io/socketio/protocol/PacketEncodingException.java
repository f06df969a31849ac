package io.socketio.protocol;

/**
 * The data of a packet cannot be written: a cycle, a type without a serializer, or a
 * serializer that failed. It is the fault of the code that emits, which gets it.
 *
 * @since 0.1.0
 */
public final class PacketEncodingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message which packet could not be written, and why
	 */
	public PacketEncodingException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message which packet could not be written
	 * @param cause why
	 */
	public PacketEncodingException(String message, Throwable cause) {
		super(message, cause);
	}

}
