package io.socketio.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Converts between Engine.IO packets of protocol revision 4 and their text form, which
 * WebSocket text frames and long-polling bodies consist of. A binary WebSocket frame is a
 * binary message as it is.
 * <p>
 * The text form is the type's character followed by the data; a binary message is the
 * letter {@code b} followed by base64. A long-polling body is one or more packets joined
 * by the character U+001E. All methods are free of side effects and can be called from
 * any thread.
 *
 * @since 0.1.0
 */
public final class EnginePacketCodec {

	private static final byte BINARY = 'b';

	private EnginePacketCodec() {
	}

	/**
	 * Decode a text frame or one segment of a long-polling body.
	 * <p>
	 * Base64 is decoded leniently, as the reference does: what is not base64 is skipped,
	 * down to an empty message.
	 * @param bytes an array that contains the text form
	 * @param offset where it starts
	 * @param length the number of bytes
	 * @return the packet, with data of its own
	 * @throws EnginePacketException if there is no byte, or if the first one is no packet
	 * type
	 */
	public static EnginePacket decodeText(byte[] bytes, int offset, int length) throws EnginePacketException {
		if (length == 0) {
			throw new EnginePacketException("empty packet");
		}
		byte code = bytes[offset];
		if (code == BINARY) {
			return EnginePacket.binary(Base64Text.decode(bytes, offset + 1, length - 1));
		}
		@Nullable EnginePacketType type = EnginePacketType.of(code);
		if (type == null) {
			throw new EnginePacketException("unknown packet type 0x" + Integer.toHexString(code & 0xff));
		}
		if (length == 1) {
			return EnginePacket.of(type);
		}
		return EnginePacket.of(type, Arrays.copyOfRange(bytes, offset + 1, offset + length));
	}

	/**
	 * Decode a binary frame.
	 * @param bytes the frame's data; not copied
	 * @return a binary message
	 */
	public static EnginePacket decodeBinary(byte[] bytes) {
		return EnginePacket.binary(bytes);
	}

	/**
	 * Decode a long-polling body. Each packet is handed over as soon as it is decoded, so
	 * that the packets before a malformed one are not lost.
	 * @param body the body
	 * @param maxPackets how many packets it may have
	 * @param sink takes a packet and returns whether it wants the next one
	 * @throws EnginePacketException at the first malformed packet (an empty one is
	 * malformed), or at the first packet beyond {@code maxPackets}
	 */
	public static void decodePayload(byte[] body, int maxPackets, Predicate<EnginePacket> sink)
			throws EnginePacketException {
		EngineRevision.V4.codec().decodePayload(new EnginePayload(body, false), maxPackets, sink);
	}

	/**
	 * Encode a packet into its text form.
	 * @param packet the packet
	 * @return the bytes of a text frame
	 */
	public static byte[] encodeText(EnginePacket packet) {
		byte[] text = new byte[encodedTextLength(packet)];
		writeText(packet, text, 0);
		return text;
	}

	/**
	 * Return how many bytes a packet takes in its text form.
	 * @param packet the packet
	 * @return the number of bytes, the type's character included
	 */
	public static int encodedTextLength(EnginePacket packet) {
		int length = packet.data().length;
		return Math.addExact(1, packet.binary() ? Base64Text.encodedLength(length) : length);
	}

	/**
	 * Encode packets into one long-polling body.
	 * @param packets at least one packet
	 * @return the body
	 */
	public static byte[] encodePayload(List<EnginePacket> packets) {
		if (packets.isEmpty()) {
			throw new IllegalArgumentException("A payload needs at least one packet");
		}
		int length = packets.size() - 1;
		for (EnginePacket packet : packets) {
			length = Math.addExact(length, encodedTextLength(packet));
		}
		byte[] body = new byte[length];
		int position = 0;
		for (EnginePacket packet : packets) {
			if (position > 0) {
				body[position++] = Revision4PayloadReader.SEPARATOR;
			}
			position = writeText(packet, body, position);
		}
		return body;
	}

	private static int writeText(EnginePacket packet, byte[] target, int position) {
		byte[] data = packet.data();
		if (packet.binary()) {
			target[position] = BINARY;
			return Base64Text.encode(data, target, position + 1);
		}
		target[position] = packet.type().code();
		System.arraycopy(data, 0, target, position + 1, data.length);
		return position + 1 + data.length;
	}

}
