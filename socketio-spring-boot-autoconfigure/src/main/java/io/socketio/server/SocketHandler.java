package io.socketio.server;

/**
 * Handles what one socket does. Called on the connection's event loop, in the order of
 * arrival: its methods must not block.
 *
 * @since 0.1.0
 */
public interface SocketHandler {

	/**
	 * Handles nothing.
	 */
	SocketHandler NONE = new SocketHandler() {

		@Override
		public void event(String event, EventArguments arguments, Acknowledgement acknowledgement) {
			// for handlers that only want to know of the connection
		}

		@Override
		public void disconnected(DisconnectReason reason) {
			// for handlers that only want to know of the connection
		}

	};

	/**
	 * An event arrived.
	 * @param event name of the event
	 * @param arguments the arguments, without the name
	 * @param acknowledgement the way to answer
	 */
	void event(String event, EventArguments arguments, Acknowledgement acknowledgement);

	/**
	 * The socket has left the namespace; no event follows.
	 * @param reason why
	 */
	void disconnected(DisconnectReason reason);

}
