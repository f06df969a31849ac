package io.socketio.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.handler.InvalidEventArgumentsException.FieldError;
import io.socketio.server.DisconnectReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients and logs are told when handlers fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerErrorTests {

	private static final Map<String, Object> INTERNAL = Map.of("status", "error", "message", "Internal server error");

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "thrown", "mono", "monoThrown", "flux", "stage", "error", "unwritable" })
	void failuresAreLoggedOnceAndShowNothingOfTheInside(String event, CapturedOutput output) {
		TestSocket socket = start(Failing.class);
		assertThat(socket.send(event).awaitValue()).isEqualTo(INTERNAL);
		assertThat(socket.emitted).isEmpty();
		assertThat(socket.disconnects).hasValue(0);
		String cause = event.equals("unwritable") ? "cannot be written" : "secret of " + event;
		assertThat(output.toString().split(cause, -1)).as("logged once").hasSize(2);
		assertThat(output).contains("socket-id").contains("Failing#" + event);
		assertThat(socket.send("fine").awaitValue()).isEqualTo("fine");
	}

	@Test
	void withoutAcknowledgementAnEventTellsOfFailures() {
		TestSocket socket = start(Failing.class);
		socket.sendWithoutAcknowledgement("thrown");
		socket.sendWithoutAcknowledgement("number", "x");
		assertThat(socket.send("fine").awaitValue()).isEqualTo("fine");
		assertThat(socket.emitted).containsExactly(List.of("exception", INTERNAL),
				List.of("exception", Map.of("status", "error", "message", "argument 0 (number) must be an integer",
						"errors", List.of(Map.of("field", "number", "reason", "must be an integer")))));
	}

	@Test
	void whatClientsAreToBlameForIsNotLogged(CapturedOutput output) {
		TestSocket socket = start(Failing.class);
		socket.send("number", "x").awaitValue();
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void handlersMayBlameTheClient() {
		TestSocket socket = start(Failing.class);
		Map<String, Object> reply = Map.of("status", "error", "message", "No such room", "errors",
				List.of(Map.of("field", "room", "reason", "is unknown")));
		assertThat(socket.send("blame").awaitValue()).isEqualTo(reply);
		assertThat(socket.send("blameLater").awaitValue()).isEqualTo(reply);
	}

	@ParameterizedTest
	@ValueSource(classes = { ConnectThrows.class, ConnectFails.class, ConnectRefuses.class })
	void socketsThatCannotBeSetUpAreDisconnected(Class<?> controller, CapturedOutput output) {
		this.application.register(controller).start();
		TestSocket socket = this.application.connect();
		Awaitility.await().untilAsserted(() -> assertThat(socket.disconnects).hasValue(1));
		TestAcknowledgement event = socket.send("event");
		socket.disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
		ConnectController bean = (ConnectController) this.application.bean(controller);
		Awaitility.await().untilAsserted(() -> assertThat(bean.disconnected).isTrue());
		assertThat(event.calls()).isZero();
		assertThat(bean.handled).isFalse();
		assertThat(bean.secondConnect).isFalse();
		assertThat(socket.reading()).isTrue();
		if (controller == ConnectRefuses.class) {
			assertThat(socket.emitted).containsExactly(
					List.of("exception", Map.of("status", "error", "message", "Pay first", "errors", List.of())));
		}
		else {
			assertThat(socket.emitted).containsExactly(List.of("exception", INTERNAL));
			assertThat(output).contains("secret of connect").contains("socket-id");
		}
	}

	@Test
	void failuresOfOnDisconnectAreLogged(CapturedOutput output) {
		TestSocket socket = start(DisconnectThrows.class);
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		Awaitility.await().untilAsserted(() -> assertThat(output).contains("secret of disconnect"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.application.bean(DisconnectThrows.class).second).isTrue());
		assertThat(socket.emitted).isEmpty();
	}

	@Test
	void executorThatRejects(CapturedOutput output) {
		AtomicBoolean full = new AtomicBoolean(true);
		this.application.executor((task) -> {
			if (full.get()) {
				throw new RejectedExecutionException("full");
			}
			this.application.blocking.execute(task);
		});
		TestSocket socket = start(Failing.class);
		Map<String, Object> busy = Map.of("status", "error", "message", "Server is busy");
		assertThat(socket.send("fine").awaitValue()).isEqualTo(busy);
		assertThat(socket.send("fine").awaitValue()).isEqualTo(busy);
		assertThat(output.toString().split("No thread for", -1)).as("logged once").hasSize(2);
		full.set(false);
		assertThat(socket.send("fine").awaitValue()).isEqualTo("fine");
		assertThat(socket.disconnects).hasValue(0);
	}

	@Test
	void executorThatRejectsOnConnect() {
		this.application.executor((task) -> {
			throw new RejectedExecutionException("full");
		});
		TestSocket socket = start(Connects.class);
		assertThat(socket.disconnects).hasValue(1);
		assertThat(socket.emitted)
			.containsExactly(List.of("exception", Map.of("status", "error", "message", "Server is busy")));
	}

	@Test
	void executorThatRejectsDoesNotLoseOnDisconnect() {
		this.application.executor((task) -> {
			throw new RejectedExecutionException("full");
		});
		TestSocket socket = start(DisconnectThrows.class);
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		DisconnectThrows bean = this.application.bean(DisconnectThrows.class);
		Awaitility.await().untilAsserted(() -> assertThat(bean.second).isTrue());
		assertThat(bean.thread).doesNotContain("event-loop");
	}

	private TestSocket start(Class<?> controller) {
		this.application.register(controller).start();
		return this.application.connect();
	}

	@SocketIoController
	static class Failing {

		@SocketIoEvent
		void thrown() throws Exception {
			throw new Exception("secret of thrown");
		}

		@SocketIoEvent
		Mono<String> mono() {
			return Mono.error(new IllegalStateException("secret of mono"));
		}

		@SocketIoEvent
		Mono<String> monoThrown() {
			throw new IllegalStateException("secret of monoThrown");
		}

		@SocketIoEvent
		Flux<String> flux() {
			return Flux.just("a").concatWith(Mono.error(new IllegalStateException("secret of flux")));
		}

		@SocketIoEvent
		CompletionStage<String> stage() {
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException("secret of stage");
			});
		}

		@SocketIoEvent
		void error() {
			throw new AssertionError("secret of error");
		}

		@SocketIoEvent
		Object unwritable() {
			return TestAcknowledgement.Unwritable.INSTANCE;
		}

		@SocketIoEvent
		void blame() {
			throw new InvalidEventArgumentsException("No such room", new FieldError("room", "is unknown"));
		}

		@SocketIoEvent
		Mono<Void> blameLater() {
			return Mono.fromRunnable(this::blame);
		}

		@SocketIoEvent
		void number(int number) {
		}

		@SocketIoEvent
		String fine() {
			return "fine";
		}

	}

	static class ConnectController {

		volatile boolean handled;

		volatile boolean secondConnect;

		volatile boolean disconnected;

		@OnConnect
		void second() {
			this.secondConnect = true;
		}

		@SocketIoEvent
		void event() {
			this.handled = true;
		}

		@OnDisconnect
		void left() {
			this.disconnected = true;
		}

	}

	@SocketIoController
	static class ConnectThrows extends ConnectController {

		@OnConnect
		void first() {
			throw new IllegalStateException("secret of connect");
		}

	}

	@SocketIoController
	static class ConnectFails extends ConnectController {

		@OnConnect
		Mono<Void> first() {
			return Mono.error(new IllegalStateException("secret of connect"));
		}

	}

	@SocketIoController
	static class ConnectRefuses extends ConnectController {

		@OnConnect
		Mono<Void> first() {
			throw new InvalidEventArgumentsException("Pay first");
		}

	}

	@SocketIoController
	static class Connects {

		@OnConnect
		void connected() {
		}

	}

	@SocketIoController
	static class DisconnectThrows {

		volatile boolean second;

		volatile String thread = "";

		@OnDisconnect
		void first() {
			throw new IllegalStateException("secret of disconnect");
		}

		@OnDisconnect
		void second() {
			this.thread = Thread.currentThread().getName();
			this.second = true;
		}

	}

}
