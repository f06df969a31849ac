package io.socketio.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import reactor.core.publisher.Mono;

import io.socketio.annotation.Auth;
import io.socketio.annotation.HandshakeQuery;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.annotation.SocketIoExceptionHandler;
import io.socketio.handler.validation.BeanValidationMethodValidator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bean Validation of arguments and results.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerValidationTests {

	private static final Map<String, Object> INTERNAL = Map.of("status", "error", "message", "Internal server error");

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void validArgumentsPass() {
		TestSocket socket = start(Controller.class);
		assertThat(socket.send("message", message("lobby", "a")).awaitValue()).isEqualTo("lobby");
		assertThat(socket.send("history", "lobby", 10).awaitValue()).isEqualTo("lobby 10");
		assertThat(socket.send("list", List.of(message("lobby", "a"))).awaitValue()).isEqualTo(1);
	}

	@Test
	void fieldsOfAnArgument() {
		TestSocket socket = start(Controller.class);
		assertThat(socket.send("message", message(" ", "a")).awaitValue())
			.isEqualTo(refusal("message.room must not be blank", "message.room", "must not be blank"));
		assertThat(this.application.bean(Controller.class).calls).isEmpty();
	}

	@Test
	void nestedFieldsAndElements() {
		TestSocket socket = start(Controller.class);
		Map<String, Object> message = Map.of("room", "lobby", "author", Map.of("name", ""), "tags", List.of("a", ""),
				"links", List.of(Map.of("name", "x"), Map.of("name", "")), "marks", Map.of("k", Map.of("name", "")));
		assertThat(errors(socket.send("message", message).awaitValue())).containsExactly(
				Map.of("field", "message.author.name", "reason", "must not be blank"),
				Map.of("field", "message.links[1].name", "reason", "must not be blank"),
				Map.of("field", "message.marks.k.name", "reason", "must not be blank"),
				Map.of("field", "message.tags[1]", "reason", "must not be blank"));
	}

	@Test
	void constraintsOnParameters() {
		TestSocket socket = start(Controller.class);
		assertThat(socket.send("history", "", 1000).awaitValue()).isEqualTo(
				Map.of("status", "error", "message", "limit must be less than or equal to 100, room must not be blank",
						"errors", List.of(Map.of("field", "limit", "reason", "must be less than or equal to 100"),
								Map.of("field", "room", "reason", "must not be blank"))));
		assertThat(socket.send("history", "lobby").awaitValue())
			.isEqualTo(refusal("argument 1 (limit) is missing", "limit", "is missing"));
	}

	@Test
	void elementsOfParameters() {
		TestSocket socket = start(Controller.class);
		assertThat(socket.send("list", List.of(message("lobby", "a"), message("", "a"))).awaitValue())
			.isEqualTo(refusal("messages[1].room must not be blank", "messages[1].room", "must not be blank"));
		assertThat(socket.send("names", List.of("a", "")).awaitValue())
			.isEqualTo(refusal("names[1] must not be blank", "names[1]", "must not be blank"));
		assertThat(socket.send("optional", message("", "a")).awaitValue())
			.isEqualTo(refusal("message.room must not be blank", "message.room", "must not be blank"));
		assertThat(socket.send("optional").awaitValue()).isEqualTo("none");
	}

	@Test
	void argumentsOfTheHandshake() {
		this.application.context.registerBean(HandlerMethodValidator.class, HandlerValidationTests::validator);
		this.application.register(Controller.class).start();
		TestSocket socket = this.application.socket();
		socket.auth.put("token", "abc");
		socket.query.put("level", "99");
		this.application.connect("/", socket);
		assertThat(errors(socket.send("handshake").awaitValue())).containsExactly(
				Map.of("field", "auth.token", "reason", "size must be between 8 and 100"),
				Map.of("field", "query.level", "reason", "must be less than or equal to 9"));
	}

	@Test
	void refusalIsAnEventWhereNoAcknowledgementWasAskedFor() {
		TestSocket socket = start(Controller.class);
		socket.sendWithoutAcknowledgement("message", message("", "a"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(socket.emitted).containsExactly(List.of("exception",
					refusal("message.room must not be blank", "message.room", "must not be blank"))));
	}

	@Test
	void reactiveHandlers() {
		TestSocket socket = start(Controller.class);
		assertThat(socket.send("reactive", message("", "a")).awaitValue())
			.isEqualTo(refusal("message.room must not be blank", "message.room", "must not be blank"));
		assertThat(socket.send("reactive", message("lobby", "a")).awaitValue()).isEqualTo("lobby");
	}

	@ParameterizedTest
	@CsvSource({ "parameterGroup, message.author must not be null", "methodGroup, message.author must not be null" })
	void groups(String event, String message) {
		TestSocket socket = start(Groups.class);
		assertThat(socket.send(event, Map.of("room", "")).awaitValue())
			.isEqualTo(refusal(message, "message.author", "must not be null"));
		assertThat(socket.send(event, Map.of("room", "", "author", Map.of("name", ""))).awaitValue()).isEqualTo("fine");
	}

	@Test
	void groupsOfTheClass() {
		TestSocket socket = start(ClassGroups.class);
		assertThat(socket.send("event", Map.of("room", "")).awaitValue())
			.isEqualTo(refusal("message.author must not be null", "message.author", "must not be null"));
	}

	@Test
	void resultsAreAServerError(CapturedOutput output) {
		TestSocket socket = start(Results.class);
		assertThat(socket.send("tooLong").awaitValue()).isEqualTo(INTERNAL);
		assertThat(output).contains("The result violates constraints").contains("size must be between 0 and 3");
		assertThat(socket.send("nested").awaitValue()).isEqualTo(INTERNAL);
		assertThat(socket.send("elements").awaitValue()).isEqualTo(INTERNAL);
		assertThat(socket.send("fine").awaitValue()).isEqualTo("abc");
	}

	@Test
	void exceptionHandlersSeeTheViolations() {
		TestSocket socket = start(Handling.class);
		assertThat(socket.send("event", "").awaitValue()).isEqualTo("1 violation");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void proxies(boolean proxyTargetClass) {
		this.application.context.registerBean(HandlerMethodValidator.class, HandlerValidationTests::validator);
		this.application.context.registerBean("chatProxied", Behind.class);
		this.application.with(Proxies.automatic(proxyTargetClass)).start();
		TestSocket socket = this.application.connect();
		assertThat(socket.send("event", "").awaitValue())
			.isEqualTo(refusal("text must not be blank", "text", "must not be blank"));
		assertThat(Proxies.calls(this.application)).isEmpty();
		assertThat(socket.send("event", "x").awaitValue()).isEqualTo("x advised");
	}

	@Test
	void methodsWithoutConstraintsAreNotValidated() throws Exception {
		assertThat(validator().compile(Controller.class, Controller.class.getDeclaredMethod("plain", String.class),
				List.of("text")))
			.isNull();
	}

	@Test
	void constraintsThatAreWrongFailTheStart() {
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(() -> start(Wrong.class))
			.withMessageContaining("its constraints are wrong")
			.withMessageContaining("Wrong#event");
	}

	@ParameterizedTest
	@ValueSource(classes = { Controller.class, Groups.class })
	void constraintsThatNobodyChecksFailTheStart(Class<?> controller) {
		this.application.register(controller);
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining("there is no Validator: add spring-boot-starter-validation");
	}

	private TestSocket start(Class<?> controller) {
		this.application.context.registerBean(HandlerMethodValidator.class, HandlerValidationTests::validator);
		this.application.register(controller).start();
		return this.application.connect();
	}

	private static HandlerMethodValidator validator() {
		LocalValidatorFactoryBean factory = new LocalValidatorFactoryBean();
		factory.afterPropertiesSet();
		return new BeanValidationMethodValidator(factory);
	}

	private static Map<String, Object> message(String room, String tag) {
		return Map.of("room", room, "tags", List.of(tag));
	}

	private static Map<String, Object> refusal(String message, String field, String reason) {
		return Map.of("status", "error", "message", message, "errors",
				List.of(Map.of("field", field, "reason", reason)));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, String>> errors(@Nullable Object answer) {
		assertThat(answer).isInstanceOf(Map.class);
		return (List<Map<String, String>>) ((Map<String, Object>) answer).get("errors");
	}

	record Message(@NotBlank String room, @Valid @NotNull(groups = Strict.class) @Nullable Person author,
			List<@NotBlank String> tags, @Valid List<Person> links, Map<String, @Valid Person> marks) {

	}

	record Person(@NotBlank String name) {

	}

	interface Strict {

	}

	@SocketIoController
	static class Controller {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@SocketIoEvent
		String message(@Valid Message message) {
			this.calls.add("message");
			return message.room();
		}

		@SocketIoEvent
		String history(@NotBlank String room, @Min(1) @Max(100) int limit) {
			return room + " " + limit;
		}

		@SocketIoEvent
		int list(List<@Valid Message> messages) {
			return messages.size();
		}

		@SocketIoEvent
		void names(List<@NotBlank String> names) {
		}

		@SocketIoEvent
		String optional(Optional<@Valid Message> message) {
			return message.map(Message::room).orElse("none");
		}

		@SocketIoEvent
		void handshake(@Auth("token") @Size(min = 8, max = 100) String token,
				@HandshakeQuery("level") @Max(9) int number) {
		}

		@SocketIoEvent
		Mono<String> reactive(@Valid Message message) {
			return Mono.just(message.room());
		}

		@SocketIoEvent
		String plain(String text) {
			return text;
		}

	}

	@SocketIoController
	static class Groups {

		@SocketIoEvent
		String parameterGroup(@Validated(Strict.class) Message message) {
			return "fine";
		}

		@SocketIoEvent
		@Validated(Strict.class)
		String methodGroup(@Valid Message message) {
			return "fine";
		}

	}

	@SocketIoController
	@Validated(Strict.class)
	static class ClassGroups {

		@SocketIoEvent
		void event(@Valid Message message) {
		}

	}

	@SocketIoController
	static class Results {

		@SocketIoEvent
		@Size(max = 3)
		String tooLong() {
			return "abcd";
		}

		@SocketIoEvent
		@Valid
		Person nested() {
			return new Person("");
		}

		@SocketIoEvent
		List<@NotBlank String> elements() {
			return List.of("");
		}

		@SocketIoEvent
		@Size(max = 3)
		String fine() {
			return "abc";
		}

		@SocketIoExceptionHandler
		String handle(ConstraintViolationException ex) {
			return "not for results";
		}

	}

	@SocketIoController
	static class Handling {

		@SocketIoEvent
		void event(@NotBlank String text) {
		}

		@SocketIoExceptionHandler
		String handle(ConstraintViolationException ex) {
			return ex.getConstraintViolations().size() + " violation";
		}

	}

	interface Declared {

		@SocketIoEvent
		String event(@NotBlank String text);

	}

	@SocketIoController
	static class Behind implements Declared {

		@Override
		public String event(String text) {
			return text;
		}

	}

	@SocketIoController
	static class Wrong extends WrongBase {

		@SocketIoEvent
		@Override
		void event(@NotBlank String text) {
		}

	}

	static class WrongBase {

		void event(String text) {
		}

	}

}
