package io.socketio.engine;

import java.util.Arrays;
import java.util.function.Predicate;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketCodec;
import io.socketio.protocol.EnginePacketException;

/**
 * The body of a {@code POST}, decoded part by part: a client may put very many packets
 * into one, and the lane has others to serve in between.
 */
final class PushedPayload {

	private static final int PART = 1000;

	private static final byte SEPARATOR = 0x1e;

	private final byte[] body;

	private int remainingPackets;

	private int position;

	private boolean ended;

	PushedPayload(byte[] body, int maxPackets) {
		this.body = body;
		this.remainingPackets = maxPackets;
	}

	/**
	 * Decode the next part.
	 * @param sink takes a packet and returns whether it wants the next one
	 * @return {@code true} if there is more to decode
	 * @throws EnginePacketException as for a whole body; nothing is to be decoded then
	 */
	boolean decodePart(Predicate<EnginePacket> sink) throws EnginePacketException {
		int end = endOfPart();
		byte[] part = (this.position == 0 && end == this.body.length) ? this.body
				: Arrays.copyOfRange(this.body, this.position, end);
		EnginePacketCodec.decodePayload(part, this.remainingPackets, (packet) -> {
			this.ended = !sink.test(packet);
			return !this.ended;
		});
		this.remainingPackets -= PART;
		this.position = end + 1;
		return !this.ended && end < this.body.length;
	}

	private int endOfPart() {
		int packets = 0;
		for (int i = this.position; i < this.body.length; i++) {
			if (this.body[i] == SEPARATOR && ++packets == PART) {
				return i;
			}
		}
		return this.body.length;
	}

}
