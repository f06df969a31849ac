package io.socketio.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One wheel for all timeouts of a server, so that an idle connection costs a slot in it
 * and no thread. Tasks run on the wheel's thread and must hand over at once.
 *
 * @since 0.1.0
 */
public final class Timers {

	private static final Log logger = LogFactory.getLog(Timers.class);

	private static final long TICK_MILLIS = 10;

	private static final Timeout NEVER = new Timeout() {

		@Override
		public void cancel() {
			// it never runs
		}

		@Override
		public boolean isExpired() {
			return false;
		}

	};

	private final Timer wheel = new HashedWheelTimer(new DefaultThreadFactory("socketio-timer", true), TICK_MILLIS,
			TimeUnit.MILLISECONDS);

	private volatile boolean stopped;

	/**
	 * Run a task once after a delay.
	 * @param delay the delay; accurate to about 10 ms
	 * @param task the task, which must not block
	 * @return a handle to cancel it
	 */
	public Timeout schedule(Duration delay, Runnable task) {
		if (this.stopped) {
			return NEVER;
		}
		try {
			return new WheelTimeout(
					this.wheel.newTimeout((timeout) -> task.run(), delay.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (IllegalStateException ex) {
			logger.debug("The timers were stopped meanwhile", ex);
			return NEVER;
		}
	}

	/**
	 * As {@link #schedule}, but rather a little early than late.
	 * @param deadline the delay at the latest; undercut by 10 ms at most
	 * @param task the task, which must not block
	 * @return a handle to cancel it
	 */
	public Timeout scheduleBefore(Duration deadline, Runnable task) {
		return schedule(deadline.minusMillis(TICK_MILLIS), task);
	}

	/**
	 * End the wheel; no task runs any more.
	 */
	public void stop() {
		this.stopped = true;
		this.wheel.stop();
	}

	/**
	 * A task that waits for its time.
	 */
	public interface Timeout {

		/**
		 * Do not run the task.
		 */
		void cancel();

		/**
		 * Whether the task has run, or is running.
		 * @return {@code true} if its time has come
		 */
		boolean isExpired();

	}

	private record WheelTimeout(io.netty.util.Timeout timeout) implements Timeout {

		@Override
		public void cancel() {
			this.timeout.cancel();
		}

		@Override
		public boolean isExpired() {
			return this.timeout.isExpired();
		}

	}

}
