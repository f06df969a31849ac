package io.socketio.handler;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

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
import org.springframework.web.bind.annotation.ControllerAdvice;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.annotation.SocketIoExceptionHandler;
import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that answer for what other handlers throw.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExceptionHandlerTests {

	private static final Map<String, Object> INTERNAL = Map.of("status", "error", "message", "Internal server error");

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@ParameterizedTest
	@CsvSource({ "io, io x", "notFound, not found x", "wrapped, not found x", "cause, not found x", "mono, io x",
			"other, number: x", "interrupted, other InterruptedException" })
	void nearestTypeThenCauses(String event, String answer, CapturedOutput output) {
		TestSocket socket = start(Controller.class);
		assertThat(socket.send(event).awaitValue()).isEqualTo(answer);
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void resultIsAnEventWhereNoAcknowledgementWasAskedFor() {
		TestSocket socket = start(Controller.class);
		socket.sendWithoutAcknowledgement("io");
		Awaitility.await()
			.untilAsserted(() -> assertThat(socket.emitted).containsExactly(List.of("exception", "io x")));
	}

	@Test
	void argumentsOfExceptionHandlers() {
		this.application.register(Arguments.class).start();
		TestSocket socket = this.application.socket().principal(() -> "ann");
		this.application.connect("/", socket);
		assertThat(socket.send("event", "a", 2).awaitValue()).isEqualTo("answered");
		Arguments bean = this.application.bean(Arguments.class);
		assertThat(bean.received).containsExactly("text", socket.socket, "event", List.of("a", 2), "ann", null, true);
	}

	@Test
	void noResultSendsNothingThatWasNotAskedFor() {
		TestSocket socket = start(Silent.class);
		assertThat(socket.send("silent").awaitValue()).isEqualTo(INTERNAL);
		assertThat(socket.send("silentMono").awaitValue()).isEqualTo(INTERNAL);
		assertThat(socket.send("silentInvalid").awaitValue())
			.isEqualTo(Map.of("status", "error", "message", "told", "errors", List.of()));
		assertThat(socket.send("own").awaitValue()).isEqualTo("own");
		socket.sendWithoutAcknowledgement("silent");
		socket.sendWithoutAcknowledgement("silentMono");
		socket.sendWithoutAcknowledgement("silentInvalid");
		assertThat(socket.send("own").awaitValue()).isEqualTo("own");
		assertThat(socket.emitted).isEmpty();
		assertThat(this.application.bean(Silent.class).calls).hasSize(8);
	}

	@Test
	void invalidArgumentsAreHandledToo() {
		TestSocket socket = start(Invalid.class);
		assertThat(socket.send("number", "x").awaitValue())
			.isEqualTo("refused: argument 0 (number) must be an integer");
	}

	@Test
	void failuresInsideAreLoggedAndAnInternalError(CapturedOutput output) {
		TestSocket socket = start(FailingHandlers.class);
		assertThat(socket.send("illegalState").awaitValue()).isEqualTo(INTERNAL);
		assertThat(output).contains("secret of handler").contains("FailingHandlers#failing(");
		assertThat(socket.send("unwritable").awaitValue()).isEqualTo(INTERNAL);
		assertThat(output).contains("cannot be written");
		assertThat(socket.send("details").awaitValue())
			.isEqualTo(Map.of("status", "error", "message", "told by handler", "errors", List.of()));
		assertThat(socket.reading()).isTrue();
	}

	@Test
	void advicesComeAfterTheControllerInTheirOrder() {
		this.application.register(LastAdvice.class, FirstAdvice.class, OtherAdvice.class, Advised.class).start();
		TestSocket socket = this.application.connect();
		assertThat(socket.send("io").awaitValue()).isEqualTo("controller");
		assertThat(socket.send("wrappedIo").awaitValue()).isEqualTo("controller");
		assertThat(socket.send("illegalState").awaitValue()).isEqualTo("first advice");
		assertThat(socket.send("arithmetic").awaitValue()).isEqualTo("last advice");
	}

	@Test
	void blockingExceptionHandlersDoNotRunOnTheEventLoop() {
		TestSocket socket = start(Threads.class);
		assertThat((String) socket.send("reactive").awaitValue()).startsWith("blocking-");
		assertThat((String) socket.send("blocking").awaitValue()).startsWith("blocking-").endsWith(" same");
		assertThat((String) socket.send("later").awaitValue()).startsWith("blocking-");
	}

	@Test
	void thereIsNoThreadForAnExceptionHandler() {
		this.application.executor((task) -> {
			throw new RejectedExecutionException("full");
		});
		TestSocket socket = start(Threads.class);
		assertThat(socket.send("reactive").awaitValue())
			.isEqualTo(Map.of("status", "error", "message", "Server is busy"));
		assertThat(socket.reading()).isTrue();
	}

	@Test
	void joiningAndLeaving() {
		TestSocket socket = start(Joining.class);
		Joining bean = this.application.bean(Joining.class);
		Awaitility.await().untilAsserted(() -> assertThat(socket.disconnects).hasValue(1));
		assertThat(socket.emitted).containsExactly(List.of("exception", "pay first"));
		socket.disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(bean.handled).containsExactly("null null", "null server namespace disconnect"));
		assertThat(socket.emitted).hasSize(1);
	}

	@Test
	void aFailedCallKeepsItsPlaceUntilItIsAnswered() {
		this.application.maxPendingEvents(1);
		TestSocket socket = start(Threads.class);
		socket.send("never");
		socket.send("never");
		assertThat(socket.reading()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NoType       | it is not known which exceptions it handles
			TwoTypes     | it is not known which exceptions it handles
			WrongType    | java.lang.IllegalStateException is no java.io.IOException
			Duplicate    | java.io.IOException is handled by
			Positional   | parameter 1 (second) of type java.lang.String cannot be resolved
			""")
	void refusedAtStart(String controller, String message) throws Exception {
		this.application.register(Class.forName(ExceptionHandlerTests.class.getName() + "$" + controller));
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining(message)
			.withMessageContaining(controller + "#method");
	}

	@Test
	void circlesOfCauses() {
		TestSocket socket = start(Circle.class);
		assertThat(socket.send("circle").awaitValue()).isEqualTo(INTERNAL);
	}

	private TestSocket start(Class<?> controller) {
		this.application.register(controller).start();
		return this.application.connect();
	}

	@SocketIoController
	static class Controller {

		@SocketIoEvent
		void io() throws IOException {
			throw new IOException("x");
		}

		@SocketIoEvent
		void notFound() throws IOException {
			throw new FileNotFoundException("x");
		}

		@SocketIoEvent
		void wrapped() {
			throw new IllegalStateException("outer", new FileNotFoundException("x"));
		}

		@SocketIoEvent
		void cause() {
			throw new IllegalStateException("outer", new IllegalStateException(new FileNotFoundException("x")));
		}

		@SocketIoEvent
		Mono<String> mono() {
			return Mono.error(new IOException("x"));
		}

		@SocketIoEvent
		void other() {
			throw new NumberFormatException("x");
		}

		@SocketIoEvent
		void interrupted() throws InterruptedException {
			throw new InterruptedException();
		}

		@SocketIoExceptionHandler
		String io(IOException ex) {
			return "io " + ex.getMessage();
		}

		@SocketIoExceptionHandler
		Mono<String> notFound(FileNotFoundException ex) {
			return Mono.just("not found " + ex.getMessage());
		}

		@SocketIoExceptionHandler({ NumberFormatException.class, ArithmeticException.class })
		String number(Exception ex) {
			return "number: " + ex.getMessage();
		}

		@SocketIoExceptionHandler(InterruptedException.class)
		String other(Throwable ex) {
			return "other " + ex.getClass().getSimpleName();
		}

	}

	@SocketIoController
	static class Arguments {

		final List<@Nullable Object> received = new ArrayList<>();

		@SocketIoEvent
		void event() {
			throw new IllegalStateException("text");
		}

		@SocketIoExceptionHandler
		String handle(IllegalStateException ex, SocketIoSocket socket, String event, EventArguments arguments,
				Principal principal, @Nullable DisconnectReason reason, Acknowledgement acknowledgement) {
			this.received.addAll(Arrays.asList(ex.getMessage(), socket, event, arguments.toList(), principal.getName(),
					reason, acknowledgement.requested()));
			return "answered";
		}

	}

	@SocketIoController
	static class Silent {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@SocketIoEvent
		void silent() {
			throw new IllegalStateException("secret");
		}

		@SocketIoEvent
		void silentMono() {
			throw new ArithmeticException("secret");
		}

		@SocketIoEvent
		void silentInvalid() {
			throw new InvalidEventArgumentsException("told");
		}

		@SocketIoEvent
		void own() throws IOException {
			throw new IOException("secret");
		}

		@SocketIoExceptionHandler({ IllegalStateException.class, InvalidEventArgumentsException.class })
		void log(Exception ex, String event) {
			this.calls.add(event);
		}

		@SocketIoExceptionHandler
		Mono<Void> log(ArithmeticException ex, String event) {
			this.calls.add(event);
			return Mono.empty();
		}

		@SocketIoExceptionHandler
		void own(IOException ex, Acknowledgement acknowledgement) {
			this.calls.add("own");
			acknowledgement.send("own");
		}

	}

	@SocketIoController
	static class Invalid {

		@SocketIoEvent
		void number(int number) {
		}

		@SocketIoExceptionHandler
		String refused(InvalidEventArgumentsException ex) {
			return "refused: " + ex.getMessage();
		}

	}

	@SocketIoController
	static class FailingHandlers {

		@SocketIoEvent
		void illegalState() {
			throw new IllegalStateException("secret of event");
		}

		@SocketIoEvent
		void unwritable() {
			throw new ArithmeticException("secret of event");
		}

		@SocketIoEvent
		void details() throws IOException {
			throw new IOException("secret of event");
		}

		@SocketIoExceptionHandler
		String failing(IllegalStateException ex) {
			throw new IllegalArgumentException("secret of handler");
		}

		@SocketIoExceptionHandler
		Object unwritable(ArithmeticException ex) {
			return TestAcknowledgement.Unwritable.INSTANCE;
		}

		@SocketIoExceptionHandler
		Mono<String> details(IOException ex) {
			return Mono.error(new InvalidEventArgumentsException("told by handler"));
		}

	}

	@SocketIoController
	static class Advised {

		@SocketIoEvent
		void io() throws IOException {
			throw new IOException();
		}

		@SocketIoEvent
		void wrappedIo() {
			throw new IllegalStateException(new IOException());
		}

		@SocketIoEvent
		void illegalState() {
			throw new IllegalStateException();
		}

		@SocketIoEvent
		void arithmetic() {
			throw new ArithmeticException();
		}

		@SocketIoExceptionHandler
		String io(IOException ex) {
			return "controller";
		}

	}

	@ControllerAdvice
	@Order(1)
	static class FirstAdvice {

		@SocketIoExceptionHandler
		String handle(IllegalStateException ex) {
			return "first advice";
		}

	}

	@ControllerAdvice
	@Order(2)
	static class LastAdvice {

		@SocketIoExceptionHandler
		String handle(Exception ex) {
			return "last advice";
		}

	}

	@ControllerAdvice(assignableTypes = Controller.class)
	@Order(0)
	static class OtherAdvice {

		@SocketIoExceptionHandler
		String handle(Exception ex) {
			return "other advice";
		}

	}

	@SocketIoController
	static class Threads {

		private final ThreadLocal<String> thread = new ThreadLocal<>();

		@SocketIoEvent
		Mono<String> reactive() {
			return Mono.error(new IllegalStateException());
		}

		@SocketIoEvent
		void blocking() {
			this.thread.set("same");
			throw new IllegalStateException();
		}

		@SocketIoEvent
		Mono<String> later() {
			return Mono.<String>error(new IllegalStateException()).subscribeOn(Schedulers.parallel());
		}

		@SocketIoEvent
		Mono<String> never() {
			return Mono.error(new ArithmeticException());
		}

		@SocketIoExceptionHandler
		String handle(IllegalStateException ex) {
			String same = this.thread.get();
			this.thread.remove();
			return Thread.currentThread().getName() + " " + same;
		}

		@SocketIoExceptionHandler
		Mono<String> handle(ArithmeticException ex) {
			return Mono.never();
		}

	}

	@SocketIoController
	static class Joining {

		final List<String> handled = new CopyOnWriteArrayList<>();

		@OnConnect
		void connected() {
			throw new IllegalStateException();
		}

		@OnDisconnect
		void disconnected() {
			throw new IllegalStateException();
		}

		@SocketIoExceptionHandler
		String handle(IllegalStateException ex, @Nullable String event, @Nullable DisconnectReason reason) {
			this.handled.add(event + " " + reason);
			return "pay first";
		}

	}

	@SocketIoController
	static class Circle {

		@SocketIoEvent
		void circle() {
			IllegalStateException first = new IllegalStateException("first");
			IllegalStateException second = new IllegalStateException("second", first);
			first.initCause(second);
			throw first;
		}

		@SocketIoExceptionHandler
		String handle(IOException ex) {
			return "io";
		}

	}

	@SocketIoController
	static class NoType {

		@SocketIoExceptionHandler
		void method() {
		}

	}

	@SocketIoController
	static class TwoTypes {

		@SocketIoExceptionHandler
		void method(IOException first, IllegalStateException second) {
		}

	}

	@SocketIoController
	static class WrongType {

		@SocketIoExceptionHandler(IllegalStateException.class)
		void method(IOException ex) {
		}

	}

	@SocketIoController
	static class Duplicate {

		@SocketIoExceptionHandler
		void method(IOException ex) {
		}

		@SocketIoExceptionHandler({ FileNotFoundException.class, IOException.class })
		void method2() {
		}

	}

	@SocketIoController
	static class Positional {

		@SocketIoExceptionHandler(IOException.class)
		void method(String event, String second) {
		}

	}

}
