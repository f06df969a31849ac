package io.socketio.engine;

import org.jspecify.annotations.Nullable;

/**
 * The transports of Engine.IO that this server offers.
 *
 * @since 0.1.0
 */
public enum TransportType {

	/**
	 * HTTP long-polling.
	 */
	POLLING("polling"),

	/**
	 * WebSocket.
	 */
	WEBSOCKET("websocket");

	private final String wireName;

	TransportType(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Name of the transport in requests and in the handshake.
	 * @return the name, in lower case
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Find a transport by its name.
	 * @param wireName the name, compared exactly
	 * @return the transport, or {@code null} for an unknown name
	 */
	public static @Nullable TransportType of(@Nullable String wireName) {
		for (TransportType type : values()) {
			if (type.wireName.equals(wireName)) {
				return type;
			}
		}
		return null;
	}

}
