package io.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * Thrown or signalled by a middleware to refuse a socket. The client gets a CONNECT_ERROR
 * packet with the message and the data; the connection itself stays open.
 *
 * @since 0.1.0
 */
public class ConnectionRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Object data;

	/**
	 * Refuse with a message alone.
	 * @param message what the client is told
	 */
	public ConnectionRefusedException(String message) {
		this(message, null);
	}

	/**
	 * Refuse with a message and further details.
	 * @param message what the client is told
	 * @param data the {@code data} field of the client's error, written as JSON, or
	 * {@code null} to leave it out
	 */
	public ConnectionRefusedException(String message, @Nullable Object data) {
		super(message);
		this.data = data;
	}

	/**
	 * The details for the client.
	 * @return the data, or {@code null}
	 */
	public @Nullable Object getData() {
		return this.data;
	}

}
