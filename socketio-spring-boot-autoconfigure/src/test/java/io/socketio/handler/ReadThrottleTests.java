package io.socketio.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.socketio.server.ReadControl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Back-pressure of one socket.
 */
class ReadThrottleTests {

	private final AtomicInteger paused = new AtomicInteger();

	private final AtomicInteger mostPaused = new AtomicInteger();

	private final AtomicInteger changes = new AtomicInteger();

	private final ReadControl reads = new ReadControl() {

		@Override
		public void pause() {
			ReadThrottleTests.this.changes.incrementAndGet();
			ReadThrottleTests.this.mostPaused.accumulateAndGet(ReadThrottleTests.this.paused.incrementAndGet(),
					Math::max);
		}

		@Override
		public void resume() {
			ReadThrottleTests.this.changes.incrementAndGet();
			ReadThrottleTests.this.paused.decrementAndGet();
		}

	};

	@Test
	void pausesAboveTheLimitAndResumesAtHalfOfIt() {
		ReadThrottle throttle = new ReadThrottle(this.reads, 4);
		start(throttle, 4);
		assertThat(this.paused).hasValue(0);
		start(throttle, 2);
		assertThat(this.paused).hasValue(1);
		finish(throttle, 3);
		assertThat(this.paused).hasValue(1);
		throttle.finished();
		assertThat(this.paused).hasValue(0);
		start(throttle, 2);
		assertThat(this.paused).hasValue(0);
		throttle.started();
		assertThat(this.paused).hasValue(1);
	}

	@Test
	void aLimitOfOne() {
		ReadThrottle throttle = new ReadThrottle(this.reads, 1);
		start(throttle, 2);
		assertThat(this.paused).hasValue(1);
		finish(throttle, 1);
		assertThat(this.paused).hasValue(1);
		finish(throttle, 1);
		assertThat(this.paused).hasValue(0);
	}

	@Test
	void closing() {
		ReadThrottle throttle = new ReadThrottle(this.reads, 1);
		start(throttle, 2);
		throttle.close();
		assertThat(this.paused).hasValue(0);
		start(throttle, 5);
		finish(throttle, 7);
		assertThat(this.changes).hasValue(2);
	}

	@RepeatedTest(5)
	void isNeverStuckNorUnbalanced() throws Exception {
		ReadThrottle throttle = new ReadThrottle(this.reads, 4);
		Semaphore work = new Semaphore(0);
		int count = 200_000;
		ExecutorService workers = Executors.newFixedThreadPool(2);
		try {
			List<Future<?>> done = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				done.add(workers.submit(() -> {
					for (int n = 0; n < count / 2; n++) {
						work.acquireUninterruptibly();
						throttle.finished();
					}
				}));
			}
			for (int i = 0; i < count; i++) {
				throttle.started();
				work.release();
			}
			for (Future<?> worker : done) {
				worker.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			workers.shutdownNow();
		}
		assertThat(this.paused).hasValue(0);
		assertThat(this.mostPaused).hasValueLessThanOrEqualTo(1);
		assertThat(this.changes.get()).as("pauses and resumes").isPositive();
	}

	private static void start(ReadThrottle throttle, int count) {
		for (int i = 0; i < count; i++) {
			throttle.started();
		}
	}

	private static void finish(ReadThrottle throttle, int count) {
		for (int i = 0; i < count; i++) {
			throttle.finished();
		}
	}

}
