package io.socketio.adapter;

import org.jspecify.annotations.Nullable;

import io.socketio.protocol.EncodedPacket;
import io.socketio.protocol.Packet;

/**
 * An event on its way to an audience. The packet is encoded when it is emitted, so that
 * later changes of its arguments have no effect.
 *
 * @param audience whom it is for
 * @param packet the packet, for routes with an encoding of their own
 * @param encoded the packet in the format of the clients
 * @param conflationKey of the events with one key only the newest is sent again;
 * {@code null} for none
 * @param compress whether it may be compressed
 * @param dropIfBusy whether it is volatile: dropped for connections that cannot take it
 * at once, and never recovered
 * @param local whether it is for sockets of this node only
 * @since 0.1.0
 */
public record Broadcast(Audience audience, Packet packet, EncodedPacket encoded, @Nullable String conflationKey,
		boolean compress, boolean dropIfBusy, boolean local) {

}
