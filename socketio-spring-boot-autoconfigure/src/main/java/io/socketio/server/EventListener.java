package io.socketio.server;

/**
 * Handles an event of one socket. Called on the connection's event loop, in the order of
 * arrival: it must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventListener {

	/**
	 * Handle the event.
	 * @param arguments the arguments, without the name
	 * @param acknowledgement the way to answer
	 */
	void onEvent(EventArguments arguments, Acknowledgement acknowledgement);

}
