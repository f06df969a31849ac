package io.socketio.benchmarks.micro;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The benchmark still calls what it is to measure.
 */
class HandlerBenchmarkTests {

	@Test
	void handlersAnswer() {
		HandlerBenchmark benchmark = new HandlerBenchmark();
		benchmark.check();
		assertThat(benchmark.blocking()).isEqualTo("lobby").isEqualTo(benchmark.direct());
		assertThat(benchmark.reactive()).isEqualTo("lobby").isEqualTo(benchmark.directReactive());
	}

}
