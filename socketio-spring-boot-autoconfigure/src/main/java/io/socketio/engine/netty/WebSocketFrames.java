package io.socketio.engine.netty;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import io.socketio.protocol.EngineCodec;
import io.socketio.protocol.EnginePacket;

/**
 * Encodes packets as complete WebSocket frames (RFC 6455). Frames of a server are not
 * masked, so that one encoding serves all recipients.
 */
final class WebSocketFrames {

	private static final int FINAL_TEXT = 0x81;

	private static final int FINAL_BINARY = 0x82;

	private static final int MAX_HEADER = 10;

	private static final int MAX_7_BITS = 125;

	private static final int MAX_16_BITS = 0xFFFF;

	private WebSocketFrames() {
	}

	static ByteBuf encode(List<EnginePacket> packets, EngineCodec codec, ByteBufAllocator allocator) {
		int capacity = 0;
		for (int i = 0; i < packets.size(); i++) {
			capacity += packets.get(i).data().length + 1 + MAX_HEADER;
		}
		ByteBuf frames = allocator.ioBuffer(capacity);
		append(frames, packets, codec);
		return frames;
	}

	static void append(ByteBuf frames, List<EnginePacket> packets, EngineCodec codec) {
		for (int i = 0; i < packets.size(); i++) {
			EnginePacket packet = packets.get(i);
			byte[] data = packet.data();
			if (packet.binary()) {
				byte[] prefix = codec.binaryPrefix();
				header(frames, FINAL_BINARY, prefix.length + data.length);
				frames.writeBytes(prefix);
			}
			else {
				header(frames, FINAL_TEXT, data.length + 1);
				frames.writeByte(packet.type().code());
			}
			frames.writeBytes(data);
		}
	}

	// For a client that takes text only: binary messages as Base64
	static ByteBuf encodeAsText(List<EnginePacket> packets, EngineCodec codec, ByteBufAllocator allocator) {
		ByteBuf frames = allocator.ioBuffer();
		for (EnginePacket packet : packets) {
			byte[] text = codec.encodeText(packet);
			header(frames, FINAL_TEXT, text.length);
			frames.writeBytes(text);
		}
		return frames;
	}

	private static void header(ByteBuf frames, int firstByte, int length) {
		frames.writeByte(firstByte);
		if (length <= MAX_7_BITS) {
			frames.writeByte(length);
		}
		else if (length <= MAX_16_BITS) {
			frames.writeByte(MAX_7_BITS + 1);
			frames.writeShort(length);
		}
		else {
			frames.writeByte(MAX_7_BITS + 2);
			frames.writeLong(length);
		}
	}

}
