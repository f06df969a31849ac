package io.socketio.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one connection into packets. A packet with attachments consists
 * of several messages, so a decoder has state: there is one for each connection, shared
 * by all its namespaces, and it is not thread-safe.
 * <p>
 * After an exception the decoder is of no more use: each further call throws again.
 *
 * @since 0.1.0
 */
public interface PacketDecoder {

	/**
	 * Take a text message.
	 * @param message the text in UTF-8, without the Engine.IO type; not modified
	 * @return the packet, or {@code null} if attachments must follow
	 * @throws PacketFormatException if the message is malformed, or if an attachment had
	 * to come
	 */
	@Nullable Packet text(byte[] message) throws PacketFormatException;

	/**
	 * Take a binary message.
	 * @param message the bytes; may become part of the packet, so the caller must not
	 * modify them any more
	 * @return the packet, or {@code null} if further attachments must follow
	 * @throws PacketFormatException if no attachment had to come, or if the packet does
	 * not fit its attachments
	 */
	@Nullable Packet binary(byte[] message) throws PacketFormatException;

	/**
	 * Return whether a packet waits for attachments. The protocol has no time limit for
	 * that; the caller may want one.
	 * @return whether the next message has to be binary
	 */
	boolean reconstructing();

}
