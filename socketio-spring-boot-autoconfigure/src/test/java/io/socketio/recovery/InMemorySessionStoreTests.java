package io.socketio.recovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemorySessionStore}, beside those for every store.
 */
class InMemorySessionStoreTests {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

	private final TestClock clock = new TestClock();

	private final InMemorySessionStore store = new InMemorySessionStore(3, this.clock);

	private void elapse(Duration duration) {
		this.clock.now = this.clock.now.plus(duration);
	}

	private void save(String privateId) {
		save(privateId, TIME_TO_LIVE);
	}

	private void save(String privateId, Duration timeToLive) {
		this.store
			.save(new StoredSession("/", "id", privateId, null, Map.of(), List.of(), "a", "b", "c", "d",
					this.clock.now), timeToLive)
			.block(Duration.ZERO);
	}

	private boolean claim(String privateId) {
		return this.store.claim("/", privateId).blockOptional(Duration.ZERO).isPresent();
	}

	@Test
	@DisplayName("206. exactly the time to live is still in time")
	void exactTime() {
		save("pid");
		elapse(TIME_TO_LIVE);
		assertThat(claim("pid")).isTrue();
		save("pid");
		elapse(TIME_TO_LIVE.plusNanos(1));
		assertThat(claim("pid")).isFalse();
	}

	@Test
	@DisplayName("beyond the limit the oldest go first")
	void limit() {
		save("a");
		save("b");
		save("c");
		save("a"); // is the newest now
		save("d");
		assertThat(this.store.size()).isEqualTo(3);
		assertThat(claim("b")).isFalse();
		assertThat(claim("a")).isTrue();
		assertThat(claim("c")).isTrue();
		assertThat(claim("d")).isTrue();
		assertThat(this.store.size()).isZero();
	}

	@Test
	@DisplayName("expired sessions do not push out living ones")
	void expiredGoFirst() {
		save("a");
		save("b");
		elapse(TIME_TO_LIVE.plusSeconds(1));
		save("c");
		save("d");
		save("e");
		assertThat(this.store.size()).isEqualTo(3);
		assertThat(claim("c")).isTrue();
	}

	@Test
	@DisplayName("expired sessions are forgotten")
	void removeExpired() {
		save("a");
		save("b", TIME_TO_LIVE.multipliedBy(2));
		elapse(TIME_TO_LIVE.plusSeconds(1));
		this.store.removeExpired();
		assertThat(this.store.size()).isEqualTo(1);
		assertThat(claim("b")).isTrue();
	}

	@Test
	@DisplayName("nothing happens before the subscription")
	void lazy() {
		save("a");
		this.store.claim("/", "a");
		assertThat(this.store.size()).isEqualTo(1);
	}

	private static final class TestClock extends Clock {

		private Instant now = Instant.parse("2026-01-01T00:00:00Z");

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
