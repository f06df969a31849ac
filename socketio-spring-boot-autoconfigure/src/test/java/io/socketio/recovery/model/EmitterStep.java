package io.socketio.recovery.model;

import java.util.Set;

/**
 * One thing an emitter does.
 *
 * @param kind what
 * @param client which client it is about
 * @param other another client
 * @param rooms which rooms of the emitter, as bits
 * @param flags details
 */
record EmitterStep(Kind kind, int client, int other, int rooms, Set<Flag> flags) {

	@Override
	public String toString() {
		return switch (this.kind) {
			case EMIT_TO_CLIENT -> "EMIT(client " + this.client + details();
			case EMIT_TO_ROOMS -> "EMIT(rooms " + this.rooms + details();
			case EMIT_TO_ALL -> "EMIT(all" + details();
			case JOIN, LEAVE -> this.kind + "(client " + this.client + ", rooms " + this.rooms + details();
			case YIELD, MOVE -> this.kind + "(" + this.rooms + ")";
			default -> this.kind + "(client " + this.client + details();
		};
	}

	private String details() {
		String except = (this.flags.contains(Flag.EXCEPT_CLIENT)) ? ", other " + this.other : "";
		return except + (this.flags.isEmpty() ? ")" : ", " + this.flags + ")");
	}

	enum Kind {

		EMIT_TO_CLIENT, EMIT_TO_ROOMS, EMIT_TO_ALL,

		/**
		 * Make a client join or leave a room of this emitter.
		 */
		JOIN, LEAVE,

		/**
		 * Make all members of one room join another.
		 */
		MOVE,

		/**
		 * Make a client join the room that is named after another client.
		 */
		JOIN_OTHER,

		/**
		 * Change an attribute of a client's socket.
		 */
		DATA,

		/**
		 * Forget a client's session if it is away.
		 */
		FORGET,

		/**
		 * Disconnect a client, connected or away.
		 */
		DISCONNECT,

		/**
		 * Let others run.
		 */
		YIELD

	}

	enum Flag {

		VOLATILE, BINARY, ACK, CONFLATE, BIG, NAME_ONLY, TRAILING_STRING,

		/**
		 * By the socket's object, not by the namespace.
		 */
		BY_SOCKET,

		/**
		 * By the object of the first connection.
		 */
		BY_FIRST_SOCKET,

		EXCEPT_ROOM, EXCEPT_CLIENT,

		/**
		 * Close the whole connection.
		 */
		CLOSE

	}

}
