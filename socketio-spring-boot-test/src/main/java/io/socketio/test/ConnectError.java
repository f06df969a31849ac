package io.socketio.test;

import org.jspecify.annotations.Nullable;

/**
 * How a server refused a socket: the {@code connect_error} of official clients.
 *
 * @param status status of the response if the handshake was refused by HTTP, 0 if the
 * namespace was refused
 * @param message the message, or the body of the response
 * @param data what goes with the message, none if there is nothing
 * @since 0.1.0
 */
public record ConnectError(int status, String message, TestArguments data) {

	/**
	 * Whether the handshake was refused, so that it did not come to the namespace.
	 * @return {@code true} if there is a {@link #status()}
	 */
	public boolean byHttp() {
		return this.status != 0;
	}

	/**
	 * The data that goes with the message, converted.
	 * @param <T> the type
	 * @param type the type
	 * @return the data, {@code null} if there is none
	 */
	public <T> @Nullable T data(Class<T> type) {
		return this.data.get(0, type);
	}

	@Override
	public String toString() {
		return (byHttp() ? "status " + this.status + ", " : "") + "'" + this.message + "'"
				+ ((this.data.size() != 0) ? " " + this.data : "");
	}

}
