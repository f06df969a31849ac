package io.socketio.handler;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.Handshake;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Where the arguments of handler methods come from.
 */
class HandlerArgumentTests {

	private Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void argumentsByPosition() {
		TestSocket socket = start(Positional.class);
		assertThat(received(socket, "twoScalars", "lobby", 42)).containsExactly("lobby", 42);
		assertThat(received(socket, "twoScalars", "lobby", 42, "more")).containsExactly("lobby", 42);
		assertThat(received(socket, "message", Map.of("room", "lobby", "text", "hi")))
			.containsExactly(new Message("lobby", "hi"));
		assertThat(received(socket, "generic", List.of(Map.of("room", "a", "text", "b"))))
			.containsExactly(List.of(new Message("a", "b")));
		assertThat(received(socket, "nested", Map.of("k", List.of(1, 2))))
			.containsExactly(Map.of("k", List.of(1L, 2L)));
		assertThat(received(socket, "array", (Object) new String[] { "a", "b" }))
			.containsExactly((Object) new String[] { "a", "b" });
	}

	@Test
	void positionsDoNotCountWhatIsNotAnEventArgument() {
		TestSocket socket = start(Positional.class);
		assertThat(received(socket, "mixed", "a", "b")).containsExactly("a", socket.socket, "b");
	}

	@Test
	void binaryArguments() {
		TestSocket socket = start(Positional.class);
		byte[] bytes = { 1, 2, 3 };
		assertThat(received(socket, "bytes", bytes)).containsExactly(bytes);
		assertThat(received(socket, "buffer", bytes)).containsExactly(ByteBuffer.wrap(bytes));
		Attachment attachment = (Attachment) received(socket, "attachment", Map.of("name", "a", "data", bytes)).get(0);
		assertThat(attachment).isNotNull();
		assertThat(attachment.data()).isEqualTo(bytes);
	}

	@Test
	void jsonNodes() {
		TestSocket socket = start(Positional.class);
		JsonNode node = (JsonNode) received(socket, "node", Map.of("a", List.of(1))).get(0);
		assertThat(node).isNotNull();
		assertThat(node.toString()).isEqualTo("{\"a\":[1]}");
	}

	@Test
	void missingArgumentsAreNullWhereThatIsAllowed() {
		TestSocket socket = start(Positional.class);
		assertThat(received(socket, "optional", "a")).containsExactly(Optional.of("a"));
		assertThat(received(socket, "optional")).containsExactly(Optional.empty());
		assertThat(received(socket, "optional", (Object) null)).containsExactly(Optional.empty());
		assertThat(received(socket, "optionalMessage", Map.of("room", "a", "text", "b")))
			.containsExactly(Optional.of(new Message("a", "b")));
		assertThat(received(socket, "nullable", "a")).containsExactly("a");
		assertThat(received(socket, "nullable")).containsExactly((Object) null);
	}

	@Test
	void missingArgumentsAreNullInCodeThatSaysNothingOfNull() {
		TestSocket socket = start(Unmarked.class);
		assertThat(received(socket, "unmarked")).containsExactly((Object) null);
		assertThat(refused(socket, "primitive")).containsEntry("message", "argument 0 (number) is missing");
	}

	@Test
	void missingArgumentsAreRefusedWhereNullIsNotAllowed() {
		TestSocket socket = start(Positional.class);
		assertThat(refused(socket, "twoScalars", "lobby")).containsOnly(entry("status", "error"),
				entry("message", "argument 1 (limit) is missing"),
				entry("errors", List.of(Map.of("field", "limit", "reason", "is missing"))));
		assertThat(refused(socket, "twoScalars", "lobby", null)).containsEntry("message",
				"argument 1 (limit) must not be null");
		assertThat(refused(socket, "twoScalars")).containsEntry("message", "argument 0 (room) is missing");
	}

