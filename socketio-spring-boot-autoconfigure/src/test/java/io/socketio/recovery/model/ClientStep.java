package io.socketio.recovery.model;

/**
 * One thing a client does.
 *
 * @param kind what
 * @param number how many events, or how many milliseconds
 * @param link how a new connection is made
 * @param admission what middlewares do with it
 * @param cut how a connection breaks
 */
record ClientStep(Kind kind, int number, LinkType link, Admission admission, Cut cut) {

	ClientStep(Kind kind) {
		this(kind, 0, LinkType.WEBSOCKET, Admission.PASS, Cut.RESET);
	}

	@Override
	public String toString() {
		return switch (this.kind) {
			case CUT -> "CUT(" + this.cut + ")";
			case CUT_AFTER, CUT_REPLAY -> this.kind + "(" + this.number + ", " + this.cut + ")";
			case RECONNECT, TWIN, LEAVE, BOGUS_OFFSET -> this.kind + "(" + this.link + ", " + this.admission + ")";
			case SLEEP, QUIET_JOIN, QUIET_LEAVE -> this.kind + "(" + this.number + ")";
			default -> this.kind.toString();
		};
	}

	enum Kind {

		/**
		 * Break the connection.
		 */
		CUT,

		/**
		 * Break the connection when it has processed some more events.
		 */
		CUT_AFTER,

		/**
		 * Break the next connection when it has got some missed events.
		 */
		CUT_REPLAY,

		/**
		 * Connect; if there is a connection still, the server has not noticed that it is
		 * dead.
		 */
		RECONNECT,

		/**
		 * Connect twice at once.
		 */
		TWIN,

		/**
		 * Leave on purpose, and connect.
		 */
		LEAVE,

		/**
		 * Connect with an offset that no server gave out.
		 */
		BOGUS_OFFSET,

		/**
		 * Read nothing for a while.
		 */
		PAUSE,

		RESUME,

		/**
		 * Send no acknowledgements until the end.
		 */
		HOLD_ACKS,

		/**
		 * Have the server's listener join or leave a room.
		 */
		QUIET_JOIN, QUIET_LEAVE,

		SLEEP

	}

	enum LinkType {

		WEBSOCKET, POLLING, UPGRADE

	}

	enum Admission {

		PASS, WAIT, REFUSE, WAIT_AND_REFUSE, EMIT, JOIN, LEAVE

	}

	enum Cut {

		/**
		 * As the protocol says.
		 */
		CLOSE,

		/**
		 * TCP reset.
		 */
		RESET,

		/**
		 * Nothing is read or written any more, and the server is not told.
		 */
		FREEZE

	}

}
