package io.socketio.server;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Gets every event that is sent to one socket, by broadcasts too, but no
 * acknowledgements. Called on the connection's event loop in the order of emitting, also
 * for volatile events that are dropped then: it must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutgoingEventListener {

	/**
	 * An event is sent.
	 * @param event name of the event
	 * @param arguments the arguments as they were given to {@code emit}, read-only
	 */
	void onEvent(String event, List<@Nullable Object> arguments);

}
