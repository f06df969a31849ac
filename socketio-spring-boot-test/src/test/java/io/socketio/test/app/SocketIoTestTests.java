package io.socketio.test.app;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import io.socketio.test.ConnectError;
import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;
import io.socketio.test.app.GreetingController.Greeting;
import io.socketio.test.autoconfigure.SocketIoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link SocketIoTest} with one controller.
 */
@SocketIoTest(GreetingController.class)
class SocketIoTestTests {

	@Autowired
	private SocketIoTester tester;

	@Autowired
	private ApplicationContext context;

	@MockitoBean
	private GreetingService greetings;

	@Test
	void controllerIsCalledWithItsMockedService() {
		given(this.greetings.greet("Ana")).willReturn("Mocked");
		try (TestSocket ana = this.tester.connect("/greetings")) {
			Greeting greeting = ana.emitWithAck("greet", new Name("Ana")).as(Greeting.class);
			assertThat(greeting.text()).isEqualTo("Mocked");
		}
	}

	@Test
	void jacksonModuleOfTheApplicationIsUsed() {
		given(this.greetings.greet("Ana")).willReturn("Hi");
		try (TestSocket ana = this.tester.connect("/greetings")) {
			assertThat(ana.emitWithAck("greet", "Ana").toList())
				.containsExactly(java.util.Map.of("text", "Hi", "name", "Ana"));
		}
	}

	@Test
	void argumentResolverOfTheApplicationIsUsed() {
		try (TestSocket ana = this.tester.connect("/greetings")) {
			assertThat(ana.emitWithAck("whoami").as(String.class)).isEqualTo("caller " + ana.id());
		}
	}

	@Test
	void handshakeGuardOfTheApplicationIsUsed() {
		ConnectError error = this.tester.header("X-Trade", "burglar").expectConnectError("/greetings");
		assertThat(error.byHttp()).isTrue();
		assertThat(error.message()).isEqualTo("No burglars");
	}

	@Test
	void otherControllersAreLeftOut() {
		assertThat(this.tester.expectConnectError("/farewells").message()).isEqualTo("Invalid namespace");
		assertThat(this.context.getBeansOfType(FarewellController.class)).isEmpty();
	}

	@Test
	void serverIsBoundToTheLocalAddress() {
		assertThat(this.context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
		assertThat(this.context.getEnvironment().getProperty("local.server.port", Integer.class)).isPositive();
	}

}
