package io.socketio.handler;

/**
 * How many calls of handlers that return a reactive type may be unfinished at a time for
 * one socket.
 *
 * @param slot where they are counted: {@link #SHARED}, or a place of the handler's own
 * @param max the limit
 */
record Overlap(int slot, int max) {

	/**
	 * Slot of all handlers without a limit of their own.
	 */
	static final int SHARED = 0;

	/**
	 * Of handlers that are no event's: nothing counts their calls.
	 */
	static final Overlap NONE = new Overlap(SHARED, Integer.MAX_VALUE);

	boolean shared() {
		return this.slot == SHARED;
	}

}
