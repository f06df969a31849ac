package io.socketio.test;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for heartbeats of {@link TestSocket}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "socketio.ping-interval=100ms", "socketio.ping-timeout=1s" })
class TestSocketHeartbeatTests {

	@Autowired
	private SocketIoTester tester;

	@Test
	void heartbeatsAreAnswered() {
		try (TestSocket socket = this.tester.connect()) {
			// Longer than the server would wait for an answer
			Awaitility.await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(10)).until(socket::connected);
			assertThat(socket.emitWithAck("echo", 1).as(Integer.class)).isEqualTo(1);
		}
	}

}
