package io.socketio.test.app;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;
import io.socketio.test.app.GreetingController.Greeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the tester in {@link SpringBootTest}.
 */
class WholeApplicationTests {

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
	class WithAServer {

		@Autowired
		private SocketIoTester tester;

		@Test
		void testerConnects() {
			try (TestSocket ana = this.tester.connect("/greetings")) {
				assertThat(ana.emitWithAck("greet", "Ana").as(Greeting.class))
					.isEqualTo(new Greeting("Hello Ana", new Name("Ana")));
			}
		}

	}

	@Nested
	@SpringBootTest
	class WithoutAServer {

		@Test
		void testerSaysWhatToDo(@Autowired SocketIoTester tester) {
			assertThatIllegalStateException().isThrownBy(tester::connect)
				.withMessage("No server is running that a client could connect to. Use @SocketIoTest, or "
						+ "@SpringBootTest(webEnvironment = RANDOM_PORT).");
		}

	}

}
