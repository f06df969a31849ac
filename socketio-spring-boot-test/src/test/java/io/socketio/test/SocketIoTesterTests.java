package io.socketio.test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SocketIoTester}, with the bean of a whole application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class SocketIoTesterTests {

	@Autowired
	private SocketIoTester tester;

	@LocalServerPort
	private int port;

	@Test
	void connectsToTheMainNamespace() {
		try (TestSocket socket = this.tester.connect()) {
			assertThat(socket.namespace()).isEqualTo("/");
			assertThat(socket.connected()).isTrue();
			assertThat(socket.id()).isNotEmpty();
			assertThat(socket.recovered()).isFalse();
		}
	}

	@Test
	void connectsToANamespaceWithAPayload() {
		try (TestSocket socket = this.tester.auth(Map.of("token", "secret")).connect("guarded")) {
			assertThat(socket.namespace()).isEqualTo("/guarded");
			assertThat(socket.connected()).isTrue();
		}
	}

	@Test
	void sendsPayloadHeadersAndQuery() {
		SocketIoTester configured = this.tester.auth(new Credentials("secret"))
			.header("X-Test", "yes")
			.query("room", "a&b=ü");
		try (TestSocket socket = configured.connect(); TestSocket plain = this.tester.connect()) {
			assertThat(socket.emitWithAck("handshake").get(0))
				.isEqualTo(Map.of("header", "[yes]", "query", "a&b=ü", "auth", "secret"));
			assertThat(plain.emitWithAck("handshake").get(0))
				.isEqualTo(Map.of("header", "null", "query", "null", "auth", "null"));
		}
	}

	@Test
	void refusalOfAMiddlewareIsExpected() {
		ConnectError error = this.tester.auth(Map.of("token", "wrong")).expectConnectError("/guarded");
		assertThat(error.message()).isEqualTo("Unknown token");
		assertThat(error.data(Map.class)).isEqualTo(Map.of("code", 401));
		assertThat(error.byHttp()).isFalse();
	}

	@Test
	void refusalWithoutDataIsExpected() {
		ConnectError error = this.tester.expectConnectError("/unknown");
		assertThat(error.message()).isEqualTo("Invalid namespace");
		assertThat(error.data(Map.class)).isNull();
		assertThat(error).hasToString("'Invalid namespace'");
	}

	@Test
	void refusedHandshakeIsExpected() {
		ConnectError error = this.tester.header("Origin", "https://evil.example.org").expectConnectError();
		assertThat(error.byHttp()).isTrue();
		assertThat(error.status()).isEqualTo(403);
		assertThat(error.message()).contains("socketio.cors.allowed-origins");
	}

	@Test
	void unexpectedRefusalSaysWhatTheServerSaid() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.tester.connect("/guarded"))
			.withMessage("The server refused namespace '/guarded': 'Unknown token' [{\"code\":401}]");
	}

	@Test
	void missingRefusalFails() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.tester.expectConnectError())
			.withMessageMatching("The server did not refuse namespace '/': socket \\S+ has connected");
	}

	@Test
	void wrongPathSaysTheStatus() {
		try (SocketIoTester stray = SocketIoTester.of(URI.create("http://127.0.0.1:" + this.port + "/wrong/"))) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(stray::connect)
				.withMessageContaining("The server refused namespace '/': status 404");
		}
	}

	@Test
	void unreachableServerFailsAtOnce() throws Exception {
		int closed;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			closed = socket.getLocalPort();
		}
		try (SocketIoTester stray = SocketIoTester.of(URI.create("http://127.0.0.1:" + closed + "/socket.io/"))) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(stray.timeout(Duration.ofMinutes(1))::connect)
				.withMessageStartingWith(
						"No answer to CONNECT on namespace '/': the connection ended (transport error: ")
				.withMessageContaining("refused");
		}
	}

	@Test
	void serverThatDoesNotAnswerFailsInTime() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
				SocketIoTester stray = SocketIoTester
					.of(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/socket.io/"))) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(stray.timeout(Duration.ofMillis(100))::connect)
				.withMessage("No answer to CONNECT on namespace '/' within 100 ms. No event is there to be taken.");
		}
	}

	@Test
	void payloadMustBeAnObject() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.tester.auth("secret"))
			.withMessage("The auth payload must be a JSON object, but is \"secret\"");
	}

	@Test
	void timeoutMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.tester.timeout(Duration.ZERO))
			.withMessage("The timeout must be positive: PT0S");
	}

	@Test
	void closingEndsAllSocketsAndConnectsNoMore() {
		SocketIoTester own = SocketIoTester.of(URI.create("http://127.0.0.1:" + this.port + "/socket.io/"));
		TestSocket socket = own.connect();
		own.close();
		assertThat(socket.connected()).isFalse();
		assertThatIllegalStateException().isThrownBy(own::connect).withMessage("The tester is closed");
		own.close();
	}

	@Test
	void manyThreadsUseOneTester() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try (TestSocket shared = this.tester.connect()) {
			List<Callable<String>> calls = IntStream.range(0, 64).<Callable<String>>mapToObj((number) -> () -> {
				try (TestSocket own = this.tester.connect()) {
					return own.emitWithAck("echo", number).as(String.class) + " "
							+ shared.emitWithAck("echo", number).as(String.class);
				}
			}).toList();
			int number = 0;
			for (Future<String> call : executor.invokeAll(calls)) {
				assertThat(call.get()).isEqualTo(number + " " + number);
				number++;
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	record Credentials(String token) {

	}

}
