package io.socketio.server;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Absence}.
 */
class AbsenceTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration TOLERANCE = Duration.ofMinutes(1);

	@Test
	@DisplayName("the wall clock is set while a client is away -> it is not away for longer or shorter")
	void wallClockSet() {
		long now = System.nanoTime();
		assertThat(new Absence(Instant.now().minus(HOUR), now).length()).isBetween(Duration.ZERO, TOLERANCE);
		assertThat(new Absence(Instant.now(), now - HOUR.toNanos()).length()).isBetween(HOUR, HOUR.plus(TOLERANCE));
	}

	@Test
	@DisplayName("an absence that another node has noted is measured by the wall clock")
	void otherNode() {
		Instant since = Instant.now().minus(HOUR);
		assertThat(Absence.since(since).length()).isBetween(HOUR, HOUR.plus(TOLERANCE));
		assertThat(Absence.since(since).since()).isEqualTo(since);
	}

	@Test
	@DisplayName("clocks that are ahead, or nonsense, do no harm")
	void otherClocks() {
		assertThat(Absence.since(Instant.now().plus(HOUR)).length()).isBetween(Duration.ZERO, TOLERANCE);
		assertThat(Absence.since(Instant.MAX).length()).isBetween(Duration.ZERO, TOLERANCE);
		assertThat(Absence.since(Instant.MIN).length()).isGreaterThan(Duration.ofDays(1000));
	}

}
