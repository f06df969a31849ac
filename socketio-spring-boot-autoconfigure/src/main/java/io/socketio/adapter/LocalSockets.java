package io.socketio.adapter;

/**
 * The sockets of a namespace on this node, as an adapter sees them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LocalSockets {

	/**
	 * Number and log an event, and hand it to the connections of those it is for, in one
	 * step. Usable from any thread; calls take effect one after the other.
	 * @param broadcast the event
	 */
	void deliver(Broadcast broadcast);

}
