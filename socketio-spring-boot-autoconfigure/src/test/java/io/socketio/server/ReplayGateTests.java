package io.socketio.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.engine.Timers;
import io.socketio.server.ReplayGate.Pass;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplayGate}.
 */
class ReplayGateTests {

	private static final int MANY = 100_000;

	private final Timers timers = new Timers();

	private final List<Pass> inside = new ArrayList<>();

	@AfterEach
	void stopTimers() {
		this.timers.stop();
	}

	@Test
	@DisplayName("many wait whose clients have gone -> each gets its turn, in order, without deep stacks")
	void manyEndAtOnce() {
		ReplayGate gate = new ReplayGate(1, this.timers);
		List<Integer> order = new ArrayList<>();
		gate.enter(this.inside::add);
		for (int i = 0; i < MANY; i++) {
			int number = i;
			gate.enter((pass) -> {
				order.add(number);
				pass.release();
			});
		}
		assertThat(order).isEmpty();
		this.inside.get(0).release();
		assertThat(order).isEqualTo(IntStream.range(0, MANY).boxed().toList());
	}

	@Test
	@DisplayName("no more than the limit are inside, each release lets one in")
	void limit() {
		ReplayGate gate = new ReplayGate(2, this.timers);
		for (int i = 0; i < 5; i++) {
			gate.enter(this.inside::add);
		}
		assertThat(this.inside).hasSize(2);
		this.inside.get(0).release();
		this.inside.get(0).release();
		assertThat(this.inside).hasSize(3);
		List.copyOf(this.inside).forEach(Pass::release);
		assertThat(this.inside).hasSize(5);
	}

	@Test
	@DisplayName("one fails to start -> the next gets its turn")
	void failure() {
		ReplayGate gate = new ReplayGate(1, this.timers);
		gate.enter((pass) -> {
			throw new IllegalStateException("of the test");
		});
		gate.enter(this.inside::add);
		assertThat(this.inside).hasSize(1);
	}

}
