package io.socketio.edgecases;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.SocketIoServer;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.TestServer;
import io.socketio.testing.TestSessionStore;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: CONNECT and protocol violations (cases 124 to 136 and 143
 * to 145; the others are in {@link PacketTableTests}).
 */
class ConnectTests extends ServerCases {

	private static final String ID = "[A-Za-z0-9_-]{20}";

	private static final String NOOP_AND_CLOSE = "6\u001e1";

	/**
	 * Start a server whose main namespace lets nobody in before the gate opens.
	 * @return the gate
	 */
	private Sinks.Empty<Void> startWithGate() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start((io) -> io.use((socket) -> gate.asMono()));
		return gate;
	}

	private static void passOrRefuse(SocketIoServer io) {
		io.of("/fail").use((socket) -> {
			String with = socket.handshake().auth("with", String.class);
			if ("data".equals(with)) {
				return Mono.error(new ConnectionRefusedException("nope", Map.of("code", 1)));
			}
			if ("nothing".equals(with)) {
				return Mono.empty();
			}
			return Mono.error("message".equals(with) ? new ConnectionRefusedException("plain")
					: new IllegalStateException("secret"));
		});
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("124. 40 -> 40{\"sid\":...} with only sid when recovery is off")
	void case124_replyHasOnlyTheSid(Wire wire) {
		start();
		WireClient client = open(wire);
		assertThat(client.send("0").text()).matches("0\\{\"sid\":\"" + ID + "\"}");
	}

	@Test
	@DisplayName("124. the sid of the socket is not the secret one of the connection")
	void case124_sidIsNotTheEngines() {
		start();
		WireClient client = webSocket();
		assertThat(client.connect().sid()).isNotEqualTo(client.engineId());
	}

	@Test
	@DisplayName("125. 40{\"token\":\"123\"} -> handshake.auth is that object")
	void case125_auth() {
		start();
		webSocket().connect("/", Map.of("token", "123"));
		assertThat(socket().handshake().auth()).isEqualTo(Map.of("token", "123"));
		assertThat(socket().handshake().auth("token", Integer.class)).isEqualTo(123);
	}

	@Test
	@DisplayName("125. 40 -> handshake.auth is empty")
	void case125_noAuth() {
		start();
		webSocket().connect();
		assertThat(socket().handshake().auth()).isEmpty();
		assertThat(socket().handshake().auth("token", String.class)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0/custom", "0/custom,", "0/custom,{\"a\":1}" })
	@DisplayName("126. CONNECT to another namespace -> 40/custom,{\"sid\":...}")
	void case126_customNamespace(String connect) {
		start((io) -> recorded(io.of("/custom")));
		assertThat(webSocket().send(connect).text()).matches("0/custom,\\{\"sid\":\"" + ID + "\"}");
		assertThat(socket().namespace().name()).isEqualTo("/custom");
		assertThat(socket().handshake().auth()).isEqualTo(connect.endsWith("}") ? Map.of("a", 1) : Map.of());
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("127. unknown namespace -> CONNECT_ERROR, connection open")
	void case127_unknownNamespace(Wire wire) {
		start();
		WireClient client = open(wire);
		assertThat(client.send("0/random").text()).isEqualTo("4/random,{\"message\":\"Invalid namespace\"}");
		client.connect();
		assertNothingElse(client);
	}

	@Test
	@DisplayName("128. a query belongs to the name of the namespace")
	void case128_query() {
		start((io) -> io.of("/admin"));
		WireClient client = webSocket();
		assertThat(client.send("0/admin?x=1,").text()).isEqualTo("4/admin?x=1,{\"message\":\"Invalid namespace\"}");
	}

	@Test
	@DisplayName("129. middleware refuses with data")
	void case129_withData() {
		start(ConnectTests::passOrRefuse);
		assertThat(webSocket().send("0/fail,{\"with\":\"data\"}").text())
			.isEqualTo("4/fail,{\"message\":\"nope\",\"data\":{\"code\":1}}");
	}

	@Test
	@DisplayName("129. middleware refuses without data; the connection stays, the client may try again")
	void case129_withoutData() {
		start(ConnectTests::passOrRefuse);
		WireClient client = webSocket();
		assertThat(client.send("0/fail,{\"with\":\"message\"}").text()).isEqualTo("4/fail,{\"message\":\"plain\"}");
		client.connect("/fail", Map.of("with", "nothing"));
	}

	@Test
	@DisplayName("129. middleware fails by another error -> the client learns nothing of it")
	void case129_otherError() {
		start(ConnectTests::passOrRefuse);
		assertThat(webSocket().send("0/fail").text()).isEqualTo("4/fail,{\"message\":\"Internal server error\"}");
	}

	@Test
	@DisplayName("129. middlewares run in order, none after a refusal, no connection")
	void case129_order() {
		List<String> calls = new CopyOnWriteArrayList<>();
		start((io) -> io.use((socket) -> Mono.fromRunnable(() -> calls.add("first")))
			.use((socket) -> Mono.error(new ConnectionRefusedException("no")))
			.use((socket) -> Mono.fromRunnable(() -> calls.add("third"))));
		assertThat(webSocket().send("0").text()).isEqualTo("4{\"message\":\"no\"}");
		assertThat(calls).containsExactly("first");
		assertThat(this.sockets).isEmpty();
	}

	@Test
	@DisplayName("130. no CONNECT within connectTimeout -> closed")
	void case130_noConnect() {
		start(TestServer.builder().connectTimeout(Duration.ofMillis(400)), (io) -> {
		});
		assertClosed(webSocket());
		PollingClient polling = PollingClient.open(port());
		assertThat(polling.poll().text()).isEqualTo("1");
	}

	@Test
	@DisplayName("130. only refused CONNECTs within connectTimeout -> closed")
	void case130_refused() {
		start(TestServer.builder().connectTimeout(Duration.ofMillis(400)), ConnectTests::passOrRefuse);
		WireClient client = webSocket();
		assertThat(client.send("0/random").text()).startsWith("4/random,");
		assertThat(client.send("0/fail").text()).startsWith("4/fail,");
		assertClosed(client);
	}

	@Test
	@DisplayName("130. a middleware that never ends -> closed after connectTimeout, no connection")
	void case130_pendingMiddleware() {
		start(TestServer.builder().connectTimeout(Duration.ofMillis(400)), (io) -> io.use((socket) -> Mono.never()));
		assertClosed(webSocket().send("0"));
		assertThat(this.sockets).isEmpty();
	}

	@Test
	@DisplayName("131. join, then leave -> the idle connection is not closed by connectTimeout")
	void case131_joinThenLeave() {
		start(TestServer.builder()
			.connectTimeout(Duration.ofMillis(400))
			.heartbeat(Duration.ofMillis(100), Duration.ofSeconds(10)), (io) -> {
			});
		WireClient client = webSocket();
		client.connect();
		client.send("1");
		client.heartbeats(6);
		client.connect();
		awaitReasons("client namespace disconnect");
	}

	@Test
	@DisplayName("132. second 40 on a joined namespace -> WebSocket closed")
	void case132_webSocket() {
		start();
		assertClosed(joined().send("0"));
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("132. second 40 -> pending poll answers 1")
	void case132_pendingPoll() {
		start();
		PollingClient client = joinedPolling();
		RawHttp poll = pendingPoll(client);
		client.push("40");
		assertThat(poll.read().text()).isEqualTo("1");
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("132. second 40 without a pending poll -> next poll 6 and 1, then unknown session")
	void case132_noPoll() {
		start();
		PollingClient client = joinedPolling();
		client.push("40");
		assertThat(client.poll().text()).isEqualTo(NOOP_AND_CLOSE);
		assertThat(client.poll().text()).contains("Session ID unknown");
		awaitReasons("forced server close");
	}

	@Test
	@DisplayName("132. second 40 with packets buffered -> those, then 6 and 1")
	void case132_buffered() {
		start();
		PollingClient client = PollingClient.open(port());
		client.push("40");
		client.push("40");
		assertThat(client.poll().text()).startsWith("40{\"sid\":").doesNotContain("\u001e");
		assertThat(client.poll().text()).isEqualTo(NOOP_AND_CLOSE);
	}

	@Test
	@DisplayName("133. EVENT before CONNECT -> closed")
	void case133_event() {
		start();
		assertClosed(webSocket().send("2[\"x\"]"));
		PollingClient polling = PollingClient.open(port());
		polling.push("42[\"x\"]");
		assertThat(polling.poll().text()).isEqualTo(NOOP_AND_CLOSE);
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("134. EVENT right behind CONNECT -> accepted when the join need not wait (reference closes)")
	void case134_eventBehindConnect(Wire wire) {
		start();
		WireClient client = open(wire).send("0", "2[\"x\",1]", "21[\"marker\"]");
		assertThat(client.text()).startsWith("0{\"sid\":");
		assertThat(client.text()).isEqualTo("31[]");
		assertThat(this.received).containsExactly("x[1]");
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("135. two CONNECTs back-to-back -> one socket, connection closed (reference makes two)")
	void case135_twoConnects(Wire wire) {
		start();
		WireClient client = open(wire).send("0", "0");
		client.untilClosed();
		assertThat(this.sockets).hasSize(1);
		Await.until("the disconnect", () -> this.reasons.size() == 1);
	}

	@Test
	@DisplayName("135. second CONNECT while the first is pending -> closed, no socket")
	void case135_pendingJoin() {
		Sinks.Empty<Void> gate = startWithGate();
		assertClosed(webSocket().send("0", "0"));
		gate.tryEmitEmpty();
		assertNothingElse(joined());
		assertThat(this.sockets).hasSize(1);
	}

	@Test
	@DisplayName("135. second CONNECT while the first waits for the session store -> closed, no socket")
	void case135_pendingClaim() {
		Sinks.Empty<Void> gate = Sinks.empty();
		TestSessionStore store = new TestSessionStore();
		store.beforeClaim = gate.asMono();
		start(TestServer.builder().recovery().store(store), (io) -> {
		});
		assertClosed(webSocket().send("0{\"pid\":\"any\"}", "0"));
		gate.tryEmitEmpty();
		assertNothingElse(joined());
		assertThat(this.sockets).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2[\"x\"]", "1", "30[]" })
	@DisplayName("136. EVENT, DISCONNECT or ACK while an async middleware is pending -> closed")
	void case136_pendingMiddleware(String packet) {
		Sinks.Empty<Void> gate = startWithGate();
		assertClosed(webSocket().send("0", packet));
		gate.tryEmitEmpty();
		assertNothingElse(joined());
		assertThat(this.sockets).hasSize(1);
		assertThat(this.received).isEmpty();
	}

	@Test
	@DisplayName("136. closing by a bad packet while an async middleware is pending -> no connection")
	void case136_badPacketWhilePending() {
		Sinks.Empty<Void> gate = startWithGate();
		PollingClient client = PollingClient.open(port());
		client.push("40");
		client.push("4abc");
		gate.tryEmitEmpty();
		assertNothingElse(joined());
		assertThat(client.poll().text()).isEqualTo(NOOP_AND_CLOSE);
		assertThat(this.sockets).hasSize(1);
	}

	@Test
	@DisplayName("143. EVENT for a namespace that was left -> closed")
	void case143_eventAfterLeaving() {
		start((io) -> recorded(io.of("/custom")));
		WireClient client = webSocket();
		client.connect();
		client.connect("/custom", Map.of());
		assertClosed(client.send("1/custom,", "2/custom,[\"x\"]"));
		awaitReasons("client namespace disconnect", "forced close");
		assertThat(this.received).isEmpty();
	}

	@Test
	@DisplayName("144. leaving a namespace does not affect the main one")
	void case144_otherNamespaceStays() {
		start((io) -> recorded(io.of("/custom")));
		WireClient client = webSocket();
		client.connect();
		client.connect("/custom", Map.of());
		client.send("1/custom,", "2[\"message\",\"a\"]");
		assertNothingElse(client);
		assertThat(this.received).containsExactly("message[a]");
		assertThat(this.reasons).containsExactly("client namespace disconnect");
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("145. EVENT right before DISCONNECT -> delivered (reference drops it)")
	void case145_eventBeforeDisconnect(Wire wire) {
		start();
		joined(wire).send("2[\"x\"]", "1");
		awaitReasons("client namespace disconnect");
		assertThat(this.received).containsExactly("x[]");
	}

}
