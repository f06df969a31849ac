package io.socketio.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers;

/**
 * Lets only so many clients be sent what they missed at the same time, so that a storm of
 * reconnects takes bounded memory. Others wait in line.
 */
final class ReplayGate {

	/**
	 * A client that does not read keeps its place for this long only.
	 */
	private static final Duration MAX_HOLD = Duration.ofSeconds(2);

	private final Timers timers;

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	private int free;

	ReplayGate(int permits, Timers timers) {
		this.free = permits;
		this.timers = timers;
	}

	/**
	 * Run a task when it is its turn.
	 * @param task the task; it must lead to {@link Pass#release()}
	 */
	void enter(Consumer<Pass> task) {
		Pass pass = new Pass();
		Runnable entry = () -> task.accept(pass);
		synchronized (this.waiting) {
			if (this.free == 0) {
				this.waiting.add(entry);
				return;
			}
			this.free--;
		}
		entry.run();
	}

	private @Nullable Runnable next() {
		synchronized (this.waiting) {
			Runnable next = this.waiting.poll();
			if (next == null) {
				this.free++;
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
				Runnable next = next();
				if (next != null) {
					next.run();
				}
			}
		}

	}

}
