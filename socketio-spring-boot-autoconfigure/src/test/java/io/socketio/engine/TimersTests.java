package io.socketio.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Timers}.
 */
class TimersTests {

	private final Timers timers = new Timers();

	@AfterEach
	void stop() {
		this.timers.stop();
	}

	@Test
	@DisplayName("a task runs once its time has come, a cancelled one does not")
	void schedule() throws InterruptedException {
		CountDownLatch ran = new CountDownLatch(1);
		AtomicBoolean cancelledRan = new AtomicBoolean();
		this.timers.schedule(Duration.ofMillis(20), () -> cancelledRan.set(true)).cancel();
		long start = System.nanoTime();
		this.timers.schedule(Duration.ofMillis(50), ran::countDown);
		assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
		assertThat(cancelledRan).isFalse();
	}

	@Test
	@DisplayName("after the end nothing is scheduled, and nobody fails")
	void stopped() {
		this.timers.schedule(Duration.ofHours(1), () -> {
		});
		this.timers.stop();
		Timers.Timeout timeout = this.timers.schedule(Duration.ZERO, () -> {
		});
		timeout.cancel();
		assertThat(timeout.isExpired()).isFalse();
	}

}
