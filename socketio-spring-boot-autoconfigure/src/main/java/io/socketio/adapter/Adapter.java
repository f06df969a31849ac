package io.socketio.adapter;

/**
 * Routes the events of one namespace to the sockets they are for, on this node and, in a
 * cluster, on others. Usable from any thread; events handed in by one thread keep their
 * order.
 *
 * @since 0.1.0
 */
public interface Adapter {

	/**
	 * Route an event. Returns at once.
	 * @param broadcast the event
	 */
	void broadcast(Broadcast broadcast);

	/**
	 * Release what the adapter holds.
	 */
	default void close() {
	}

}
