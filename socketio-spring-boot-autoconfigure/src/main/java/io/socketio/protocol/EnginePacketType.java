package io.socketio.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Types of Engine.IO v4 packets. The ordinal is the number on the wire.
 *
 * @since 0.1.0
 */
public enum EnginePacketType {

	/** First packet of a session, sent by the server with the session's parameters. */
	OPEN,

	/** End of a transport; used on HTTP long-polling. */
	CLOSE,

	/** Heartbeat of the server, or the client's probe of a new transport. */
	PING,

	/** Answer to a {@link #PING}. */
	PONG,

	/** Application data, the only type that may be binary. */
	MESSAGE,

	/** Completes the change to another transport. */
	UPGRADE,

	/** Nothing; answers a pending poll. */
	NOOP;

	private static final EnginePacketType[] TYPES = values();

	private final byte code = (byte) ('0' + ordinal());

	/**
	 * Return the character that starts a packet of this type.
	 * @return one of {@code '0'} to {@code '6'}
	 */
	public byte code() {
		return this.code;
	}

	/**
	 * Return the type that a character stands for.
	 * @param code the first character of a packet
	 * @return the type, or {@code null} if there is none
	 */
	public static @Nullable EnginePacketType of(int code) {
		return (code >= '0' && code <= '6') ? TYPES[code - '0'] : null;
	}

}
