package io.socketio.handler;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Counts the unfinished calls of one socket's reactive handlers. Calls come in one after
 * the other, so at most one waits; it is counted too, and the count alone tells that it
 * is there.
 */
final class OverlapGate {

	private static final AtomicIntegerFieldUpdater<OverlapGate> SHARED = AtomicIntegerFieldUpdater
		.newUpdater(OverlapGate.class, "shared");

	/**
	 * Far below what calls can count up to.
	 */
	private static final int LIFTED = Integer.MIN_VALUE / 2;

	private final int slots;

	private volatile int shared;

	private volatile @Nullable AtomicIntegerArray own;

	/**
	 * Create a gate that is open.
	 * @param slots number of slots, the shared one included
	 */
	OverlapGate(int slots) {
		this.slots = slots;
	}

	/**
	 * A call wants to start.
	 * @param overlap limit of its handler
	 * @return {@code false} if it has to wait until {@link #leave} or {@link #lift} tells
	 */
	boolean enter(Overlap overlap) {
		int count = overlap.shared() ? SHARED.incrementAndGet(this) : own().incrementAndGet(overlap.slot() - 1);
		return count <= overlap.max();
	}

	/**
	 * A call that had started has finished.
	 * @param overlap limit of its handler
	 * @return {@code true} if the waiting call may start now
	 */
	boolean leave(Overlap overlap) {
		int count = overlap.shared() ? SHARED.decrementAndGet(this) : own().decrementAndGet(overlap.slot() - 1);
		return count == overlap.max();
	}

	/**
	 * Lift the shared limit for good; limits of single handlers stay. To be called once.
	 * @param max the shared limit
	 * @return {@code true} if the waiting call may start now
	 */
	boolean lift(int max) {
		return SHARED.getAndAdd(this, LIFTED) > max;
	}

	/**
	 * Only made where it is needed, by the thread that lets the first call in; calls that
	 * leave come after it.
	 * @return the counts of handlers with a limit of their own
	 */
	private AtomicIntegerArray own() {
		AtomicIntegerArray own = this.own;
		if (own == null) {
			own = new AtomicIntegerArray(this.slots - 1);
			this.own = own;
		}
		return own;
	}

}
