package io.socketio.protocol;

import java.util.List;
import java.util.function.Predicate;

/**
 * How one revision of Engine.IO writes its packets. Codecs have no state and can be used
 * by any thread.
 * <p>
 * A packet without binary data has the same text form in all revisions: its type's
 * character, followed by its data.
 *
 * @since 0.1.0
 */
public interface EngineCodec {

	/**
	 * Decode a text frame of WebSocket.
	 * @param text the frame's data in UTF-8
	 * @return the packet, with data of its own
	 * @throws EnginePacketException if it is no packet
	 */
	EnginePacket decodeText(byte[] text) throws EnginePacketException;

	/**
	 * Decode a binary frame of WebSocket.
	 * @param binary the frame's data, which may become part of the packet
	 * @return a binary message
	 * @throws EnginePacketException if it is no packet
	 */
	EnginePacket decodeBinary(byte[] binary) throws EnginePacketException;

	/**
	 * Whether the body of a long-polling request may be binary.
	 * @return {@code false} if only text is served
	 */
	boolean acceptsBinaryPayloads();

	/**
	 * Decode the body of a long-polling request. Each packet is handed over as soon as it
	 * is decoded, so that the packets before a malformed one are not lost.
	 * @param payload the body, which is text unless {@link #acceptsBinaryPayloads()}
	 * @param maxPackets how many packets it may have
	 * @param sink takes a packet and returns whether it wants the next one
	 * @throws EnginePacketException at the first malformed packet, or at the first packet
	 * beyond {@code maxPackets}
	 */
	default void decodePayload(EnginePayload payload, int maxPackets, Predicate<EnginePacket> sink)
			throws EnginePacketException {
		PayloadReader reader = payloadReader(payload);
		int count = 0;
		do {
			if (count++ == maxPackets) {
				throw new EnginePacketException("more than " + maxPackets + " packets in a payload");
			}
			if (!sink.test(reader.next())) {
				return;
			}
		}
		while (reader.hasNext());
	}

	/**
	 * Read the body of a long-polling request.
	 * @param payload the body, which is text unless {@link #acceptsBinaryPayloads()}
	 * @return a reader at its first packet
	 */
	PayloadReader payloadReader(EnginePayload payload);

	/**
	 * Encode a packet for a client that takes text only.
	 * @param packet the packet
	 * @return the data of a text frame
	 */
	byte[] encodeText(EnginePacket packet);

	/**
	 * What stands in a binary frame of WebSocket before the data of a binary message.
	 * @return the bytes, possibly none; must not be modified
	 */
	byte[] binaryPrefix();

	/**
	 * Encode packets into one body of a long-polling response.
	 * @param packets at least one packet
	 * @param base64 whether the client takes text only
	 * @return the body
	 */
	EnginePayload encodePayload(List<EnginePacket> packets, boolean base64);

}
