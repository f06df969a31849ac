package io.socketio.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers;

/**
 * Lets only so many clients be sent what they missed at the same time, so that a storm of
 * reconnects takes bounded memory. Others wait in line.
 */
final class ReplayGate {

	private static final Log logger = LogFactory.getLog(ReplayGate.class);

	/**
	 * A client that does not read keeps its place for this long only.
	 */
	private static final Duration MAX_HOLD = Duration.ofSeconds(2);

	private final Timers timers;

	private final Queue<Consumer<Pass>> waiting = new ArrayDeque<>();

	/**
	 * Guarded by {@link #waiting}, as what follows.
	 */
	private int free;

	/**
	 * Whether a thread lets others in. One that ends at once is followed by the next in a
	 * loop, and not further down the stack.
	 */
	private boolean passing;

	ReplayGate(int permits, Timers timers) {
		this.free = permits;
		this.timers = timers;
	}

	/**
	 * Run a task when it is its turn.
	 * @param task the task; it must lead to {@link Pass#release()}
	 */
	void enter(Consumer<Pass> task) {
		synchronized (this.waiting) {
			if (this.free == 0 || !this.waiting.isEmpty()) {
				this.waiting.add(task);
				return;
			}
			this.free--;
		}
		run(task);
	}

	private void run(Consumer<Pass> task) {
		Pass pass = new Pass();
		try {
			task.accept(pass);
		}
		catch (RuntimeException ex) {
			logger.error("A replay could not be started", ex);
			pass.release();
		}
	}

	private void passOn() {
		synchronized (this.waiting) {
			this.free++;
			if (this.passing) {
				return;
			}
			this.passing = true;
		}
		for (Consumer<Pass> next = next(); next != null; next = next()) {
			run(next);
		}
	}

	private @Nullable Consumer<Pass> next() {
		synchronized (this.waiting) {
			Consumer<Pass> next = (this.free > 0) ? this.waiting.poll() : null;
			if (next != null) {
				this.free--;
			}
			else {
				this.passing = false;
			}
			return next;
		}
	}

	/**
	 * The right to replay.
	 */
	final class Pass {

		private final AtomicBoolean released = new AtomicBoolean();

		/**
		 * Start to replay; the pass is released when it is done, or after a while.
		 */
		void hold() {
			ReplayGate.this.timers.schedule(MAX_HOLD, this::release);
		}

		void release() {
			if (this.released.compareAndSet(false, true)) {
				passOn();
			}
		}

	}

}