	@Test
	void argumentsThatCannotBeConvertedAreRefusedInWordsOfJson() {
		TestSocket socket = start(Positional.class);
		assertThat(refused(socket, "twoScalars", "lobby", "many")).containsEntry("message",
				"argument 1 (limit) must be an integer");
		assertThat(refused(socket, "twoScalars", List.of(), 1)).containsEntry("message",
				"argument 0 (room) must be a string");
		assertThat(refused(socket, "message", "text")).containsEntry("message",
				"argument 0 (message) must be an object");
		assertThat(refused(socket, "message", Map.of("room", Map.of("a", 1), "text", "hi")))
			.containsEntry("message", "argument 0 (message), field room must be a string")
			.containsEntry("errors", List.of(Map.of("field", "message.room", "reason", "must be a string")));
		assertThat(refused(socket, "generic", List.of(Map.of("room", "a"), Map.of("text", List.of()))))
			.containsEntry("errors", List.of(Map.of("field", "messages[1].text", "reason", "must be a string")));
		assertThat(refused(socket, "generic", Map.of())).containsEntry("message",
				"argument 0 (messages) must be an array");
		assertThat(refused(socket, "bytes", Map.of())).containsEntry("message", "argument 0 (bytes) must be binary");
		assertThat(refused(socket, "picky", Map.of("length", -1))).containsEntry("message",
				"argument 0 (picky) is not valid");
		assertThat(refused(socket, "picky", Map.of())).containsEntry("message",
				"argument 0 (picky), field length must be an integer");
	}

	@Test
	void scalarsThatJacksonCannotConvertGoThroughTheConversionService() {
		this.application.conversionService.addConverter(String.class, RoomId.class,
				(source) -> new RoomId(Long.parseLong(source)));
		TestSocket socket = start(Converted.class);
		assertThat(received(socket, "room", "42")).containsExactly(new RoomId(42));
		assertThat(received(socket, "room", 42)).containsExactly(new RoomId(42));
		assertThat(received(socket, "room", Map.of("number", 42))).containsExactly(new RoomId(42));
		assertThat(received(socket, "optionalRoom", "42")).containsExactly(Optional.of(new RoomId(42)));
		assertThat(refused(socket, "room", "x")).containsEntry("message", "argument 0 (room) must be an object");
		assertThat(refused(socket, "room", List.of("42"))).containsEntry("message",
				"argument 0 (room) must be an object");
	}

	@Test
	void theConversionServiceDoesNotMakeContainersOfScalars() {
		TestSocket socket = start(Positional.class);
		assertThat(refused(socket, "array", "a,b")).containsEntry("message", "argument 0 (array) must be an array");
		assertThat(refused(socket, "generic", "a,b")).containsEntry("message",
				"argument 0 (messages) must be an array");
	}

	@Test
	void typeVariablesAreBoundByTheControllersClass() {
		this.application.conversionService.addConverter(String.class, LocalDate.class,
				(source) -> LocalDate.parse(source.replace('/', '-')));
		TestSocket socket = start(BoundToDate.class);
		assertThat(received(socket, "payload", List.of("2025-01-02")))
			.containsExactly(List.of(LocalDate.of(2025, 1, 2)));
		assertThat(received(socket, "single", "2025/01/02")).containsExactly(LocalDate.of(2025, 1, 2));
	}

	@Test
	void whatIsKnownByItsType() {
		TestSocket socket = start(Context.class);
		List<@Nullable Object> received = received(socket, "everything", "a", "b");
		assertThat(received.subList(0, 4)).containsExactly(socket.socket, socket.namespace, this.application.server,
				socket.handshake);
		assertThat((EventArguments) received.get(4)).isNotNull()
			.extracting(EventArguments::toList)
			.isEqualTo(List.of("a", "b"));
		assertThat(received.get(5)).isInstanceOf(Acknowledgement.class);
	}

	@Test
	void arrivalAndLeaving() {
		TestSocket socket = start(Lifecycle.class);
		socket.disconnected(DisconnectReason.PING_TIMEOUT);
		assertThat(this.application.bean(Lifecycle.class).received).containsExactly(socket.socket, socket.namespace,
				socket.socket, DisconnectReason.PING_TIMEOUT);
	}

	@Test
	void principal() {
		this.application.register(Principals.class).start();
		TestSocket anonymous = this.application.connect();
		assertThat(received(anonymous, "optional")).containsExactly(Optional.empty());
		assertThat(received(anonymous, "nullable")).containsExactly((Object) null);
		assertThat(refused(anonymous, "required")).containsEntry("message", "Not authenticated");
		TestSocket user = this.application.socket().principal(new User("ann"));
		this.application.connect("/", user);
		assertThat(received(user, "optional")).containsExactly(Optional.of(new User("ann")));
		assertThat(received(user, "required")).containsExactly(new User("ann"));
		assertThat(received(user, "subtype")).containsExactly(new User("ann"));
		assertThat(received(user, "nullableOther")).containsExactly((Object) null);
		assertThat(refused(user, "other")).containsOnly(entry("status", "error"),
				entry("message", "Internal server error"));
	}

