package io.socketio.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The forms of Engine.IO revision 3 (section 1.15 of the protocol notes). A binary
 * message has its type too: as the byte 4 where bytes can be sent, else as the character
 * behind the letter {@code b}. In a long-polling body each packet has its length before
 * it; the body is binary as soon as one of its packets is.
 */
final class Revision3Codec implements EngineCodec {

	private static final byte BASE64 = 'b';

	private static final byte[] MESSAGE = { (byte) EnginePacketType.MESSAGE.ordinal() };

	@Override
	public EnginePacket decodeText(byte[] text) throws EnginePacketException {
		return decodeText(text, 0, text.length);
	}

	static EnginePacket decodeText(byte[] bytes, int offset, int length) throws EnginePacketException {
		if (length == 0 || bytes[offset] != BASE64) {
			return EnginePacketCodec.decodeText(bytes, offset, length);
		}
		if (length == 1 || bytes[offset + 1] != EnginePacketType.MESSAGE.code()) {
			throw new EnginePacketException("binary packet that is no message");
		}
		return EnginePacket.binary(Base64Text.decode(bytes, offset + 2, length - 2));
	}

	@Override
	public EnginePacket decodeBinary(byte[] binary) throws EnginePacketException {
		return decodeBinary(binary, 0, binary.length);
	}

	static EnginePacket decodeBinary(byte[] bytes, int offset, int length) throws EnginePacketException {
		if (length == 0 || bytes[offset] != MESSAGE[0]) {
			throw new EnginePacketException("binary packet that is no message");
		}
		return EnginePacket.binary(Arrays.copyOfRange(bytes, offset + 1, offset + length));
	}

	@Override
	public boolean acceptsBinaryPayloads() {
		return true;
	}

	@Override
	public PayloadReader payloadReader(EnginePayload payload) {
		return new Revision3PayloadReader(payload);
	}

	@Override
	public byte[] encodeText(EnginePacket packet) {
		if (!packet.binary()) {
			return EnginePacketCodec.encodeText(packet);
		}
		byte[] data = packet.data();
		byte[] text = new byte[Math.addExact(2, Base64Text.encodedLength(data.length))];
		text[0] = BASE64;
		text[1] = packet.type().code();
		Base64Text.encode(data, text, 2);
		return text;
	}

	@Override
	public byte[] binaryPrefix() {
		return MESSAGE;
	}

	@Override
	public EnginePayload encodePayload(List<EnginePacket> packets, boolean base64) {
		if (packets.isEmpty()) {
			throw new IllegalArgumentException("A payload needs at least one packet");
		}
		boolean binary = !base64 && packets.stream().anyMatch(EnginePacket::binary);
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (EnginePacket packet : packets) {
			if (binary) {
				writeBinary(packet, body);
			}
			else {
				writeText(packet, body);
			}
		}
		return new EnginePayload(body.toByteArray(), binary);
	}

	private void writeText(EnginePacket packet, ByteArrayOutputStream body) {
		byte[] text = encodeText(packet);
		body.writeBytes(digits(Utf16Units.count(text)));
		body.write(Revision3PayloadReader.TEXT_LENGTH_END);
		body.writeBytes(text);
	}

	private static void writeBinary(EnginePacket packet, ByteArrayOutputStream body) {
		body.write(packet.binary() ? Revision3PayloadReader.BINARY : Revision3PayloadReader.TEXT);
		for (byte digit : digits(packet.data().length + 1)) {
			body.write(digit - '0');
		}
		body.write(Revision3PayloadReader.BINARY_LENGTH_END);
		body.write(packet.binary() ? MESSAGE[0] : packet.type().code());
		body.writeBytes(packet.data());
	}

	private static byte[] digits(int number) {
		return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
	}

}
