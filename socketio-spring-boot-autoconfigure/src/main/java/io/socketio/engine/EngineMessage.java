package io.socketio.engine;

import java.util.List;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketType;

/**
 * What is written to a connection as a whole: one packet, or several that nothing may
 * come between (a Socket.IO packet and its attachments). Immutable, so that one message
 * serves all recipients of a broadcast.
 *
 * @since 0.1.0
 */
public final class EngineMessage {

	/**
	 * Memory that a queued message costs beside its bytes, so that a limit in bytes
	 * bounds many tiny messages too.
	 */
	private static final int OVERHEAD = 64;

	static final EngineMessage PING = control(EnginePacketType.PING);

	static final EngineMessage PONG = control(EnginePacketType.PONG);

	static final EngineMessage NOOP = control(EnginePacketType.NOOP);

	private final List<EnginePacket> packets;

	private final boolean compress;

	private final boolean shared;

	private final boolean binary;

	private final int size;

	private EngineMessage(List<EnginePacket> packets, int size, boolean compress, boolean shared) {
		this.packets = packets;
		this.compress = compress;
		this.shared = shared;
		this.binary = binary(packets);
		this.size = size;
	}

	/**
	 * Create a message for one recipient.
	 * @param packets the packets, not modified afterwards
	 * @param compress whether it may be compressed
	 * @return the message
	 */
	public static EngineMessage of(List<EnginePacket> packets, boolean compress) {
		return new EngineMessage(packets, size(packets), compress, false);
	}

	/**
	 * Create a message for many recipients, whose encoded form is shared among them.
	 * @param packets the packets, not modified afterwards
	 * @param compress whether it may be compressed
	 * @return the message
	 */
	public static EngineMessage shared(List<EnginePacket> packets, boolean compress) {
		return new EngineMessage(packets, size(packets), compress, true);
	}

	static EngineMessage of(EnginePacket packet) {
		return of(List.of(packet), false);
	}

	private static EngineMessage control(EnginePacketType type) {
		return of(EnginePacket.of(type));
	}

	private static boolean binary(List<EnginePacket> packets) {
		for (int i = 0; i < packets.size(); i++) {
			if (packets.get(i).binary()) {
				return true;
			}
		}
		return false;
	}

	private static int size(List<EnginePacket> packets) {
		int size = 0;
		for (int i = 0; i < packets.size(); i++) {
			size += packets.get(i).data().length + 1;
		}
		return size;
	}

	/**
	 * The packets, in the order of writing.
	 * @return read-only list
	 */
	public List<EnginePacket> packets() {
		return this.packets;
	}

	/**
	 * Whether the message may be compressed.
	 * @return {@code true} if it may
	 */
	public boolean compress() {
		return this.compress;
	}

	/**
	 * Whether a packet of the message is binary. Messages of text have one form in all
	 * revisions of the protocol.
	 * @return {@code true} if there is one
	 */
	public boolean binary() {
		return this.binary;
	}

	/**
	 * Whether the message goes to more than one connection.
	 * @return {@code true} if it does
	 */
	public boolean shared() {
		return this.shared;
	}

	/**
	 * Number of bytes of the packets.
	 * @return bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * What a message counts against a connection's limit of queued bytes.
	 * @return bytes
	 */
	int cost() {
		return this.size + OVERHEAD;
	}

}