	@Test
	void authenticationOfSpringSecurity() {
		this.application.register(Principals.class).start();
		Authentication ann = new TestingAuthenticationToken("ann", "secret");
		TestSocket user = this.application.socket().principal(ann);
		this.application.connect("/", user);
		assertThat(received(user, "authentication")).containsExactly(ann);
	}

	@Test
	void fieldsOfTheConnectPayload() {
		this.application.register(Auths.class).start();
		TestSocket socket = this.application.socket();
		socket.auth.putAll(Map.of("token", "abc", "age", "42", "tags", List.of("a"), "room", "7"));
		this.application.connect("/", socket);
		assertThat(received(socket, "token")).containsExactly("abc");
		assertThat(received(socket, "age")).containsExactly(42);
		assertThat(received(socket, "tags")).containsExactly(List.of("a"));
		assertThat(received(socket, "whole")).containsExactly(new Login("abc", 42));
		assertThat(received(socket, "map")).containsExactly(socket.auth);
		assertThat(received(socket, "absent")).containsExactly(null, Optional.empty());
		assertThat(received(socket, "besidesPosition", "x")).containsExactly("abc", "x");
		assertThat(refused(socket, "required")).containsEntry("message", "auth.nothing is missing")
			.containsEntry("errors", List.of(Map.of("field", "auth.nothing", "reason", "is missing")));
		assertThat(refused(socket, "wrong")).containsEntry("message", "auth.token must be an integer");
	}

	@Test
	void noConnectPayload() {
		this.application.register(Auths.class).start();
		TestSocket socket = this.application.connect();
		assertThat(received(socket, "map")).containsExactly(Map.of());
		assertThat(received(socket, "optionalWhole")).containsExactly(Optional.empty());
		assertThat(refused(socket, "whole")).containsEntry("message", "auth is missing");
	}

	@Test
	void customResolversComeBeforeTheBuiltInOnes() {
		this.application.resolvers(new ClientResolver());
		TestSocket socket = start(Custom.class);
		assertThat(received(socket, "custom", "a", "b")).containsExactly("client socket-id", "a", "b");
	}

	private TestSocket start(Class<?> controller) {
		this.application.register(controller).start();
		return this.application.connect();
	}

