package io.socketio.recovery;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what becomes of recoveries. Usable from any thread.
 *
 * @since 0.1.0
 */
public final class RecoveryStatistics {

	private final LongAdder recovered = new LongAdder();

	private final LongAdder replayed = new LongAdder();

	private final LongAdder expired = new LongAdder();

	private final LongAdder[] failures = new LongAdder[RecoveryFailure.values().length];

	/**
	 * Create statistics.
	 */
	public RecoveryStatistics() {
		Arrays.setAll(this.failures, (index) -> new LongAdder());
	}

	/**
	 * Count a recovery.
	 * @param missedEvents number of events that were sent again
	 */
	public void countRecovered(int missedEvents) {
		this.recovered.increment();
		this.replayed.add(missedEvents);
	}

	/**
	 * Count a session that was not recovered.
	 * @param reason why
	 */
	public void countFailure(RecoveryFailure reason) {
		this.failures[reason.ordinal()].increment();
	}

	/**
	 * Count a session that was given up.
	 */
	public void countExpired() {
		this.expired.increment();
	}

	/**
	 * Number of recoveries so far.
	 * @return the number
	 */
	public long recovered() {
		return this.recovered.sum();
	}

	/**
	 * Number of events sent again so far.
	 * @return the number
	 */
	public long replayedEvents() {
		return this.replayed.sum();
	}

	/**
	 * Number of sessions given up so far because their client did not come back.
	 * @return the number
	 */
	public long expired() {
		return this.expired.sum();
	}

	/**
	 * Number of clients so far that asked for their state and got a new session.
	 * @param reason why
	 * @return the number
	 */
	public long failures(RecoveryFailure reason) {
		return this.failures[reason.ordinal()].sum();
	}

}
