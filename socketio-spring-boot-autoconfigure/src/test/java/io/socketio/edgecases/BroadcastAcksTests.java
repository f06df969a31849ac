package io.socketio.edgecases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import io.socketio.server.EventArguments;
import io.socketio.server.RemoteSocket;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: acknowledgements of broadcasts (163 to 165) and
 * fetchSockets (193).
 */
class BroadcastAcksTests extends ServerCases {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private List<WireClient> three() {
		List<WireClient> clients = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			clients.add(joined());
		}
		return clients;
	}

	private static List<Object> first(List<EventArguments> answers) {
		return answers.stream().map((answer) -> answer.get(0)).toList();
	}

	@Test
	@DisplayName("163. three clients -> three responses in the order of arrival")
	void case163_all() {
		start();
		List<WireClient> clients = three();
		StepVerifier.create(io().emitWithAck("q", 1)).then(() -> {
			for (WireClient client : clients) {
				assertThat(client.text()).isEqualTo("20[\"q\",1]");
			}
			clients.get(2).send("30[\"third\",\"more\"]");
		})
			.assertNext((answer) -> assertThat(answer.toList()).containsExactly("third", "more"))
			.then(() -> clients.get(0).send("30[\"first\"]"))
			.assertNext((answer) -> assertThat(answer.get(0)).isEqualTo("first"))
			.then(() -> clients.get(1).send("30[\"second\"]"))
			.assertNext((answer) -> assertThat(answer.get(0)).isEqualTo("second"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	@DisplayName("163. one is silent -> the responses, then TimeoutException; entries are removed")
	void case163_timeout() {
		start();
		List<WireClient> clients = three();
		StepVerifier.create(io().timeout(Duration.ofMillis(300)).emitWithAck("q"))
			.then(() -> clients.subList(0, 2).forEach((client) -> client.send("30[1]")))
			.expectNextCount(2)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TimeoutException.class)
				.hasMessageContaining("1 acknowledgements are missing"))
			.verify(LIMIT);
		clients.get(2).send("30[\"late\"]");
		clients.get(2).text();
		assertNothingElse(clients.get(2));
	}

	@Test
	@DisplayName("163. rooms and exclusions hold; the id is common and counts on")
	void case163_rooms() {
		start();
		List<WireClient> clients = three();
		this.sockets.get(0).join("room");
		this.sockets.get(1).join("room");
		Flux<EventArguments> answers = io().to("room").except(this.sockets.get(1).id()).emitWithAck("q");
		StepVerifier.create(answers.collectList()).then(() -> {
			assertThat(clients.get(0).text()).isEqualTo("20[\"q\"]");
			clients.get(0).send("30[\"a\"]", "30[\"again\"]");
		}).assertNext((list) -> assertThat(first(list)).containsExactly("a")).expectComplete().verify(LIMIT);
		assertNothingElse(clients.get(1));
		assertNothingElse(clients.get(2));
		Disposable next = this.sockets.get(0).emitWithAck("next").subscribe();
		assertThat(clients.get(0).text()).isEqualTo("21[\"next\"]");
		next.dispose();
	}

	@Test
	@DisplayName("163. timeout of zero -> error even if all answer")
	void case163_zero() {
		start();
		WireClient client = joined();
		StepVerifier.create(io().timeout(Duration.ZERO).emitWithAck("q"))
			.expectError(TimeoutException.class)
			.verify(LIMIT);
		client.text();
		client.send("30[1]");
		assertNothingElse(client);
	}

	@Test
	@DisplayName("163. with recovery a client whose connection breaks gets the event again, and answers")
	void case163_recovered() {
		start(TestServer.builder().recovery(), (io) -> {
		});
		List<WireClient> clients = three();
		List<EventArguments> answers = new ArrayList<>();
		StepVerifier.create(io().emitWithAck("q").doOnNext(answers::add)).then(() -> {
			clients.forEach((client) -> assertThat(client.text()).isEqualTo("20[\"q\"]"));
			clients.get(0).send("30[\"a\"]");
			clients.get(1).send("30[\"b\"]");
			clients.get(2).leave();
			awaitReasons("transport close");
		}).expectNextCount(2).then(() -> {
			WireClient back = webSocket().sendConnect("/", clients.get(2).recovery());
			assertThat(back.text()).isEqualTo("20[\"q\"]");
			back.reply("/", true);
			back.send("30[\"c\"]");
		}).expectNextCount(1).expectComplete().verify(LIMIT);
		assertThat(first(answers)).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	@DisplayName("164. empty room -> completes at once without a response")
	void case164_nobody() {
		start();
		joined();
		StepVerifier.create(io().to("nobody").emitWithAck("q")).expectComplete().verify(LIMIT);
	}

	@Test
	@DisplayName("165. client answers [] -> a response without arguments")
	void case165_emptyAnswer() {
		start();
		WireClient client = joined();
		StepVerifier.create(io().emitWithAck("q")).then(() -> {
			client.text();
			client.send("30[]");
		}).assertNext((answer) -> {
			assertThat(answer.size()).isZero();
			assertThat(answer.get(0)).isNull();
		}).expectComplete().verify(LIMIT);
	}

	@Test
	@DisplayName("167. reserved names are refused as an error signal")
	void case167_reserved() {
		start();
		StepVerifier.create(io().emitWithAck("disconnect")).expectError(IllegalArgumentException.class).verify(LIMIT);
	}

	@Test
	@DisplayName("193. fetchSockets with and without a room filter")
	void case193_fetchSockets() {
		start();
		List<WireClient> clients = three();
		SocketIoSocket second = this.sockets.get(1);
		second.join("room");
		second.data().put("player", new Player("Ada", 3));
		assertThat(fetch(io().fetchSockets())).containsExactlyInAnyOrderElementsOf(this.sockets);
		assertThat(fetch(io().local().in("room").fetchSockets())).containsExactly(second);
		assertThat(fetch(io().except("room").fetchSockets())).hasSize(2).doesNotContain(second);
		assertThat(fetch(io().in("nobody").fetchSockets())).isEmpty();
		RemoteSocket remote = fetch(io().in("room").fetchSockets()).get(0);
		assertThat(remote.rooms()).containsExactly(second.id(), "room");
		assertThat(remote.handshake().auth()).isEmpty();
		assertThat(remote.data("player", Player.class)).isEqualTo(new Player("Ada", 3));
		assertThat(remote.data("nothing", Player.class)).isNull();
		remote.data().put("player", Map.of("name", "Bob", "level", 4));
		assertThat(remote.data("player", Player.class)).isEqualTo(new Player("Bob", 4));
		remote.emit("hello");
		assertThat(clients.get(1).text()).isEqualTo("2[\"hello\"]");
		remote.leave("room");
		remote.join("other");
		assertThat(second.rooms()).containsExactly(second.id(), "other");
		remote.disconnect();
		assertThat(clients.get(1).text()).isEqualTo("1");
		assertThat(fetch(io().fetchSockets())).hasSize(2);
	}

	private static List<RemoteSocket> fetch(Flux<RemoteSocket> sockets) {
		return sockets.collectList().block(LIMIT);
	}

	record Player(String name, int level) {

	}

}
