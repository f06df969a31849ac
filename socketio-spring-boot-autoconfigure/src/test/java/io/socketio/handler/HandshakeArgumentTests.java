package io.socketio.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

import io.socketio.annotation.HandshakeHeader;
import io.socketio.annotation.HandshakeQuery;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Headers and query parameters of the handshake as arguments.
 */
class HandshakeArgumentTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void headers() {
		TestSocket socket = start(Headers.class);
		socket.headers.add("X-Token", "abc");
		socket.headers.add("X-Number", "42");
		socket.headers.addAll("X-Tags", List.of("a", "b"));
		assertThat(received(socket, "text")).containsExactly("abc");
		assertThat(received(socket, "number")).containsExactly(42);
		assertThat(received(socket, "tags")).containsExactly(List.of("a", "b"));
		assertThat(received(socket, "array")).containsExactly("a", "b");
		assertThat(received(socket, "joined")).containsExactly("a,b");
		assertThat(received(socket, "besidesPosition", "first")).containsExactly("abc", "first");
	}

	@Test
	void headersHaveNoCase() {
		TestSocket socket = start(Headers.class);
		socket.headers.add("x-TOKEN", "abc");
		assertThat(received(socket, "text")).containsExactly("abc");
	}

	@Test
	void allHeaders() {
		TestSocket socket = start(Headers.class);
		socket.headers.add("X-Token", "abc");
		assertThat(received(socket, "all")).containsExactly(socket.headers, Map.of("X-Token", "abc"));
	}

	@Test
	void absentHeadersAreRefusedUnlessTheyMayBeAbsent() {
		TestSocket socket = start(Headers.class);
		assertThat(refused(socket, "text")).containsEntry("message", "header.X-Token is missing")
			.containsEntry("errors", List.of(Map.of("field", "header.X-Token", "reason", "is missing")));
		assertThat(refused(socket, "tags")).containsEntry("message", "header.X-Tags is missing");
		assertThat(received(socket, "absent")).containsExactly(null, null, Optional.empty(), 7, "from property");
		assertThat(refused(socket, "primitive")).containsEntry("message", "header.X-Number is missing");
	}

	@Test
	void emptyHeadersHaveTheirDefault() {
		TestSocket socket = start(Headers.class);
		socket.headers.add("X-Number", "");
		assertThat(received(socket, "absent")).element(3).isEqualTo(7);
	}

	@Test
	void headersThatCannotBeConvertedAreRefused() {
		TestSocket socket = start(Headers.class);
		socket.headers.add("X-Number", "many");
		assertThat(refused(socket, "number")).containsEntry("message", "header.X-Number must be an integer")
			.containsEntry("errors", List.of(Map.of("field", "header.X-Number", "reason", "must be an integer")));
	}

	@Test
	void queryParameters() {
		TestSocket socket = start(Queries.class);
		UUID id = UUID.randomUUID();
		socket.query.putAll(Map.of("room", "lobby", "limit", "3", "id", id.toString(), "tags", "a,b", "wait", "PT1S"));
		assertThat(received(socket, "everything")).containsExactly("lobby", 3, id, List.of("a", "b"));
		assertThat(received(socket, "optional")).containsExactly(Optional.of(3));
		assertThat(received(socket, "all")).containsExactly(socket.query);
		socket.query.clear();
		assertThat(received(socket, "optional")).containsExactly(Optional.empty());
		assertThat(refused(socket, "everything")).containsEntry("message", "query.room is missing");
	}

	@Test
	void onConnectIsRefusedToo() {
		this.application.register(Connecting.class).start();
		TestSocket stranger = this.application.connect();
		assertThat(stranger.disconnects).hasValue(1);
		assertThat(stranger.emitted).containsExactly(List.of("exception", Map.of("status", "error", "message",
				"query.room is missing", "errors", List.of(Map.of("field", "query.room", "reason", "is missing")))));
		TestSocket guest = this.application.socket();
		guest.query.put("room", "lobby");
		this.application.connect("/", guest);
		assertThat(guest.disconnects).hasValue(0);
		assertThat(this.application.bean(Connecting.class).rooms).containsExactly("lobby");
	}

	@ParameterizedTest
	@CsvSource({ "UnconvertibleHeader, parameter 0 (socket) of type", "UnconvertibleQuery, cannot be converted" })
	void refusedAtStart(String controller, String message) throws Exception {
		this.application.register(Class.forName(HandshakeArgumentTests.class.getName() + "$" + controller));
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining(message)
			.withMessageContaining(controller + "#method(");
	}

	private TestSocket start(Class<?> controller) {
		this.application.environment.setProperty("test.default", "from property");
		this.application.register(controller).start();
		return this.application.connect();
	}

	private List<@Nullable Object> received(TestSocket socket, String event, Object... arguments) {
		Recorder recorder = this.application.bean(Recorder.class);
		recorder.received.clear();
		assertThat(socket.send(event, arguments).await()).as("answer").isEmpty();
		return new ArrayList<>(recorder.received);
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> refused(TestSocket socket, String event) {
		Recorder recorder = this.application.bean(Recorder.class);
		recorder.received.clear();
		Object answer = socket.send(event).awaitValue();
		assertThat(answer).isInstanceOf(Map.class);
		assertThat(recorder.received).isEmpty();
		return (Map<String, Object>) answer;
	}

	abstract static class Recorder {

		final List<@Nullable Object> received = new ArrayList<>();

		void received(@Nullable Object... arguments) {
			this.received.addAll(Arrays.asList(arguments));
		}

	}

	@NullMarked
	@SocketIoController
	static class Headers extends Recorder {

		@SocketIoEvent
		void text(@HandshakeHeader("X-Token") String token) {
			received(token);
		}

		@SocketIoEvent
		void number(@HandshakeHeader(name = "X-Number") Integer number) {
			received(number);
		}

		@SocketIoEvent
		void tags(@HandshakeHeader("X-Tags") List<String> tags) {
			received(tags);
		}

		@SocketIoEvent
		void array(@HandshakeHeader("X-Tags") String[] tags) {
			received((Object[]) tags);
		}

		@SocketIoEvent
		void joined(@HandshakeHeader("X-Tags") String tags) {
			received(tags);
		}

		@SocketIoEvent
		void besidesPosition(@HandshakeHeader("X-Token") String token, String first) {
			received(token, first);
		}

		@SocketIoEvent
		void all(@HandshakeHeader HttpHeaders headers, @HandshakeHeader Map<String, String> map) {
			received(headers, map);
		}

		@SocketIoEvent
		void absent(@HandshakeHeader("X-Token") @Nullable String nullable,
				@HandshakeHeader(name = "X-Token", required = false) String notRequired,
				@HandshakeHeader("X-Number") Optional<Integer> optional,
				@HandshakeHeader(name = "X-Number", defaultValue = "7") int number,
				@HandshakeHeader(name = "X-Other", defaultValue = "${test.default}") String other) {
			received(nullable, notRequired, optional, number, other);
		}

		@SocketIoEvent
		void primitive(@HandshakeHeader(name = "X-Number", required = false) int number) {
			received(number);
		}

	}

	@SocketIoController
	static class Queries extends Recorder {

		@SocketIoEvent
		void everything(@HandshakeQuery String room, @HandshakeQuery("limit") int number, @HandshakeQuery UUID id,
				@HandshakeQuery List<String> tags) {
			received(room, number, id, tags);
		}

		@SocketIoEvent
		void optional(@HandshakeQuery Optional<Integer> limit) {
			received(limit);
		}

		@SocketIoEvent
		void all(@HandshakeQuery Map<String, String> query) {
			received(query);
		}

	}

	@SocketIoController
	static class Connecting {

		final List<String> rooms = new ArrayList<>();

		@OnConnect
		Mono<Void> connected(@HandshakeQuery String room) {
			this.rooms.add(room);
			return Mono.empty();
		}

	}

	@SocketIoController
	static class UnconvertibleHeader {

		@SocketIoEvent
		void method(@HandshakeHeader Application socket) {
		}

	}

	@SocketIoController
	static class UnconvertibleQuery {

		@SocketIoEvent
		void method(@HandshakeQuery("wait") Optional<SocketIoSocket> duration, Duration other) {
		}

	}

}
