package io.socketio.test;

import org.jspecify.annotations.Nullable;

/**
 * An event that a {@link TestSocket} was sent.
 *
 * @since 0.1.0
 */
public interface TestEvent extends TestArguments {

	/**
	 * Name of the event.
	 * @return the name
	 */
	String name();

	/**
	 * The offset that connection state recovery added.
	 * @return the offset, {@code null} where recovery is off, and for events that ask for
	 * an acknowledgement
	 */
	@Nullable String offset();

	/**
	 * Whether the server waits for an acknowledgement.
	 * @return {@code true} if it does
	 */
	boolean wantsAcknowledgement();

	/**
	 * Answer the server. Does not wait.
	 * @param args the arguments
	 * @throws IllegalStateException if the server does not want an acknowledgement, or if
	 * the socket is not connected
	 */
	void acknowledge(@Nullable Object... args);

}
