package io.socketio.benchmarks.client;

/**
 * Hears what sessions get. Called on the event loop of the {@link LoadClient}.
 *
 * @since 0.1.0
 */
public interface Observer {

	/**
	 * Hears nothing.
	 */
	Observer NONE = new Observer() {
	};

	/**
	 * A session got its CONNECT reply.
	 * @param session the session
	 */
	default void connected(LoadSession session) {
	}

	/**
	 * A session got the event {@code hello}.
	 * @param session the session
	 */
	default void greeted(LoadSession session) {
	}

	/**
	 * A session got the next event.
	 * @param session the session
	 */
	default void received(LoadSession session) {
	}

}
