package io.socketio.engine;

import org.jspecify.annotations.Nullable;

/**
 * Thrown or signalled by a {@link HandshakeGuard} to refuse a client.
 *
 * @since 0.1.0
 */
public class HandshakeRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Refuse with the protocol's standard text.
	 */
	public HandshakeRefusedException() {
		this(null);
	}

	/**
	 * Refuse.
	 * @param message what the client is told, or {@code null} for the standard text
	 */
	public HandshakeRefusedException(@Nullable String message) {
		super((message != null) ? message : EngineError.FORBIDDEN.message());
	}

}
