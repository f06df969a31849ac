package io.socketio.protocol;

/**
 * Format of Socket.IO packets: the extension point for formats other than JSON. A parser
 * is shared by all connections and thread-safe.
 *
 * @since 0.1.0
 */
public interface PacketParser {

	/**
	 * Encode a packet. Nothing of the result refers to the packet's data, which may be
	 * modified afterwards.
	 * @param packet the packet
	 * @return the messages to send
	 * @throws PacketEncodingException if the data cannot be written
	 */
	EncodedPacket encode(Packet packet);

	/**
	 * Encode an event with an offset for connection state recovery, a string behind the
	 * event's arguments (section 3.3 of the protocol notes), which
	 * {@link EncodedPacket#fillOffset(String)} can replace by another of the same width.
	 * @param packet an EVENT with at least a name
	 * @param offset the offset, or any other of the same width: letters, digits and
	 * {@code _-.}
	 * @return the messages to send
	 * @throws IllegalArgumentException if the packet is no EVENT, or if the offset is
	 * empty or has other characters
	 * @throws PacketEncodingException if the data cannot be written
	 */
	EncodedPacket encode(Packet packet, String offset);

	/**
	 * Create a decoder for one connection.
	 * @param limits what it accepts
	 * @return a new decoder
	 */
	PacketDecoder newDecoder(PacketLimits limits);

}
