package io.socketio.sample;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.socketio.sample.Emits.Emit;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ChatServiceTests {

	private final Emits emits = new Emits();

	private final ChatService chat = chat(Duration.ofMinutes(2));

	@Test
	void whoEntersSeesTheRoomAndIsSeen() {
		SocketIoSocket ana = enter("a", "Ana");
		this.chat.say(ana, "1", "hello");
		this.emits.take();
		enter("b", "Ben");
		List<Emit> emitted = this.emits.take();
		assertThat(emitted).extracting(Emit::target).containsExactly("b", "to lobby");
		assertThat(emitted.get(0).argument()).isInstanceOfSatisfying(RoomView.class, (view) -> {
			assertThat(view.room()).isEqualTo("lobby");
			assertThat(view.rooms()).containsExactly("lobby", "garden");
			assertThat(view.members()).extracting(Member::name).containsExactly("Ana", "Ben");
			assertThat(view.messages()).extracting(ChatMessage::text).containsExactly("hello");
		});
		assertThat(emitted.get(1)).isEqualTo(presence(online("a", "Ana"), online("b", "Ben")));
	}

	@Test
	void aRoomThatIsUnknownIsTheEntrance() {
		SocketIoSocket ana = this.emits.socket("a");
		this.chat.introduce(ana, "Ana");
		this.chat.arrive(ana, "cellar");
		assertThat(ana.rooms()).containsExactlyInAnyOrder("a", "lobby");
	}

	@Test
	void whoMovesIsInTheNewRoomOnly() {
		SocketIoSocket ana = enter("a", "Ana");
		this.emits.take();
		this.chat.move(ana, "garden");
		assertThat(ana.rooms()).containsExactlyInAnyOrder("a", "garden");
		assertThat(this.emits.take()).extracting(Emit::target, Emit::event)
			.containsExactly(tuple("to lobby", "presence"), tuple("a", "room"), tuple("to garden", "presence"));
	}

	@Test
	void aMessageGoesToTheOthersInTheRoom() {
		SocketIoSocket ana = enter("a", "Ana");
		this.emits.take();
		Receipt receipt = this.chat.say(ana, "1", "hello");
		assertThat(receipt.id()).isEqualTo("1");
		assertThat(this.emits.take()).containsExactly(new Emit("to lobby but a", "message",
				new ChatMessage("1", "a", "Ana", "hello", receipt.time(), false)));
	}

	@Test
	void aMessageThatIsSentAgainIsStoredAndToldOnce() {
		SocketIoSocket ana = enter("a", "Ana");
		Receipt first = this.chat.say(ana, "1", "hello");
		this.emits.take();
		assertThat(this.chat.say(ana, "1", "hello")).isEqualTo(first);
		assertThat(this.emits.take()).isEmpty();
		assertThat(history()).hasSize(1);
	}

	@Test
	void theHistoryKeepsTheNewest() {
		SocketIoSocket ana = enter("a", "Ana");
		IntStream.rangeClosed(1, 5).forEach((number) -> this.chat.say(ana, "id-" + number, "text-" + number));
		assertThat(history()).extracting(ChatMessage::id).containsExactly("id-3", "id-4", "id-5");
	}

	@Test
	void theAuthorIsToldOnceThatAMessageHasArrived() {
		SocketIoSocket ana = enter("a", "Ana");
		SocketIoSocket ben = enter("b", "Ben");
		SocketIoSocket cleo = enter("c", "Cleo");
		this.chat.say(ana, "1", "hello");
		this.emits.take();
		this.chat.receive(ana, List.of("1"));
		this.chat.receive(ben, List.of("1", "unknown"));
		this.chat.receive(cleo, List.of("1"));
		assertThat(this.emits.take()).containsExactly(new Emit("to a", "delivered", "1"));
		assertThat(history()).extracting(ChatMessage::delivered).containsExactly(true);
	}

	@Test
	void typingIsVolatile() {
		SocketIoSocket ana = enter("a", "Ana");
		this.emits.take();
		this.chat.type(ana, true);
		assertThat(this.emits.take())
			.containsExactly(new Emit("volatileEvents to lobby but a", "typing", new Typing("a", "Ana", true)));
	}

	@Test
	void whoIsLostIsAwayAndBackWhenRecovered() {
		SocketIoSocket ana = enter("a", "Ana");
		this.emits.take();
		this.chat.depart(ana, true);
		assertThat(this.emits.take()).containsExactly(presence(new Member("a", "Ana", true)));
		this.chat.forgetLost();
		this.chat.arrive(this.emits.recovered(ana), "garden");
		assertThat(this.emits.take()).containsExactly(presence(online("a", "Ana")));
	}

	@Test
	void theEndOfAnOldConnectionIsNotTheEndOfARecoveredOne() {
		SocketIoSocket ana = enter("a", "Ana");
		this.chat.arrive(this.emits.recovered(ana), "lobby");
		this.emits.take();
		this.chat.depart(ana, true);
		this.chat.depart(ana, false);
		assertThat(this.emits.take()).isEmpty();
	}

	@Test
	void whoIsLostForTooLongHasLeft() {
		ChatService impatient = chat(Duration.ofNanos(-1));
		SocketIoSocket ana = enter(impatient, "a", "Ana");
		SocketIoSocket ben = enter(impatient, "b", "Ben");
		impatient.depart(ana, true);
		this.emits.take();
		impatient.forgetLost();
		assertThat(this.emits.take()).containsExactly(presence(online("b", "Ben")));
		impatient.forgetLost();
		assertThat(this.emits.take()).isEmpty();
		impatient.arrive(this.emits.recovered(ana), "lobby");
		assertThat(this.emits.take()).containsExactly(presence(online("b", "Ben"), online("a", "Ana")));
		assertThat(ben.rooms()).contains("lobby");
	}

	@Test
	void whoLeavesIsGoneAtOnce() {
		SocketIoSocket ana = enter("a", "Ana");
		enter("b", "Ben");
		this.emits.take();
		this.chat.depart(ana, false);
		assertThat(this.emits.take()).containsExactly(presence(online("b", "Ben")));
	}

	@Test
	void whoComesAsNewTakesTheSeatOfThatNameWhichIsAway() {
		SocketIoSocket ana = enter("a", "Ana");
		this.chat.depart(ana, true);
		this.emits.take();
		enter("n", "Ana");
		assertThat(this.emits.take()).contains(presence(online("n", "Ana")));
	}

	@Test
	void aSocketLostBeforeItWasInTheRoomEntersWhenRecovered() {
		SocketIoSocket ana = this.emits.socket("a");
		this.chat.introduce(ana, "Ana");
		this.chat.arrive(this.emits.recovered(ana), "garden");
		assertThat(this.emits.take()).extracting(Emit::target, Emit::event)
			.containsExactly(tuple("a", "room"), tuple("to garden", "presence"));
	}

	private ChatService chat(Duration awayFor) {
		return new ChatService(new ChatProperties(List.of("lobby", "garden"), 3, awayFor), this.emits.server());
	}

	private SocketIoSocket enter(String id, String name) {
		return enter(this.chat, id, name);
	}

	private SocketIoSocket enter(ChatService service, String id, String name) {
		SocketIoSocket socket = this.emits.socket(id);
		service.introduce(socket, name);
		service.arrive(socket, "lobby");
		return socket;
	}

	private List<ChatMessage> history() {
		this.emits.take();
		enter("reader", "Reader");
		return ((RoomView) this.emits.take().get(0).argument()).messages();
	}

	private static Emit presence(Member... members) {
		return new Emit("to lobby", "presence", List.of(members));
	}

	private static Member online(String id, String name) {
		return new Member(id, name, false);
	}

}
