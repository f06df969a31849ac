package io.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * Handles an event by its first two arguments. Called on the connection's event loop, in
 * the order of arrival: it must not block.
 *
 * @param <T> type of the first argument
 * @param <U> type of the second argument
 * @since 0.1.0
 */
@FunctionalInterface
public interface BiEventListener<T, U> {

	/**
	 * Handle the event.
	 * @param first the first argument, {@code null} if the client sent none
	 * @param second the second argument, {@code null} if the client sent none
	 * @param acknowledgement the way to answer
	 */
	void onEvent(@Nullable T first, @Nullable U second, Acknowledgement acknowledgement);

}
