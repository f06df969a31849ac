package io.socketio.adapter;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.socketio.protocol.Packet;

/**
 * The sockets of a namespace on this node, as an adapter sees them.
 *
 * @since 0.1.0
 */
public interface LocalSockets {

	/**
	 * Number and log an event, and hand it to the connections of those it is for, in one
	 * step. Usable from any thread; calls take effect one after the other.
	 * @param broadcast the event
	 */
	void deliver(Broadcast broadcast);

	/**
	 * Hand an event that another node has sent to the listeners for such events.
	 * @param event the event, as it was sent or decoded
	 * @param answer gets an ACK packet, once at most; {@code null} if nobody waits for it
	 */
	void serverSideEvent(Packet event, @Nullable Consumer<Packet> answer);

}
