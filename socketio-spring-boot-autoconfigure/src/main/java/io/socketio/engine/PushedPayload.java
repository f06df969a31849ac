package io.socketio.engine;

import java.util.function.Predicate;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketException;
import io.socketio.protocol.PayloadReader;

/**
 * The body of a {@code POST}, decoded part by part: a client may put very many packets
 * into one, and the lane has others to serve in between.
 */
final class PushedPayload {

	private static final int PART = 1000;

	private final PayloadReader reader;

	private final int maxPackets;

	private int packets;

	PushedPayload(PayloadReader reader, int maxPackets) {
		this.reader = reader;
		this.maxPackets = maxPackets;
	}

	/**
	 * Decode the next part.
	 * @param sink takes a packet and returns whether it wants the next one
	 * @return {@code true} if there is more to decode
	 * @throws EnginePacketException as for a whole body; nothing is to be decoded then
	 */
	boolean decodePart(Predicate<EnginePacket> sink) throws EnginePacketException {
		for (int i = 0; i < PART; i++) {
			if (this.packets++ == this.maxPackets) {
				throw new EnginePacketException("more than " + this.maxPackets + " packets in a payload");
			}
			if (!sink.test(this.reader.next()) || !this.reader.hasNext()) {
				return false;
			}
		}
		return true;
	}

}
