package io.socketio.server;

/**
 * Gets every event of one socket, whatever its name. Called on the connection's event
 * loop, before middlewares and handlers of the event: it must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AnyEventListener {

	/**
	 * An event arrived.
	 * @param event name of the event
	 * @param arguments the arguments, without the name
	 * @param acknowledgement the way to answer
	 */
	void onEvent(String event, EventArguments arguments, Acknowledgement acknowledgement);

}
