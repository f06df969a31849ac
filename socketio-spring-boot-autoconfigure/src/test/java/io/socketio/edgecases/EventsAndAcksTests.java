package io.socketio.edgecases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.socketio.server.Acknowledgement;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Edge cases of the protocol: events, acknowledgements and modifiers (cases 158 to 171
 * and 176, without acknowledgements of broadcasts).
 */
class EventsAndAcksTests extends ServerCases {

	private static CompletableFuture<EventArguments> ask(SocketIoSocket socket, Object... args) {
		return socket.emitWithAck("ask", args).toFuture();
	}

	private static List<Object> answer(CompletableFuture<EventArguments> future) throws Exception {
		return future.get(10, TimeUnit.SECONDS).toList();
	}

	private static void assertTimesOut(CompletableFuture<EventArguments> future) {
		assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(TimeoutException.class);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("158. event with an id -> ack with that id; the second call is ignored")
	void case158_ack(Wire wire) {
		start((io) -> io.onConnection((socket) -> socket.on("message-with-ack", (args, ack) -> {
			assertThat(ack.requested()).isTrue();
			ack.send(args.toList().toArray());
			ack.send("again");
		})));
		WireClient client = joined(wire);
		assertThat(client.send("2456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]").text())
			.isEqualTo("3456[1,\"2\",{\"3\":[false]}]");
		assertNothingElse(client);
	}

	@Test
	@DisplayName("158. event without an id -> nothing is sent")
	void case158_notRequested() {
		List<Boolean> requested = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> socket.on("x", (args, ack) -> {
			requested.add(ack.requested());
			ack.send("nobody waits");
		})));
		WireClient client = joined().send("2[\"x\"]");
		assertNothingElse(client);
		assertThat(requested).containsExactly(false);
	}

	@Test
	@DisplayName("158. ack from another thread, later, and in a custom namespace")
	void case158_later() {
		List<Acknowledgement> acks = new CopyOnWriteArrayList<>();
		start((io) -> io.of("/admin").onConnection((socket) -> socket.on("x", (args, ack) -> acks.add(ack))));
		WireClient client = webSocket();
		client.connect("/admin", Map.of());
		client.send("2/admin,7[\"x\"]");
		Await.until("the event", () -> acks.size() == 1);
		acks.get(0).send("late");
		assertThat(client.text()).isEqualTo("3/admin,7[\"late\"]");
	}

	@Test
	@DisplayName("158. ack that cannot be written -> error, and a second call still counts")
	void case158_unwritable() {
		List<Acknowledgement> acks = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> socket.on("x", (args, ack) -> acks.add(ack))));
		WireClient client = joined().send("27[\"x\"]");
		Await.until("the event", () -> acks.size() == 1);
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatIllegalArgumentException().isThrownBy(() -> acks.get(0).send(cycle));
		acks.get(0).send("fine");
		assertThat(client.text()).isEqualTo("37[\"fine\"]");
	}

	@Test
	@DisplayName("158. ack after the socket has left the namespace -> still sent (2.9)")
	void case158_afterLeaving() {
		List<Acknowledgement> acks = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> socket.on("x", (args, ack) -> acks.add(ack))));
		WireClient client = joined().send("27[\"x\"]", "1");
		awaitReasons("client namespace disconnect");
		acks.get(0).send();
		assertThat(client.text()).isEqualTo("37[]");
	}

	@Test
	@DisplayName("159. ack without arguments; ack with null; ack with binary")
	void case159_ackArguments() {
		start((io) -> io.onConnection((socket) -> {
			socket.on("nothing", (args, ack) -> ack.send());
			socket.on("null", (args, ack) -> ack.send((Object) null));
			socket.on("binary", (args, ack) -> ack.send("b", new byte[] { 1, 2 }));
		}));
		WireClient client = joined();
		assertThat(client.send("20[\"nothing\"]").text()).isEqualTo("30[]");
		assertThat(client.send("21[\"null\"]").text()).isEqualTo("31[null]");
		assertThat(client.send("22[\"binary\"]").text()).isEqualTo("61-2[\"b\",{\"_placeholder\":true,\"num\":0}]");
		assertThat(client.binary()).containsExactly(1, 2);
	}

	@Test
	@DisplayName("160. ids of emits with ack count from 0 for each namespace, across its sockets")
	void case160_ids() throws Exception {
		start((io) -> recorded(io.of("/other")));
		WireClient first = joined();
		WireClient second = joined();
		first.connect("/other", Map.of());
		Await.until("three sockets", () -> this.sockets.size() == 3);
		CompletableFuture<EventArguments> one = ask(this.sockets.get(0));
		CompletableFuture<EventArguments> two = ask(this.sockets.get(1), "a");
		CompletableFuture<EventArguments> three = ask(this.sockets.get(0));
		CompletableFuture<EventArguments> other = ask(this.sockets.get(2));
		assertThat(first.text()).isEqualTo("20[\"ask\"]");
		assertThat(second.text()).isEqualTo("21[\"ask\",\"a\"]");
		assertThat(first.text()).isEqualTo("22[\"ask\"]");
		assertThat(first.text()).isEqualTo("2/other,0[\"ask\"]");
		first.send("32[\"three\"]", "30[\"one\",2]", "3/other,0[]");
		second.send("31[null]");
		assertThat(answer(one)).containsExactly("one", 2);
		assertThat(answer(two)).containsExactly((Object) null);
		assertThat(answer(three)).containsExactly("three");
		assertThat(answer(other)).isEmpty();
	}

	@Test
	@DisplayName("160. the answer may be binary; that of another socket does not count")
	void case160_binaryAnswer() throws Exception {
		start();
		WireClient client = joined();
		WireClient other = joined();
		CompletableFuture<EventArguments> future = ask(this.sockets.get(0));
		assertThat(client.text()).isEqualTo("20[\"ask\"]");
		other.send("30[\"foreign\"]");
		assertNothingElse(other);
		client.send("61-0[{\"_placeholder\":true,\"num\":0}]").send((byte) 5);
		assertThat((byte[]) answer(future).get(0)).containsExactly(5);
	}

	@Test
	@DisplayName("160. emitWithAck sends on subscription only, anew for each")
	void case160_subscription() {
		start();
		WireClient client = joined();
		Mono<EventArguments> asked = socket().emitWithAck("ask");
		assertNothingElse(client);
		asked.subscribe();
		asked.subscribe();
		assertThat(client.text()).isEqualTo("20[\"ask\"]");
		assertThat(client.text()).isEqualTo("21[\"ask\"]");
	}

	@Test
	@DisplayName("161. no answer within the timeout -> TimeoutException, a late ack is ignored")
	void case161_timeout() {
		start();
		WireClient client = joined();
		CompletableFuture<EventArguments> future = socket().timeout(Duration.ofMillis(50))
			.emitWithAck("ask")
			.toFuture();
		assertThat(client.text()).isEqualTo("20[\"ask\"]");
		assertTimesOut(future);
		client.send("30[\"late\"]");
		assertNothingElse(client);
	}

	@Test
	@DisplayName("161. answered within the timeout -> the answer, the second ack is ignored")
	void case161_inTime() throws Exception {
		start();
		WireClient client = joined();
		CompletableFuture<EventArguments> future = socket().timeout(Duration.ofSeconds(10))
			.emitWithAck("ask")
			.toFuture();
		assertThat(client.text()).isEqualTo("20[\"ask\"]");
		client.send("30[\"first\"]", "30[\"second\"]");
		assertThat(answer(future)).containsExactly("first");
		assertNothingElse(client);
	}

	@Test
	@DisplayName("162. timeout of zero -> error even if the client answers")
	void case162_zero() {
		start();
		WireClient client = joined();
		CompletableFuture<EventArguments> future = socket().timeout(Duration.ZERO).emitWithAck("ask").toFuture();
		assertThat(client.text()).isEqualTo("20[\"ask\"]");
		client.send("30[\"at once\"]");
		assertTimesOut(future);
		assertNothingElse(client);
	}

	@Test
	@DisplayName("166. client disconnects before it answers -> error after the default timeout (reference: never)")
	void case166_disconnected() {
		start(TestServer.builder().ackTimeout(Duration.ofMillis(100)), (io) -> {
		});
		WireClient client = joined();
		CompletableFuture<EventArguments> future = ask(socket());
		assertThat(client.text()).isEqualTo("20[\"ask\"]");
		client.leave();
		awaitReasons("transport close");
		assertTimesOut(future);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" })
	@DisplayName("167. reserved names are refused on emit, for socket, namespace, server and operators")
	void case167_reservedNames(String name) {
		start((io) -> io.of("/other"));
		WireClient client = joined();
		assertThatIllegalArgumentException().isThrownBy(() -> socket().emit(name)).withMessageContaining(name);
		assertThatIllegalArgumentException().isThrownBy(() -> io().emit(name));
		assertThatIllegalArgumentException().isThrownBy(() -> io().of("/other").emit(name));
		assertThatIllegalArgumentException().isThrownBy(() -> io().to("room").emit(name));
		assertThatIllegalArgumentException().isThrownBy(() -> socket().broadcast().emit(name));
		assertThatIllegalArgumentException().isThrownBy(() -> socket().volatileEvents().emit(name));
		assertThatIllegalArgumentException().isThrownBy(() -> socket().emitWithAck(name).block(Duration.ofSeconds(5)));
		assertNothingElse(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "error", "connection", "message", "" })
	@DisplayName("167. other names are allowed")
	void case167_otherNames(String name) {
		start();
		WireClient client = joined();
		socket().emit(name, 1);
		assertThat(client.text()).isEqualTo("2[\"" + name + "\",1]");
	}

	private void startWithVolatile() {
		start((io) -> io.onConnection((socket) -> {
			socket.on("normal then volatile", (args, ack) -> {
				socket.emit("normal");
				socket.volatileEvents().emit("volatile");
			});
			socket.on("two volatile", (args, ack) -> {
				socket.volatileEvents().emit("volatile", 1);
				socket.volatileEvents().emit("volatile", 2);
			});
			socket.on("two volatile broadcasts", (args, ack) -> {
				io.volatileEvents().emit("volatile", 1);
				io.volatileEvents().emit("volatile", 2);
			});
			socket.on("binary", (args, ack) -> {
				socket.volatileEvents().emit("volatile", new byte[] { 1 }, new byte[] { 2 });
				socket.volatileEvents().emit("volatile", new byte[] { 3 }, new byte[] { 4 });
			});
		}));
	}

	@Test
	@DisplayName("168. volatile right behind a normal emit -> dropped; of two volatile one (WebSocket)")
	void case168_webSocket() {
		startWithVolatile();
		WireClient client = joined();
		assertThat(client.send("2[\"normal then volatile\"]").text()).isEqualTo("2[\"normal\"]");
		assertNothingElse(client);
		assertThat(client.send("2[\"two volatile\"]").text()).isEqualTo("2[\"volatile\",1]");
		assertNothingElse(client);
		assertThat(client.send("2[\"two volatile broadcasts\"]").text()).isEqualTo("2[\"volatile\",1]");
		assertNothingElse(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "normal then volatile,2[\"normal\"]", "two volatile,2[\"volatile\",1]",
			"two volatile broadcasts,2[\"volatile\",1]" })
	@DisplayName("168. the same on long-polling with a pending poll")
	void case168_polling(String row) {
		startWithVolatile();
		PollingClient client = joinedPolling();
		int comma = row.indexOf(',');
		RawHttp poll = pendingPoll(client);
		client.push("42[\"" + row.substring(0, comma) + "\"]");
		assertThat(poll.read().text()).isEqualTo("4" + row.substring(comma + 1));
		client.push("429[\"marker\"]");
		assertThat(client.poll().text()).isEqualTo("439[]");
	}

	@Test
	@DisplayName("169. volatile on an idle connection -> delivered (WebSocket, and polling with a pending poll)")
	void case169_idle() {
		start();
		WireClient client = joined();
		socket().volatileEvents().emit("x", 1);
		assertThat(client.text()).isEqualTo("2[\"x\",1]");
		client.leave();
		awaitReasons("transport close");
		PollingClient polling = joinedPolling();
		RawHttp poll = pendingPoll(polling);
		latestSocket().volatileEvents().emit("x", 2);
		assertThat(poll.read().text()).isEqualTo("42[\"x\",2]");
	}

	@Test
	@DisplayName("169. volatile on polling without a pending poll -> dropped")
	void case169_noPoll() {
		start();
		PollingClient polling = joinedPolling();
		socket().volatileEvents().emit("x", 1);
		io().volatileEvents().emit("x", 2);
		io().to(socket().id()).volatileEvents().emit("x", 3);
		socket().emit("y");
		assertThat(polling.poll().text()).isEqualTo("42[\"y\"]");
	}

	@Test
	@DisplayName("170. volatile binary -> all frames or none")
	void case170_binary() {
		startWithVolatile();
		WireClient client = joined().send("2[\"binary\"]");
		assertThat(client.text()).startsWith("52-[\"volatile\",");
		assertThat(client.binary()).containsExactly(1);
		assertThat(client.binary()).containsExactly(2);
		assertNothingElse(client);
	}

	@Test
	@DisplayName("171. compress(false) marks packets; a payload with one compressible packet is compressed")
	void case171_compress() {
		List<String> compressed = new CopyOnWriteArrayList<>();
		start(TestServer.builder().web(new WebOptions(null, (exchange, payload) -> {
			compressed.add(new String(payload));
			return payload;
		}, -1)), (io) -> {
		});
		PollingClient client = joinedPolling();
		compressed.clear();
		socket().compress(false).emit("a");
		io().compress(false).emit("b");
		socket().broadcast().compress(false).emit("c");
		assertThat(client.poll().text()).isEqualTo("42[\"a\"]\u001e42[\"b\"]");
		assertThat(compressed).isEmpty();
		socket().compress(false).emit("d");
		io().compress(true).emit("e");
		String payload = "42[\"d\"]\u001e42[\"e\"]";
		assertThat(client.poll().text()).isEqualTo(payload);
		assertThat(compressed).containsExactly(payload);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("176. emit after the connection is closed -> nothing, no error")
	void case176_afterClose(Wire wire) {
		start();
		joined(wire).leave();
		awaitReasons("transport close");
		socket().emit("x");
		socket().volatileEvents().emit("x");
		socket().broadcast().emit("x");
		socket().disconnect();
		socket().disconnect(true);
		assertThat(socket().connected()).isFalse();
		assertThat(this.reasons).hasSize(1);
	}

	@Test
	@DisplayName("176. emit after disconnect() with the connection open -> nothing is sent")
	void case176_afterDisconnect() {
		start((io) -> recorded(io.of("/other")));
		WireClient client = joined();
		client.connect("/other", Map.of());
		this.sockets.get(0).disconnect();
		this.sockets.get(0).emit("x");
		assertThat(client.text()).isEqualTo("1");
		assertThat(client.send("2/other,5[\"marker\"]").text()).isEqualTo("3/other,5[]");
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("4.2 of the design: events, acks and the disconnect keep the order of the thread")
	void order(Wire wire) {
		start((io) -> io.onConnection((socket) -> socket.on("go", (args, ack) -> new Thread(() -> {
			for (int i = 0; i < 1000; i += 2) {
				socket.emit("n", i);
				io.emit("n", i + 1);
			}
			ack.send("done");
			socket.emit("last");
			socket.disconnect();
			socket.emit("too late");
		}).start())));
		WireClient client = joined(wire).send("21[\"go\"]");
		for (int i = 0; i < 1000; i++) {
			assertThat(client.text()).isEqualTo("2[\"n\"," + i + "]");
		}
		assertThat(client.text()).isEqualTo("31[\"done\"]");
		assertThat(client.text()).isEqualTo("2[\"last\"]");
		assertThat(client.text()).isEqualTo("1");
		client.connect();
		assertNothingElse(client);
	}

	@Test
	@DisplayName("2.8: several listeners of an event are called in the order of registration, also after one failed")
	void listeners() {
		List<String> calls = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> {
			socket.on("x", (args, ack) -> calls.add("first " + args.get(0)));
			socket.on("x", (args, ack) -> calls.add("second " + args.size()));
			socket.on("fails", (args, ack) -> {
				throw new IllegalStateException("of the test");
			});
		}));
		WireClient client = joined().send("2[\"fails\"]", "27[\"fails\"]", "2[\"x\",\"a\",2]");
		String error = "{\"status\":\"error\",\"message\":\"Internal server error\"}";
		assertThat(client.text()).isEqualTo("2[\"exception\"," + error + "]");
		assertThat(client.text()).isEqualTo("37[" + error + "]");
		assertNothingElse(client);
		assertThat(calls).containsExactly("first a", "second 2");
		assertThat(this.reasons).isEmpty();
	}

}
