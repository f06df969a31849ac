package io.socketio.engine.netty;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

import io.socketio.protocol.EnginePacket;

/**
 * Packets behind the upgrade packet, until the session has moved. Bounded in bytes.
 */
final class HeldPackets {

	/**
	 * Memory that a packet costs beside its data.
	 */
	private static final int OVERHEAD = 64;

	private final Deque<EnginePacket> packets = new ArrayDeque<>();

	private final long limit;

	private long bytes;

	HeldPackets(long limit) {
		this.limit = limit;
	}

	/**
	 * Add a packet.
	 * @param packet the packet
	 * @return {@code false} if it exceeds the limit
	 */
	boolean add(EnginePacket packet) {
		this.bytes += packet.data().length + OVERHEAD;
		return this.bytes <= this.limit && this.packets.add(packet);
	}

	@Nullable EnginePacket poll() {
		return this.packets.poll();
	}

}
