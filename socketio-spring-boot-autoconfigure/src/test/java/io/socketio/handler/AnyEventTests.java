package io.socketio.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.annotation.OnAnyEvent;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.Acknowledgement;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that are called for every event.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnyEventTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void calledBeforeTheHandlerOfTheEventInTheirOrder() {
		TestSocket socket = start(Logging.class);
		assertThat(socket.send("known", "x").awaitValue()).isEqualTo("known x");
		assertThat(this.application.bean(Logging.class).log).containsExactly("first known [x]", "second known x",
				"third", "known");
	}

	@Test
	void calledForEventsWithoutHandlerAndNobodyAnswers() {
		TestSocket socket = start(Logging.class);
		TestAcknowledgement unknown = socket.send("unknown", "y");
		assertThat(this.application.bean(Logging.class).log).containsExactly("first unknown [y]", "second unknown y",
				"third");
		assertThat(socket.send("known", "x").awaitValue()).isEqualTo("known x");
		assertThat(unknown.calls()).isZero();
		assertThat(socket.emitted).isEmpty();
	}

	@Test
	void answersIfItTakesTheAcknowledgement() {
		TestSocket socket = start(Answering.class);
		assertThat(socket.send("fine", 1).awaitValue()).isEqualTo("any fine");
		assertThat(socket.send("wrong", 1).awaitValue())
			.isEqualTo(Map.of("status", "error", "message", "No such event", "errors", List.of()));
	}

	@Test
	void failureIsLoggedAndKeepsTheHandlerFromNothing(CapturedOutput output) {
		TestSocket socket = start(Failing.class);
		assertThat(socket.send("known", Map.of()).awaitValue()).isEqualTo("done");
		TestAcknowledgement unknown = socket.send("unknown");
		socket.sendWithoutAcknowledgement("unknown");
		assertThat(socket.send("known", Map.of()).awaitValue()).isEqualTo("done");
		assertThat(output).contains("secret of any");
		assertThat(unknown.calls()).isZero();
		assertThat(socket.emitted).isEmpty();
	}

	@Test
	void countsForTheLimitOfUnfinishedHandlers() {
		this.application.maxPendingEvents(2);
		TestSocket socket = start(Unfinished.class);
		socket.send("a");
		socket.send("b");
		assertThat(socket.reading()).isTrue();
		socket.send("c");
		assertThat(socket.reading()).isFalse();
		this.application.bean(Unfinished.class).end.tryEmitEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(socket.reading()).isTrue());
	}

	@ParameterizedTest
	@CsvSource({ "NoName, comes before its arguments", "VariableLength, variable length" })
	void refusedAtStart(String controller, String message) throws Exception {
		this.application.register(Class.forName(AnyEventTests.class.getName() + "$" + controller));
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining(message)
			.withMessageContaining(controller + "#method(");
	}

	private TestSocket start(Class<?> controller) {
		this.application.register(controller).start();
		return this.application.connect();
	}

	@SocketIoController
	static class Logging {

		final List<String> log = new CopyOnWriteArrayList<>();

		@OnAnyEvent
		@Order(2)
		Mono<String> second(SocketIoSocket socket, String event, @Nullable String argument) {
			this.log.add("second " + event + " " + argument);
			return Mono.just("not used");
		}

		@OnAnyEvent
		@Order(1)
		Mono<Void> first(String event, EventArguments arguments) {
			this.log.add("first " + event + " " + arguments.toList());
			return Mono.empty();
		}

		@OnAnyEvent
		@Order(3)
		Mono<Void> third() {
			this.log.add("third");
			return Mono.empty();
		}

		@SocketIoEvent
		String known(String argument) {
			this.log.add("known");
			return "known " + argument;
		}

	}

	@SocketIoController
	static class Answering {

		@OnAnyEvent
		void any(String event, Acknowledgement acknowledgement) {
			if (event.equals("wrong")) {
				throw new InvalidEventArgumentsException("No such event");
			}
			acknowledgement.send("any " + event);
		}

	}

	@SocketIoController
	static class Failing {

		@OnAnyEvent
		void any(String event) {
			throw new IllegalStateException("secret of any");
		}

		@OnAnyEvent
		void unconvertible(String event, String argument) {
		}

		@SocketIoEvent
		String known(Map<String, Object> argument) {
			return "done";
		}

	}

	@SocketIoController
	static class Unfinished {

		final Sinks.Empty<Void> end = Sinks.empty();

		@OnAnyEvent
		Mono<Void> any() {
			return this.end.asMono();
		}

	}

	@SocketIoController
	static class NoName {

		@OnAnyEvent
		void method(SocketIoSocket socket, int number) {
		}

	}

	@SocketIoController
	static class VariableLength {

		@OnAnyEvent
		void method(String event, String... arguments) {
		}

	}

}
