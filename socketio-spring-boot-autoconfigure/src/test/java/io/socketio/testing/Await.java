package io.socketio.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for conditions.
 */
public final class Await {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private Await() {
	}

	/**
	 * Wait until something holds; fails after ten seconds.
	 * @param what what is waited for
	 * @param condition whether it holds
	 */
	public static void until(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > LIMIT.toNanos()) {
				throw new AssertionError("Not within " + LIMIT + ": " + what);
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/**
	 * Let time pass where the time is what a client does: an answer that comes late.
	 * @param sinceNanos start, of {@link System#nanoTime()}
	 * @param millis how long after it to go on
	 */
	public static void elapsed(long sinceNanos, long millis) {
		until(millis + " ms have passed", () -> millisSince(sinceNanos) >= millis);
	}

	/**
	 * Time since a moment, never rounded up.
	 * @param sinceNanos start, of {@link System#nanoTime()}
	 * @return milliseconds
	 */
	public static long millisSince(long sinceNanos) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
	}

}
