package io.socketio.adapter;

import reactor.core.publisher.Flux;

import io.socketio.protocol.Packet;

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
	 * Send an event to the other nodes themselves. Returns at once. There are none in
	 * memory.
	 * @param event the event
	 */
	default void serverSideEmit(Packet event) {
	}

	/**
	 * Send an event to the other nodes themselves and collect their answers.
	 * @param event the event
	 * @return the ACK packets in the order of arrival; completes when all nodes have
	 * answered
	 */
	default Flux<Packet> serverSideEmitWithAck(Packet event) {
		return Flux.empty();
	}

	/**
	 * Release what the adapter holds.
	 */
	default void close() {
	}

}
