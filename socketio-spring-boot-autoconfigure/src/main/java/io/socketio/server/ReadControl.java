package io.socketio.server;

/**
 * Stops and resumes reading from a connection, so that a client cannot send faster than
 * handlers work. Usable from any thread. Every {@link #pause()} needs one
 * {@link #resume()}; messages that were read already still arrive.
 *
 * @since 0.1.0
 */
public interface ReadControl {

	/**
	 * Read no further messages.
	 */
	void pause();

	/**
	 * Take a {@link #pause()} back.
	 */
	void resume();

}
