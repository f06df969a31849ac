package io.socketio.protocol;

/**
 * Types of Socket.IO v5 packets. The ordinal is the number on the wire.
 *
 * @since 0.1.0
 */
public enum PacketType {

	/** Request to join a namespace, and its confirmation. */
	CONNECT,

	/** The sender leaves, or is put out of, a namespace. */
	DISCONNECT,

	/** An event: an array of its name and its arguments. */
	EVENT,

	/** The answer to an event that had an id: an array of arguments. */
	ACK,

	/** Refusal of a {@link #CONNECT}. */
	CONNECT_ERROR,

	/**
	 * How an {@link #EVENT} with attachments is written; never the type of a
	 * {@link Packet}.
	 */
	BINARY_EVENT,

	/**
	 * How an {@link #ACK} with attachments is written; never the type of a
	 * {@link Packet}.
	 */
	BINARY_ACK

}
