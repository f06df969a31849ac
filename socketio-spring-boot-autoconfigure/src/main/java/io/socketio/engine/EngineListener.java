package io.socketio.engine;

/**
 * Gets the sessions of an {@link EngineServer}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EngineListener {

	/**
	 * A session was opened. Called on the session's lane, after its handshake was
	 * written.
	 * @param session the session
	 * @return gets what happens on it
	 */
	EngineSession.Listener onSession(EngineSession session);

}