	private List<@Nullable Object> received(TestSocket socket, String event, @Nullable Object... arguments) {
		Recorder recorder = this.application.bean(Recorder.class);
		recorder.received.clear();
		TestAcknowledgement acknowledgement = socket.send(event, arguments);
		assertThat(acknowledgement.await()).as("answer").isEmpty();
		return new ArrayList<>(recorder.received);
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> refused(TestSocket socket, String event, @Nullable Object... arguments) {
		Recorder recorder = this.application.bean(Recorder.class);
		recorder.received.clear();
		Object answer = socket.send(event, arguments).awaitValue();
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

	@SocketIoController
	static class Positional extends Recorder {

		@SocketIoEvent
		void twoScalars(String room, int limit) {
			received(room, limit);
		}

		@SocketIoEvent
		void message(Message message) {
			received(message);
		}

		@SocketIoEvent
		void generic(List<Message> messages) {
			received(messages);
		}

		@SocketIoEvent
		void nested(Map<String, List<Long>> nested) {
			received(nested);
		}

		@SocketIoEvent
		void array(String[] array) {
			received((Object) array);
		}

		@SocketIoEvent
		void mixed(String first, SocketIoSocket socket, String second) {
			received(first, socket, second);
		}

		@SocketIoEvent
		void bytes(byte[] bytes) {
			received((Object) bytes);
		}

		@SocketIoEvent
		void buffer(ByteBuffer buffer) {
			received(buffer);
		}

		@SocketIoEvent
		void attachment(Attachment attachment) {
			received(attachment);
		}

		@SocketIoEvent
		void node(JsonNode node) {
			received(node);
		}

		@SocketIoEvent
		void optional(Optional<String> text) {
			received(text);
		}

		@SocketIoEvent
		void optionalMessage(Optional<Message> message) {
			received(message);
		}

		@SocketIoEvent
		void nullable(@Nullable String text) {
			received(text);
		}

		@SocketIoEvent
		void picky(Picky picky) {
			received(picky);
		}

	}

	@NullUnmarked
	@SocketIoController
	static class Unmarked extends Recorder {

		@SocketIoEvent
		void unmarked(String text) {
			received(text);
		}

		@SocketIoEvent
		void primitive(int number) {
			received(number);
		}

	}

	@SocketIoController
	static class Converted extends Recorder {

		@SocketIoEvent
		void room(RoomId room) {
			received(room);
		}

		@SocketIoEvent
		void optionalRoom(Optional<RoomId> room) {
			received(room);
		}

	}

	abstract static class Generic<T> extends Recorder {

		@SocketIoEvent
		void payload(List<T> payload) {
			received(payload);
		}

		@SocketIoEvent
		void single(T payload) {
			received(payload);
		}

	}

	@SocketIoController
	static class BoundToDate extends Generic<LocalDate> {

	}

	@SocketIoController
	static class Context extends Recorder {

		@SocketIoEvent
		void everything(SocketIoSocket socket, SocketIoNamespace namespace, SocketIoServer server, Handshake handshake,
				EventArguments arguments, Acknowledgement acknowledgement) {
			received(socket, namespace, server, handshake, arguments, acknowledgement);
			acknowledgement.send();
		}

	}

	@SocketIoController
	static class Lifecycle extends Recorder {

		@OnConnect
		Mono<Void> connected(SocketIoSocket socket, SocketIoNamespace namespace) {
			received(socket, namespace);
			return Mono.empty();
		}

		@OnDisconnect
		Mono<Void> disconnected(SocketIoSocket socket, DisconnectReason reason) {
			received(socket, reason);
			return Mono.empty();
		}

	}

	@SocketIoController
	static class Principals extends Recorder {

		@SocketIoEvent
		void optional(Optional<Principal> principal) {
			received(principal);
		}

		@SocketIoEvent
		void nullable(@Nullable Principal principal) {
			received(principal);
		}

		@SocketIoEvent
		void required(Principal principal) {
			received(principal);
		}

		@SocketIoEvent
		void authentication(Authentication authentication) {
			received(authentication);
		}

		@SocketIoEvent
		void subtype(User user) {
			received(user);
		}

		@SocketIoEvent
		void nullableOther(@Nullable Robot robot) {
			received(robot);
		}

		@SocketIoEvent
		void other(Robot robot) {
			received(robot);
		}

	}

	@SocketIoController
	static class Auths extends Recorder {

		@SocketIoEvent
		void token(@Auth("token") String token) {
			received(token);
		}

		@SocketIoEvent
		void age(@Auth("age") int age) {
			received(age);
		}

		@SocketIoEvent
		void tags(@Auth("tags") List<String> tags) {
			received(tags);
		}

		@SocketIoEvent
		void whole(@Auth Login login) {
			received(login);
		}

		@SocketIoEvent
		void optionalWhole(@Auth Optional<Login> login) {
			received(login);
		}

		@SocketIoEvent
		void map(@Auth Map<String, Object> auth) {
			received(auth);
		}

		@SocketIoEvent
		void absent(@Auth("nothing") @Nullable String nothing, @Auth("nothing") Optional<String> optional) {
			received(nothing, optional);
		}

		@SocketIoEvent
		void besidesPosition(@Auth("token") String token, String first) {
			received(token, first);
		}

		@SocketIoEvent
		void required(@Auth("nothing") int nothing) {
			received(nothing);
		}

		@SocketIoEvent
		void wrong(@Auth("token") int token) {
			received(token);
		}

	}

	@SocketIoController
	static class Custom extends Recorder {

		@SocketIoEvent
		void custom(@Client String client, String first, String second) {
			received(client, first, second);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Client {

	}

	static class ClientResolver implements ArgumentResolver {

		@Override
		public boolean supports(MethodParameter parameter) {
			return parameter.hasParameterAnnotation(Client.class);
		}

		@Override
		public Argument compile(MethodParameter parameter) {
			return (context) -> "client " + context.socket().id();
		}

	}

	record Message(@Nullable String room, @Nullable String text) {

	}

	record Attachment(String name, byte[] data) {

	}

	record RoomId(long number) {

	}

	record Login(String token, int age) {

	}

	record Picky(int length) {

		Picky {
			if (length < 0) {
				throw new IllegalArgumentException("secret of the inside");
			}
		}

	}

	record User(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	record Robot(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

}
