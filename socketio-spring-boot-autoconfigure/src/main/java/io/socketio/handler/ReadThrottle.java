package io.socketio.handler;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.socketio.server.ReadControl;

/**
 * Stops reading from a connection while more events of a socket are waiting or unfinished
 * than the limit, until half of them are done.
 */
final class ReadThrottle {

	private static final AtomicIntegerFieldUpdater<ReadThrottle> PENDING = AtomicIntegerFieldUpdater
		.newUpdater(ReadThrottle.class, "pending");

	private final ReadControl reads;

	private final int limit;

	private volatile int pending;

	private volatile boolean paused;

	private volatile boolean closed;

	ReadThrottle(ReadControl reads, int limit) {
		this.reads = reads;
		this.limit = limit;
	}

	void started() {
		if (PENDING.incrementAndGet(this) > this.limit && !this.paused) {
			update();
		}
	}

	void finished() {
		if (PENDING.decrementAndGet(this) <= this.limit / 2 && this.paused) {
			update();
		}
	}

	/**
	 * The socket has left: what is unfinished must not hold up other namespaces of the
	 * connection.
	 */
	void close() {
		this.closed = true;
		if (this.paused) {
			update();
		}
	}

	/**
	 * Looks again after each change, since the others look at {@code paused} without the
	 * lock.
	 */
	private synchronized void update() {
		for (boolean pause = shouldPause(); pause != this.paused; pause = shouldPause()) {
			this.paused = pause;
			if (pause) {
				this.reads.pause();
			}
			else {
				this.reads.resume();
			}
		}
	}

	private boolean shouldPause() {
		return !this.closed && this.pending > (this.paused ? this.limit / 2 : this.limit);
	}

}
