package io.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * Answers an event whose sender asked for an acknowledgement. Usable from any thread, at
 * any time while the connection is open, also after the handler has returned.
 *
 * @since 0.1.0
 */
public interface Acknowledgement {

	/**
	 * Whether the client asked for an acknowledgement.
	 * @return {@code false} when {@link #send} has no effect
	 */
	boolean requested();

	/**
	 * Send the acknowledgement. Only the first call counts; without a request for it the
	 * call has no effect.
	 * @param args the arguments of the client's callback
	 */
	void send(@Nullable Object... args);

}
