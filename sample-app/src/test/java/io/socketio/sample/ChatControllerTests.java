package io.socketio.sample;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;

import io.socketio.test.SocketIoTester;
import io.socketio.test.TestArguments;
import io.socketio.test.TestSocket;
import io.socketio.test.autoconfigure.SocketIoTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The controller and the rooms behind it, without the rest of the sample. Each test has a
 * room of its own.
 */
@SocketIoTest(controllers = ChatController.class,
		properties = { "chat.away-for=1s", "chat.sweep-interval=100ms",
				"chat.rooms=talk,typing,history,other,presence,recovery,limits" })
@Import(ChatService.class)
@EnableConfigurationProperties(ChatProperties.class)
class ChatControllerTests {

	private static final ParameterizedTypeReference<List<Member>> MEMBERS = new ParameterizedTypeReference<>() {
	};

	@Autowired
	private SocketIoTester tester;

	@Test
	void whatIsSaidReachesTheOthersOnce() {
		try (TestSocket ana = enter("talk", "Ana"); TestSocket ben = enter("talk", "Ben")) {
			Receipt receipt = say(ana, "1", "hello").as(Receipt.class);
			assertThat(receipt.id()).isEqualTo("1");
			ChatMessage message = ben.expect("message", ChatMessage.class);
			assertThat(message.text()).isEqualTo("hello");
			assertThat(message.name()).isEqualTo("Ana");
			assertThat(message.time()).isEqualTo(receipt.time());

			ben.emit("received", List.of("1"));
			assertThat(ana.expect("delivered", String.class)).isEqualTo("1");

			assertThat(say(ana, "1", "hello").as(Receipt.class)).isEqualTo(receipt);
			ben.expectNoEvent("message");
			ana.expectNoEvent("message");
		}
	}

	@Test
	void typingIsToldToTheOthers() {
		try (TestSocket ana = enter("typing", "Ana"); TestSocket ben = enter("typing", "Ben")) {
			ana.emit("typing", true);
			assertThat(ben.expect("typing", Typing.class)).isEqualTo(new Typing(ana.id(), "Ana", true));
		}
	}

	@Test
	void whoComesLaterSeesTheHistoryOfTheRoom() {
		try (TestSocket ana = enter("history", "Ana"); TestSocket ben = enter("history", "Ben")) {
			say(ana, "1", "hello");
			ben.emit("join", "other");
			assertThat(ben.expect("room", RoomView.class).messages()).isEmpty();
			ben.emit("join", "history");
			RoomView room = ben.expect("room", RoomView.class);
			assertThat(room.room()).isEqualTo("history");
			assertThat(room.messages()).extracting(ChatMessage::text).containsExactly("hello");
		}
	}

	@Test
	void whoIsCutIsAwayAndThenGone() {
		try (TestSocket ana = enter("presence", "Ana"); TestSocket ben = enter("presence", "Ben")) {
			Member present = new Member(ana.id(), "Ana", false);
			assertThat(ana.expect("presence", MEMBERS)).containsExactly(present);
			assertThat(ana.expect("presence", MEMBERS)).containsExactly(present, new Member(ben.id(), "Ben", false));
			ben.cut();
			assertThat(ana.expect("presence", MEMBERS)).containsExactly(present, new Member(ben.id(), "Ben", true));
			assertThat(ana.expect("presence", MEMBERS)).containsExactly(present);
		}
	}

	@Test
	void whoComesBackHasMissedNothing() {
		try (TestSocket ana = enter("recovery", "Ana"); TestSocket ben = enter("recovery", "Ben")) {
			ben.cut();
			say(ana, "1", "are you there?");
			say(ana, "2", "hello?");
			assertThat(ben.reconnect().recovered()).isTrue();
			assertThat(ben.expect("message", ChatMessage.class).id()).isEqualTo("1");
			assertThat(ben.expect("message", ChatMessage.class).id()).isEqualTo("2");
			assertThat(say(ben, "3", "back again").as(Receipt.class).id()).isEqualTo("3");
			assertThat(ana.expect("message", ChatMessage.class).name()).isEqualTo("Ben");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1001 })
	void textThatDoesNotFitIsRefused(int length) {
		try (TestSocket ana = enter("limits", "Ana")) {
			assertThat(say(ana, "1", "x".repeat(length)).toList())
				.containsExactly(Map.of("status", "error", "message", "Invalid message", "errors",
						List.of(Map.of("field", "text", "reason", "must have 1 to 1000 characters"))));
			assertThat(say(ana, "1", "x".repeat(1000)).as(Receipt.class).id()).isEqualTo("1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "a name of more than 24 characters", "two\nlines" })
	void nameThatDoesNotFitIsRefused(String name) {
		assertThat(this.tester.auth(Map.of("name", name)).expectConnectError().message())
			.isEqualTo("A name has 1 to 24 characters.");
	}

	private TestSocket enter(String room, String name) {
		TestSocket socket = this.tester.auth(Map.of("name", name, "room", room)).connect();
		assertThat(socket.expect("room", RoomView.class).room()).isEqualTo(room);
		return socket;
	}

	private static TestArguments say(TestSocket socket, String id, String text) {
		return socket.emitWithAck("message", new NewMessage(id, text));
	}

}
