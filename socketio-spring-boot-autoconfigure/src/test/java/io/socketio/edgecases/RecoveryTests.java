package io.socketio.edgecases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.TestOptions;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireClient.Reply;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Edge cases of the protocol: connection state recovery (cases 195 to 206, 216 to 218,
 * 221, 222 and 224). Those where the reference fails are in {@link RecoveryPromiseTests}.
 */
class RecoveryTests extends RecoveryCases {

	private static final String OFFSET = "\"[A-Za-z0-9_-]{12}\"";

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("195. recovery on: the CONNECT reply has a pid, another secret than the sids")
	void case195_pid(Wire wire) {
		start();
		WireClient client = open(wire);
		Reply reply = client.connect();
		assertThat(reply.sid()).hasSize(20).isNotEqualTo(client.engineId());
		assertThat(reply.pid()).hasSize(20).isNotEqualTo(client.engineId()).isNotEqualTo(reply.sid());
	}

	@Test
	@DisplayName("195. recovery off: no pid, no offset, pid and offset of the client are just data")
	void case195_off() {
		start(TestServer.builder().store(this.store), (io) -> {
		});
		WireClient client = webSocket();
		assertThat(client.send("0{\"pid\":\"a\",\"offset\":\"b\"}").text()).matches("0\\{\"sid\":\"[^\"]+\"}");
		assertThat(socket().handshake().auth()).isEqualTo(Map.of("pid", "a", "offset", "b"));
		socket().emit("x", 1);
		assertThat(client.text()).isEqualTo("2[\"x\",1]");
		client.leave();
		awaitReasons("transport close");
		assertThat(this.store.claims).isEmpty();
		assertThat(this.store.saved).isEmpty();
	}

	@Test
	@DisplayName("196. events have an extra last string argument of fixed width")
	void case196_offset() {
		start((io) -> recorded(io.of("/other")));
		WireClient client = joined();
		client.connect("/other", Map.of());
		Await.until("both", () -> this.sockets.size() == 2);
		socket().join("room");
		socket().emit("x", 1);
		socket().emit("x");
		io().emit("x", "text");
		io().to("room").compress(false).emit("x", Map.of("a", 1));
		io().local().emit("x", List.of());
		io().of("/other").emit("x", 2);
		socket().emit("x", new byte[] { 1 });
		assertThat(client.text()).matches("2\\[\"x\",1," + OFFSET + "]");
		assertThat(client.text()).matches("2\\[\"x\"," + OFFSET + "]");
		assertThat(client.text()).matches("2\\[\"x\",\"text\"," + OFFSET + "]");
		assertThat(client.text()).matches("2\\[\"x\",\\{\"a\":1}," + OFFSET + "]");
		assertThat(client.text()).matches("2\\[\"x\",\\[]," + OFFSET + "]");
		assertThat(client.text()).matches("2/other,\\[\"x\",2," + OFFSET + "]");
		assertThat(client.text()).matches("51-\\[\"x\",\\{\"_placeholder\":true,\"num\":0}," + OFFSET + "]");
		assertThat(client.binary()).containsExactly(1);
	}

	@Test
	@DisplayName("196. events with an ack, and acks, have no offset")
	void case196_noOffset() {
		start();
		WireClient client = joined();
		socket().emitWithAck("ask", 1).subscribe();
		assertThat(client.text()).isEqualTo("20[\"ask\",1]");
		assertThat(client.send("27[\"marker\"]").text()).isEqualTo("37[]");
	}

