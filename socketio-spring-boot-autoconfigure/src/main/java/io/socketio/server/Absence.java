package io.socketio.server;

import java.time.Duration;
import java.time.Instant;

/**
 * The time for which a client has been away. Its length does not depend on the wall
 * clock, which may be set meanwhile.
 *
 * @param since when the connection broke, by the wall clock
 * @param sinceNanos the same, of {@link System#nanoTime()}
 */
record Absence(Instant since, long sinceNanos) {

	private static final Duration LONGEST = Duration.ofDays(10_000);

	/**
	 * An absence that begins now.
	 * @return the absence
	 */
	static Absence beginning() {
		return new Absence(Instant.now(), System.nanoTime());
	}

	/**
	 * An absence that another run or node has noted, for which there is the wall clock
	 * alone. Where that node's clock is ahead, it begins now.
	 * @param since when the connection broke
	 * @return the absence
	 */
	static Absence since(Instant since) {
		Duration length = Duration.between(since, Instant.now());
		if (length.isNegative()) {
			length = Duration.ZERO;
		}
		if (length.compareTo(LONGEST) > 0) {
			length = LONGEST;
		}
		return new Absence(since, System.nanoTime() - length.toNanos());
	}

	Duration length() {
		return Duration.ofNanos(System.nanoTime() - this.sinceNanos);
	}

}
