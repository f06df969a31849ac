package io.socketio.recovery.model;

import java.util.Set;

import io.socketio.recovery.model.EmitterStep.Flag;

/**
 * One event, as its emitter knows it.
 */
final class Emission {

	final String emitter;

	final int number;

	final Set<Flag> flags;

	/**
	 * The sessions it is for, or {@code null} if it is for all but some.
	 */
	private final Set<ModelSession> targets;

	private final Set<ModelSession> excluded;

	/**
	 * Moments before and after the call of the server's API.
	 */
	final long start;

	volatile long end = Long.MAX_VALUE;

	/**
	 * Emitted by a middleware: it is sent only if the socket is let in, and then.
	 */
	final boolean deferred;

	volatile boolean letIn;

	volatile boolean acknowledged;

	volatile String offset;

	Emission(String emitter, int number, Set<Flag> flags, Set<ModelSession> targets, Set<ModelSession> excluded,
			boolean deferred, long start) {
		this.emitter = emitter;
		this.number = number;
		this.flags = flags;
		this.targets = (targets != null) ? Set.copyOf(targets) : null;
		this.excluded = Set.copyOf(excluded);
		this.deferred = deferred;
		this.start = start;
	}

	boolean is(Flag flag) {
		return this.flags.contains(flag);
	}

	/**
	 * Whether it can be replayed by its offset.
	 * @return {@code true} if it is logged
	 */
	boolean logged() {
		return !is(Flag.VOLATILE) && !is(Flag.ACK);
	}

	boolean of(ModelSession session) {
		return this.targets != null && this.targets.contains(session);
	}

	Addressed addressed(ModelSession session) {
		if (this.deferred && !this.letIn) {
			return this.targets.contains(session) ? Addressed.MAYBE : Addressed.NO;
		}
		if (this.targets != null) {
			return this.targets.contains(session) ? Addressed.YES : Addressed.NO;
		}
		if (this.excluded.contains(session) || this.end < session.asked) {
			return Addressed.NO;
		}
		return (this.start > session.known) ? Addressed.YES : Addressed.MAYBE;
	}

	@Override
	public String toString() {
		return this.emitter + "/" + this.number + this.flags + "@" + this.start + "-" + this.end;
	}

	/**
	 * Whether an event was addressed to a session.
	 */
	enum Addressed {

		YES, NO,

		/**
		 * The session began at the same time.
		 */
		MAYBE

	}

}