	@Test
	@DisplayName("196. a broadcast has one offset for all; no two events have the same")
	void case196_uniqueOffsets() {
		start();
		WireClient first = joined();
		WireClient second = joined();
		Set<String> offsets = new HashSet<>();
		for (int i = 0; i < 300; i++) {
			io().emit("x", i);
			String offset = first.event().offset();
			assertThat(second.event().offset()).isEqualTo(offset);
			assertThat(offsets.add(offset)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("197. missed broadcast, room and direct events in the order of emission, then 40 with same sid and pid")
	void case197_missedEvents(Wire wire) {
		start();
		WireClient client = joinedWithOffset();
		SocketIoSocket socket = latestSocket();
		socket.join("room");
		drop(client);
		io().emit("broadcast", 1);
		io().to("room").emit("room", 2);
		socket.emit("direct", 3);
		io().to("room", socket.id()).emit("both", 4);
		io().emit("broadcast", 5);
		WireClient back = open(wire);
		back.sendConnect("/", client.recovery());
		assertThat(back.text()).matches("2\\[\"broadcast\",1," + OFFSET + "]");
		assertThat(back.text()).matches("2\\[\"room\",2," + OFFSET + "]");
		assertThat(back.text()).matches("2\\[\"direct\",3," + OFFSET + "]");
		assertThat(back.text()).matches("2\\[\"both\",4," + OFFSET + "]");
		assertThat(back.text()).matches("2\\[\"broadcast\",5," + OFFSET + "]");
		assertThat(back.text())
			.isEqualTo("0{\"sid\":\"" + socket.id() + "\",\"pid\":\"" + client.recovery().get("pid") + "\"}");
		assertNothingElse(back);
	}

	@Test
	@DisplayName("197. missed events over long-polling come in one payload, the reply last")
	void case197_polling() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("x", 1);
		io().emit("x", 2);
		PollingClient polling = PollingClient.open(port());
		polling.push("40{\"pid\":\"" + client.recovery().get("pid") + "\",\"offset\":\""
				+ client.recovery().get("offset") + "\"}");
		assertThat(polling.poll().text()).matches("42\\[\"x\",1," + OFFSET + "]\u001e42\\[\"x\",2," + OFFSET
				+ "]\u001e40\\{\"sid\":\"[^\"]+\",\"pid\":\"[^\"]+\"}");
	}

	@Test
	@DisplayName("197. what the connection handler emits comes behind the reply")
	void case197_connectionHandler() {
		start((io) -> io.onConnection((socket) -> socket.emit("welcome", socket.recovered())));
		WireClient client = joined();
		assertThat(client.event()).hasToString("welcome[false]");
		drop(client);
		io().emit("missed");
		Return back = comeBack(client).recovered("missed[]");
		assertThat(back.client().event()).hasToString("welcome[true]");
	}

	@Test
	@DisplayName("198. events to other rooms, with except and volatile are not replayed")
	void case198_notReplayed() {
		start();
		WireClient client = joinedWithOffset();
		SocketIoSocket socket = latestSocket();
		socket.join("room", "room2");
		drop(client);
		io().to("other").emit("other room");
		io().except(socket.id()).emit("except id");
		io().except("room").emit("except room");
		io().to("room").except("room2").emit("room except room");
		socket.broadcast().emit("not the sender");
		io().volatileEvents().emit("volatile");
		socket.volatileEvents().emit("volatile");
		io().of("/").except("unknown").emit("replayed");
		comeBack(client).recovered("replayed[]");
	}

	@Test
	@DisplayName("198. events with an ack that is pending -> sent again in order, same id, no offset (reference loses them)")
	void case198_pendingAcks() throws Exception {
		start();
		WireClient client = joinedWithOffset();
		CompletableFuture<EventArguments> pending = socket().emitWithAck("pending").toFuture();
		assertThat(client.text()).isEqualTo("20[\"pending\"]");
		CompletableFuture<EventArguments> answered = socket().emitWithAck("answered").toFuture();
		assertThat(client.text()).isEqualTo("21[\"answered\"]");
		client.send("31[\"before the break\"]");
		assertThat(answered.get(10, TimeUnit.SECONDS).toList()).containsExactly("before the break");
		drop(client);
		io().emit("missed", 1);
		CompletableFuture<EventArguments> away = socket().emitWithAck("away").toFuture();
		io().emit("missed", 2);
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		assertThat(back.text()).isEqualTo("20[\"pending\"]");
		assertThat(back.text()).startsWith("2[\"missed\",1,");
		assertThat(back.text()).isEqualTo("22[\"away\"]");
		assertThat(back.text()).startsWith("2[\"missed\",2,");
		assertThat(back.text()).startsWith("0{");
		back.send("32[\"b\"]", "30[\"a\"]");
		assertThat(pending.get(10, TimeUnit.SECONDS).toList()).containsExactly("a");
		assertThat(away.get(10, TimeUnit.SECONDS).toList()).containsExactly("b");
		assertNothingElse(back);
	}

	@Test
	@DisplayName("198. events with an ack whose time is over when the client is back -> not sent again")
	void case198_timedOut() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		assertThatThrownBy(
				() -> socket().timeout(Duration.ofMillis(50)).emitWithAck("ask").block(Duration.ofSeconds(10)))
			.hasCauseInstanceOf(TimeoutException.class);
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("199. replayed events carry their original offsets; a second recovery replays nothing")
	void case199_originalOffsets() {
		start();
		WireClient other = joined();
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("x", 1);
		io().emit("x", 2);
		List<String> offsets = List.of(other.event().offset(), other.event().offset());
		Return back = comeBack(client).recovered("x[1]", "x[2]");
		assertThat(back.reply().missed().stream().map(WireEvent::offset)).isEqualTo(offsets);
		drop(back.client());
		comeBack(back.client()).recovered();
	}

	@Test
	@DisplayName("199. a second recovery with the first one's offset replays the same again")
	void case199_diesAtOnce() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("x", 1);
		Return back = comeBack(client).recovered("x[1]");
		drop(back.client());
		io().emit("x", 2);
		comeBack(client).recovered("x[1]", "x[2]");
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("200. missed binary event -> header and attachments before the CONNECT reply")
	void case200_binary(Wire wire) {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("x", new byte[] { 1 }, List.of(new byte[] { 2, 3 }));
		io().emit("y");
		WireClient back = open(wire);
		back.sendConnect("/", client.recovery());
		assertThat(back.text()).matches("52-\\[\"x\",\\{\"_placeholder\":true,\"num\":0},"
				+ "\\[\\{\"_placeholder\":true,\"num\":1}]," + OFFSET + "]");
		assertThat(back.binary()).containsExactly(1);
		assertThat(back.binary()).containsExactly(2, 3);
		assertThat(back.text()).startsWith("2[\"y\",");
		assertThat(back.text()).startsWith("0{");
	}

	@Test
	@DisplayName("201. rooms, data and recovered on the server's socket; a new object; connection fires again")
	void case201_state() {
		start((io) -> io.onConnection((socket) -> {
			if (!socket.recovered()) {
				socket.join("room");
				socket.data().put("name", "alice");
				socket.data().put("list", new ArrayList<>(List.of(1)));
			}
		}));
		WireClient client = joinedWithOffset();
		SocketIoSocket old = socket();
		assertThat(old.recovered()).isFalse();
		drop(client);
		Return back = comeBack(client).recovered();
		Await.until("the connection", () -> this.sockets.size() == 2);
		SocketIoSocket socket = latestSocket();
		assertThat(socket).isNotSameAs(old);
		assertThat(socket.recovered()).isTrue();
		assertThat(socket.connected()).isTrue();
		assertThat(socket.id()).isEqualTo(old.id()).isEqualTo(back.reply().sid());
		assertThat(socket.rooms()).containsExactlyInAnyOrder(old.id(), "room");
		assertThat(socket.data()).isEqualTo(Map.of("name", "alice", "list", List.of(1)));
		assertThat(socket.handshake().auth()).containsKey("pid");
		assertThat(old.connected()).isFalse();
		io().to("room").emit("x");
		assertThat(back.client().event()).hasToString("x[]");
		assertNothingElse(back.client());
	}

	@Test
	@DisplayName("201. listeners of the old socket do not survive")
	void case201_listeners() {
		List<String> calls = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> {
			if (!socket.recovered()) {
				socket.on("x", (args, ack) -> calls.add("old"));
			}
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		Return back = comeBack(client).recovered();
		back.client().send("2[\"x\"]");
		assertNothingElse(back.client());
		assertThat(calls).isEmpty();
	}

	/**
	 * Changes of what the official client would send that make it no valid request.
	 * @return payloads with placeholders
	 */
	static Stream<String> invalid() {
		return Stream.of("{\"pid\":\"unknown\",\"offset\":\"$offset\"}", "{\"pid\":\"\",\"offset\":\"$offset\"}",
				"{\"pid\":\"$pid\",\"offset\":\"unknown\"}", "{\"pid\":\"$pid\",\"offset\":\"\"}",
				"{\"pid\":\"$pid\",\"offset\":\"first\"}", "{\"pid\":\"$pid\",\"offset\":\"$offset$offset\"}",
				"{\"pid\":\"$pid\",\"offset\":\"????????????\"}", "{\"pid\":\"$pid\",\"offset\":\"AAAAAAAAAAA=\"}",
				"{\"pid\":\"$pid\",\"offset\":1}", "{\"pid\":\"$pid\",\"offset\":null}",
				"{\"pid\":\"$pid\",\"offset\":[\"$offset\"]}", "{\"pid\":[\"$pid\"],\"offset\":\"$offset\"}",
				"{\"pid\":{\"a\":\"$pid\"},\"offset\":\"$offset\"}", "{\"pid\":1}", "{\"pid\":null}",
				"{\"offset\":\"$offset\"}", "{\"pid\":\"$sid\",\"offset\":\"$offset\"}",
				"{\"pid\":\"$engine\",\"offset\":\"$offset\"}");
	}

	@ParameterizedTest
	@MethodSource("invalid")
	@DisplayName("202. unknown or malformed pid or offset -> new sid and pid, no error, no events")
	void case202_invalid(String payload) {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed");
		Map<String, String> recovery = client.recovery();
		WireClient back = webSocket();
		String packet = back
			.send("0" + payload.replace("$pid", recovery.get("pid"))
				.replace("$offset", recovery.get("offset"))
				.replace("$sid", socket().id())
				.replace("$engine", client.engineId()))
			.text();
		assertThat(packet).matches("0\\{\"sid\":\"[^\"]{20}\",\"pid\":\"[^\"]{20}\"}")
			.doesNotContain(recovery.get("pid"), socket().id());
		assertNothingElse(back);
		assertThat(latestSocket().recovered()).isFalse();
	}

	@Test
	@DisplayName("202. offset beyond the newest event -> new session")
	void case202_futureOffset() {
		start();
		WireClient client = joinedWithOffset();
		String offset = client.recovery().get("offset");
		drop(client);
		char last = offset.charAt(11);
		String future = offset.substring(0, 11) + ((last == 'B') ? 'C' : 'z');
		assertThat(last).as("the first event's offset").isEqualTo('B');
		comeBack(Map.of("pid", client.recovery().get("pid"), "offset", future)).notRecovered();
	}

	@Test
	@DisplayName("202. pid of another namespace -> new session, the session stays where it is")
	void case202_otherNamespace() {
		start((io) -> io.of("/other"));
		WireClient client = joinedWithOffset();
		drop(client);
		WireClient other = webSocket();
		Reply reply = other.connect("/other", client.recovery());
		assertThat(reply.pid()).isNotEqualTo(client.recovery().get("pid"));
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("203. pid and offset are visible in handshake.auth, beside the user's own")
	void case203_auth() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Map<String, String> auth = new HashMap<>(client.recovery());
		auth.put("token", "t");
		comeBack(auth).recovered();
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().handshake().auth()).isEqualTo(auth);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("204. middlewares are skipped by default, run with skipMiddlewares false, where recovered is visible")
	void case204_middlewares(boolean skip) {
		List<Boolean> calls = new CopyOnWriteArrayList<>();
		start(recovering((options) -> options.skipMiddlewares = skip), (io) -> io.use((socket) -> {
			calls.add(socket.recovered());
			return Mono.empty();
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		comeBack(client).recovered();
		assertThat(calls).isEqualTo(skip ? List.of(false) : List.of(false, true));
	}

	@Test
	@DisplayName("204. middlewares run for a client that is not recovered")
	void case204_notRecovered() {
		start((io) -> io.use((socket) -> socket.handshake().auth().isEmpty() ? Mono.empty()
				: Mono.error(new ConnectionRefusedException("no"))));
		assertThat(webSocket().send("0{\"pid\":\"unknown\"}").text()).isEqualTo("4{\"message\":\"no\"}");
	}

	private void assertRecoverable(WireClient client, String reason) {
		awaitReasons(reason);
		comeBack(client).recovered();
	}

	private void assertNotRecoverable(WireClient client, String reason) {
		awaitReasons(reason);
		comeBack(client).notRecovered();
		assertThat(this.store.saved).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("205. transport close -> recoverable")
	void case205_transportClose(Wire wire) {
		start();
		WireClient client = joined(wire);
		client.leave();
		assertRecoverable(client, "transport close");
	}

	@Test
	@DisplayName("205. transport error -> recoverable")
	void case205_transportError() {
		start(recovering().engine(TestOptions.defaults().maxPayload(200).build()), (io) -> {
		});
		WireClient client = joined().send("2[\"x\",\"" + "a".repeat(300) + "\"]");
		assertRecoverable(client, "transport error");
	}

	@Test
	@DisplayName("205. ping timeout -> recoverable")
	void case205_pingTimeout() {
		start(recovering().heartbeat(Duration.ofMillis(100), Duration.ofMillis(400)), (io) -> {
		});
		assertRecoverable(joined(), "ping timeout");
	}

	@Test
	@DisplayName("205. forced close -> recoverable")
	void case205_forcedClose() {
		start();
		assertRecoverable(joined().send("abc"), "forced close");
	}

	@Test
	@DisplayName("205. forced server close -> recoverable")
	void case205_forcedServerClose() {
		start();
		assertRecoverable(joined(Wire.POLLING).send("0"), "forced server close");
	}

	@Test
	@DisplayName("205. server shutting down -> saved before close() completes")
	void case205_shutdown() {
		start();
		WireClient client = joined();
		io().close().block(Duration.ofSeconds(10));
		awaitReasons("server shutting down");
		assertThat(this.store.saved).hasSize(1);
		assertThat(this.store.saved.get(0).privateId()).isEqualTo(client.recovery().get("pid"));
	}

	@Test
	@DisplayName("205. parse error -> not recoverable")
	void case205_parseError() {
		start();
		assertNotRecoverable(joined().sendRaw("abc"), "parse error");
	}

	@Test
	@DisplayName("205. client namespace disconnect -> not recoverable")
	void case205_clientDisconnect() {
		start();
		assertNotRecoverable(joined().send("1"), "client namespace disconnect");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("205, 218. server namespace disconnect -> not recoverable")
	void case205_serverDisconnect(boolean close) {
		start();
		WireClient client = joined();
		socket().disconnect(close);
		assertNotRecoverable(client, "server namespace disconnect");
	}

	@Test
	@DisplayName("206. age of max - 1 s -> recovered")
	void case206_inTime() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		this.store.elapse(Duration.ofSeconds(119));
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("206. age of max + 1 s -> new session")
	void case206_tooLate() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		this.store.elapse(Duration.ofSeconds(121));
		comeBack(client).notRecovered();
	}

	@Test
	@DisplayName("206. age counts anew after each recovery, but not after a recovery that was refused")
	void case206_age() {
		start(recovering((options) -> options.skipMiddlewares = false),
				(io) -> io.use((socket) -> (socket.handshake().auth("refuse", String.class) != null)
						? Mono.error(new ConnectionRefusedException("no")) : Mono.empty()));
		WireClient client = joinedWithOffset();
		drop(client);
		this.store.elapse(Duration.ofSeconds(100));
		Return back = comeBack(client).recovered();
		drop(back.client());
		this.store.elapse(Duration.ofSeconds(100));
		Map<String, String> refused = new HashMap<>(client.recovery());
		refused.put("refuse", "yes");
		WireClient third = webSocket();
		third.sendConnect("/", refused);
		assertThat(third.text()).isEqualTo("4{\"message\":\"no\"}");
		assertThat(this.store.timesToLive.get(2)).isLessThanOrEqualTo(Duration.ofMinutes(2));
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("216. emit on a disconnected socket -> delivered on recovery")
	void case216_emitAfterDisconnect() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		socket().emit("x", 1);
		comeBack(client).recovered("x[1]");
	}

	@Test
	@DisplayName("216. emit in a disconnecting or disconnect listener -> delivered on recovery")
	void case216_emitInListener() {
		start((io) -> io.onConnection((socket) -> {
			if (!socket.recovered()) {
				socket.onDisconnecting((reason) -> socket.emit("x", "disconnecting"));
				socket.onDisconnect((reason) -> socket.emit("x", "disconnect"));
			}
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		comeBack(client).recovered("x[disconnecting]", "x[disconnect]");
	}

	@Test
	@DisplayName("217. room and data changes in disconnecting, data changes in disconnect are kept")
	void case217_changesInListeners() {
		start((io) -> io.onConnection((socket) -> {
			if (!socket.recovered()) {
				socket.join("before");
				socket.onDisconnecting((reason) -> {
					socket.join("joined");
					socket.leave("before");
					socket.data().put("disconnecting", 1);
				});
				socket.onDisconnect((reason) -> {
					socket.join("too late");
					socket.data().put("disconnect", 2);
				});
			}
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		io().to("joined").emit("x", 1);
		io().to("before").emit("x", 2);
		comeBack(client).recovered("x[1]");
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(socket().id(), "joined");
		assertThat(latestSocket().data()).isEqualTo(Map.of("disconnecting", 1, "disconnect", 2));
	}

	@Test
	@DisplayName("218. server disconnect, then the client connects again on the same connection -> new session")
	void case218_reconnect() {
		start();
		WireClient client = joinedWithOffset();
		Map<String, String> recovery = client.recovery();
		socket().disconnect();
		assertThat(client.text()).isEqualTo("1");
		awaitReasons("server namespace disconnect");
		io().emit("missed");
		Reply reply = client.connect("/", recovery);
		assertThat(reply.missed()).isEmpty();
		assertThat(reply.pid()).isNotEqualTo(recovery.get("pid"));
		assertThat(reply.sid()).isNotEqualTo(socket().id());
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("221. the transport of the second connection may differ")
	void case221_otherTransport(Wire wire) {
		start();
		WireClient client = joined(wire);
		drop(client);
		io().emit("x", 1);
		comeBack(client, (wire == Wire.POLLING) ? Wire.WEBSOCKET : Wire.POLLING).recovered("x[1]");
	}

	@Test
	@DisplayName("222. namespaces of one connection recover independently")
	void case222_namespaces() {
		start((io) -> recorded(io.of("/other")));
		WireClient client = joined();
		Reply other = client.connect("/other", Map.of());
		assertThat(other.pid()).isNotEqualTo(client.recovery("/").get("pid"));
		drop(client);
		Await.until("both", () -> this.reasons.size() == 2);
		io().emit("main", 1);
		io().of("/other").emit("other", 2);
		Return back = comeBack(client).recovered("main[1]");
		io().of("/other").emit("other", 3);
		Reply reply = back.client().connect("/other", client.recovery("/other"));
		assertThat(names(reply.missed())).containsExactly("other[2]", "other[3]");
		assertThat(reply.sid()).isEqualTo(other.sid());
		assertNothingElse(back.client());
	}

	@Test
	@DisplayName("222. one namespace may recover while another cannot")
	void case222_onlyOne() {
		start((io) -> recorded(io.of("/other")));
		WireClient client = joined();
		Reply other = client.connect("/other", Map.of());
		drop(client);
		Await.until("both", () -> this.reasons.size() == 2);
		Return back = comeBack(Map.of("pid", "unknown")).notRecovered();
		Reply reply = back.client().connect("/other", client.recovery("/other"));
		assertThat(reply.sid()).isEqualTo(other.sid());
	}

	@Test
	@DisplayName("224. old offset with a new pid -> nothing from before that session is replayed (reference does)")
	void case224_staleOffset() {
		start();
		WireClient client = joinedWithOffset();
		String oldOffset = client.recovery().get("offset");
		drop(client);
		io().emit("before the new session");
		Return second = comeBack(Map.of("pid", "unknown", "offset", oldOffset)).notRecovered();
		drop(second.client());
		io().emit("missed");
		comeBack(Map.of("pid", second.reply().pid(), "offset", oldOffset)).recovered("missed[]");
	}

}
