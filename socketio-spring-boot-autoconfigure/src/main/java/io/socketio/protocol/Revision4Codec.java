package io.socketio.protocol;

import java.util.List;

/**
 * The forms of Engine.IO revision 4, whose long-polling bodies are always text (section
 * 1.6 of the protocol notes).
 */
final class Revision4Codec implements EngineCodec {

	private static final byte[] NO_PREFIX = new byte[0];

	@Override
	public EnginePacket decodeText(byte[] text) throws EnginePacketException {
		return EnginePacketCodec.decodeText(text, 0, text.length);
	}

	@Override
	public EnginePacket decodeBinary(byte[] binary) {
		return EnginePacketCodec.decodeBinary(binary);
	}

	@Override
	public boolean acceptsBinaryPayloads() {
		return false;
	}

	@Override
	public PayloadReader payloadReader(EnginePayload payload) {
		return new Revision4PayloadReader(payload.bytes());
	}

	@Override
	public byte[] encodeText(EnginePacket packet) {
		return EnginePacketCodec.encodeText(packet);
	}

	@Override
	public byte[] binaryPrefix() {
		return NO_PREFIX;
	}

	@Override
	public EnginePayload encodePayload(List<EnginePacket> packets, boolean base64) {
		return new EnginePayload(EnginePacketCodec.encodePayload(packets), false);
	}

}
