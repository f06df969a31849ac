package io.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * Handles an event by its first argument. Called on the connection's event loop, in the
 * order of arrival: it must not block.
 *
 * @param <T> type of the argument
 * @since 0.1.0
 */
@FunctionalInterface
public interface TypedEventListener<T> {

	/**
	 * Handle the event.
	 * @param argument the first argument, {@code null} if the client sent none
	 * @param acknowledgement the way to answer
	 */
	void onEvent(@Nullable T argument, Acknowledgement acknowledgement);

}
