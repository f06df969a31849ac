package io.socketio.edgecases;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.EngineSession;
import io.socketio.protocol.EnginePacket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client should not send: every request is answered or its connection closed, and
 * the server keeps serving.
 */
class BadInputTests extends EngineCases {

	private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
			+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

	// The error table, for upgrade requests

	@ParameterizedTest
	@CsvSource({ "EIO=4, Transport unknown", "EIO=4&transport=abc, Transport unknown",
			"EIO=3&transport=abc, Transport unknown", "EIO=4&transport=polling, Bad request",
			"EIO=4&transport=websocket&sid=nope, Session ID unknown",
			"EIO=3&transport=websocket, Unsupported protocol version",
			"transport=websocket, Unsupported protocol version" })
	@DisplayName("upgrade request that is refused -> 400 with the text, before any switch of protocols")
	void refusedUpgrade(String query, String message) {
		start(TestOptions.defaults());
		assertUpgradeError(RawWebSocket.refused(port(), "/socket.io/?" + query), message);
		assertThat(this.engine.sessions).isEmpty();
	}

	@Test
	@DisplayName("upgrade request by POST -> 400 Bad handshake method")
	void upgradeByPost() {
		start(TestOptions.defaults());
		RawHttp http = closedLater(RawHttp.connect(port()));
		http.write("POST " + WEBSOCKET + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + UPGRADE + "\r\n");
		assertUpgradeError(http.read(), "Bad handshake method");
	}

	@Test
	@DisplayName("upgrade request for a session with transport=polling -> 400, session survives")
	void upgradeToPolling() {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		assertUpgradeError(RawWebSocket.refused(port(), client.target()), "Bad request");
		assertOpen(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-None: 1", "Sec-WebSocket-Key: ", "Sec-WebSocket-Key: x",
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=" })
	@DisplayName("upgrade request without a valid key -> 400, no session")
	void badKey(String header) {
		assertRefused("Missing or invalid Sec-WebSocket-Key header", header, "Sec-WebSocket-Version: 13");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-None: 1", "Sec-WebSocket-Version: ", "Sec-WebSocket-Version: 12",
			"Sec-WebSocket-Version: x" })
	@DisplayName("upgrade request without a valid version -> 400, no session")
	void badVersion(String header) {
		assertRefused("Missing or invalid Sec-WebSocket-Version header", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
				header);
	}

	private void assertRefused(String message, String... headers) {
		start(TestOptions.defaults());
		List<String> lines = new ArrayList<>(List.of("Upgrade: websocket", "Connection: Upgrade"));
		lines.addAll(List.of(headers));
		RawHttp http = closedLater(RawHttp.connect(port()));
		http.sendHead("GET", WEBSOCKET, lines.toArray(String[]::new));
		RawResponse response = http.read();
		assertUpgradeError(response, message);
		assertThat(response.header("Sec-WebSocket-Version")).isEqualTo("13");
		assertThat(openWebSocket().send("4hello").text()).isEqualTo("4hello");
		assertThat(this.engine.sessions).hasSize(1);
	}

	@Test
	@DisplayName("upgrade of a session by POST -> 400, session can still be upgraded")
	void upgradeOfASessionByPost() {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		RawHttp http = closedLater(RawHttp.connect(port()));
		http.write(
				"POST " + client.upgradeTarget() + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + UPGRADE + "\r\n");
		assertUpgradeError(http.read(), "Invalid HTTP method");
		assertThat(upgraded(client).send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("upgrade of a session without a valid version -> client error, session can still be upgraded")
	void badWebSocketHandshakeOfASession() {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		RawHttp http = closedLater(RawHttp.connect(port()));
		http.write("GET " + client.upgradeTarget()
				+ " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
		assertThat(http.read().status()).isBetween(400, 499);
		assertThat(upgraded(client).send("4hello").text()).isEqualTo("4hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EIO=3&", "EIO=5&", "" })
	@DisplayName("poll or push whose EIO differs from the session's -> code 3, session survives")
	void otherRevisionOnPolling(String eio) {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		String target = "/socket.io/?" + eio + "transport=polling&sid=" + client.sid();
		assertError(get(target), 400, 3, "Bad request");
		assertError(RawHttp.post(port(), target, "4hello"), 400, 3, "Bad request");
		assertOpen(client);
	}

	@Test
	@DisplayName("upgrade whose EIO differs from the session's -> 400, session survives")
	void otherRevisionOnUpgrade() {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		assertUpgradeError(RawWebSocket.refused(port(), "/socket.io/?EIO=3&transport=websocket&sid=" + client.sid()),
				"Bad request");
		assertOpen(client);
	}

	@Test
	@DisplayName("session of one principal asked for by another -> code 4, session survives")
	void otherPrincipal() {
		WebFilter login = (exchange, chain) -> {
			String name = exchange.getRequest().getHeaders().getFirst("X-User");
			Principal principal = () -> name;
			return chain.filter((name != null) ? exchange.mutate().principal(Mono.just(principal)).build() : exchange);
		};
		start(TestEngine.with(TestOptions.defaults().build()).filter(login));
		PollingClient client = PollingClient.open(port(), "X-User: alice");
		assertError(client.poll("X-User: bob"), 403, 4, "Forbidden");
		assertError(client.push("4stolen"), 403, 4, "Forbidden");
		assertUpgradeError(RawWebSocket.refused(port(), client.upgradeTarget(), "X-User: bob"), "Forbidden");
		assertOk(client.push("4own", "X-User: alice"));
		assertThat(client.poll("X-User: alice").text()).isEqualTo("4own");
		assertThat(received()).containsExactly("own");
	}

	// Sizes

	@Test
	@DisplayName("upload far beyond the limit that never ends -> 413 while it lasts, connection ended")
	void endlessUpload() {
		start(TestOptions.defaults().maxPayload(1000));
		PollingClient client = openPolling();
		RawHttp push = startPush(client, 1_000_000_000, "4");
		push.write(new byte[20_000]);
		assertEmpty(push.read(), 413);
		assertOpen(client);
	}

	@Test
	@DisplayName("chunked upload far beyond the limit that never ends -> 413 while it lasts")
	void endlessChunkedUpload() {
		start(TestOptions.defaults().maxPayload(1000));
		PollingClient client = openPolling();
		RawHttp push = closedLater(RawHttp.connect(port())).sendHead("POST", client.target(),
				"Transfer-Encoding: chunked");
		push.sendChunk(new byte[20_000]);
		assertEmpty(push.read(), 413);
		assertOpen(client);
	}

	@Test
	@DisplayName("far more packets in one payload than make sense -> parse error")
	void tooManyPackets() {
		start(TestOptions.defaults().maxPayload(10_000));
		assertEmpty(openPolling().push("4\u001e".repeat(4000) + "4"), 400);
		awaitClosed(CloseReason.PARSE_ERROR);
		assertThat(this.engine.received).hasSizeLessThan(4000);
	}

	@Test
	@DisplayName("message of very many fragments within the limit -> delivered")
	void manyFragments() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = openWebSocket();
		webSocket.sendFrame(RawWebSocket.TEXT, new byte[] { '4' });
		for (int i = 0; i < 3000; i++) {
			webSocket.sendFrame(0, new byte[] { 'x' });
		}
		webSocket.sendFrame(0x80, new byte[0]);
		assertThat(webSocket.text()).isEqualTo("4" + "x".repeat(3000));
	}

	@Test
	@DisplayName("fragments without end -> status 1009 as soon as they exceed the limit")
	void endlessFragments() {
		start(TestOptions.defaults().maxPayload(1000));
		RawWebSocket webSocket = openWebSocket();
		webSocket.sendFrame(RawWebSocket.TEXT, new byte[] { '4' });
		for (int i = 0; i < 1000; i++) {
			webSocket.sendFrame(0, new byte[] { 'x' });
		}
		assertThat(webSocket.closeStatus()).isEqualTo(1009);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("request line and headers far too long -> client error, server keeps serving")
	void longHead() {
		start(TestOptions.defaults());
		assertThat(get(POLLING + "&x=" + "x".repeat(10_000)).status()).isBetween(400, 499);
		assertThat(get(POLLING, "X-Test: " + "x".repeat(20_000)).status()).isBetween(400, 499);
		assertThat(this.engine.sessions).isEmpty();
		assertOpen(openPolling());
	}

	// Clients that do not read

	@Test
	@DisplayName("WebSocket client that never reads while 100 MB are sent to it -> closed and counted, others served")
	void slowWebSocketReader() {
		start(TestOptions.defaults());
		RawWebSocket slow = openWebSocket();
		EngineSession slowSession = session();
		RawWebSocket other = openWebSocket();
		EngineMessage message = EngineMessage.of(List.of(EnginePacket.message("x".repeat(65_535))), true);
		int taken = 0;
		for (int i = 0; i < 1600; i++) {
			slowSession.send(message);
			if (i % 16 == 0) { // 1 MB each
				assertThat(other.send("4" + i).text()).isEqualTo("4" + i);
				taken += (this.engine.server.slowClientCount() == 0) ? 1 : 0;
			}
		}
		awaitEnded(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.server.slowClientCount()).isEqualTo(1);
		assertThat(taken).as("MB until the limit was reached").isLessThan(20);
		assertThat(slow.awaitEnd()).isEqualTo(RawWebSocket.ABNORMAL);
		assertThat(other.send("4still").text()).isEqualTo("4still");
	}

	@Test
	@DisplayName("WebSocket client that sends but never reads the echo -> closed and counted, others served")
	void slowReaderOfEchoes() {
		start(TestOptions.defaults());
		RawWebSocket slow = openWebSocket();
		RawWebSocket other = openWebSocket();
		byte[] message = new byte[500_000];
		for (int i = 0; i < 200 && this.engine.closed.isEmpty(); i++) {
			try {
				slow.send(message);
			}
			catch (UncheckedIOException ex) {
				break; // closed by the server
			}
			assertThat(other.send("4" + i).text()).isEqualTo("4" + i);
		}
		awaitEnded(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.server.slowClientCount()).isEqualTo(1);
	}

	@Test
	@DisplayName("polling client that never polls while much is sent to it -> closed and counted, others served")
	void neverPolls() {
		start(TestOptions.defaults().maxBuffered(1_000_000));
		PollingClient slow = openPolling();
		EngineSession session = session(slow);
		for (int i = 0; i < 100; i++) {
			send(session, "x".repeat(65_535));
		}
		awaitEnded(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.server.slowClientCount()).isEqualTo(1);
		assertGone(slow);
		assertThat(openPolling().push("4hello").text()).isEqualTo("ok");
	}

	@Test
	@DisplayName("very many tiny messages count against the limit of buffered bytes too")
	void manyTinyMessages() {
		start(TestOptions.defaults().maxBuffered(100_000));
		EngineSession session = session(openPolling());
		for (int i = 0; i < 10_000; i++) {
			send(session, "");
		}
		awaitEnded(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.server.slowClientCount()).isEqualTo(1);
	}

	@Test
	@DisplayName("heartbeat that finds no room in the buffer -> closed and counted as a slow client")
	void heartbeatWithoutRoom() {
		start(TestOptions.heartbeat(200, 60_000).maxBuffered(1000));
		send(session(openPolling()), "x".repeat(900));
		awaitEnded(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.server.slowClientCount()).isEqualTo(1);
	}

	// Requests that make no sense

	@Test
	@DisplayName("two pushes of 1 at once -> both are answered")
	void twoClosesAtOnce() {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		RawHttp first = closedLater(RawHttp.connect(port()));
		RawHttp second = closedLater(RawHttp.connect(port()));
		first.send("POST", client.target(), new byte[] { '1' });
		second.send("POST", client.target(), new byte[] { '1' });
		assertThat(first.read().status()).isIn(200, 400);
		assertThat(second.read().status()).isIn(200, 400);
		Await.until("the session has ended", () -> this.engine.server.sessionCount() == 0);
	}

	@Test
	@DisplayName("push to a client whose reads are paused, twice -> both are answered")
	void pushWhileReadsArePaused() {
		start(TestEngine.with(TestOptions.defaults().build()).application((session, message) -> session.pauseReads()));
		PollingClient client = openPolling();
		RawHttp held = closedLater(RawHttp.connect(port())).send("POST", client.target(), "4a".getBytes());
		Await.until("the message has arrived", () -> !this.engine.received.isEmpty());
		assertEmpty(client.push("4b"), 400);
		assertThat(held.read().status()).isEqualTo(200);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("requests sent without waiting for the answers -> answered in order")
	void pipelining() {
		start(TestOptions.defaults());
		PollingClient client = openPolling();
		RawHttp http = closedLater(RawHttp.connect(port()));
		http.send("POST", client.target(), "4a".getBytes()).send("POST", client.target(), "4b".getBytes());
		http.send("GET", client.target(), new byte[0]);
		assertOk(http.read());
		assertOk(http.read());
		assertThat(http.read().text()).isEqualTo("4a\u001e4b");
	}

	@Test
	@DisplayName("HTTP/1.0 -> served")
	void http10() {
		start(TestOptions.defaults());
		RawHttp http = closedLater(RawHttp.connect(port()));
		http.write("GET " + POLLING + " HTTP/1.0\r\n\r\n");
		RawResponse response = http.read();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).startsWith("0{");
		assertThat(http.readToEnd()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "&=", "&&&", "&=&==&a", "&x=%ff%fe%00", "&x=%F0%9F%A6%84", "&x=a+b", "&EIO=4", "&sid",
			"&t=~!*'()", "&__proto__=x&constructor=y" })
	@DisplayName("odd but possible query -> served")
	void oddQuery(String query) {
		start(TestOptions.defaults());
		assertThat(get(POLLING + query).text()).startsWith("0{");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "EIO=4&transport=polling&x=%", "EIO=4&transport=polling&x=%zz",
			"EIO=4&transport=polling&x=%4", "EIO%3D4", "EIO=4&transport=polling&sid=%00",
			"EIO=4&transport=polling&sid=../../x", "EIO=4&transport=polling&sid=<script>",
			"EIO=4&transport=polling&x={|}", "EIO=4;transport=polling", "?EIO=4&transport=polling",
			"EIO[]=4&transport[]=polling" })
	@DisplayName("malformed query -> 400, server keeps serving")
	void malformedQuery(String query) {
		start(TestOptions.defaults());
		assertThat(get("/socket.io/?" + query).status()).isEqualTo(400);
		assertThat(this.engine.sessions).isEmpty();
		assertOpen(openPolling());
	}

	@Test
	@DisplayName("random bytes -> client error or closed, server keeps serving")
	void randomBytes() {
		start(TestOptions.heartbeat(200, 200));
		Random random = new Random(1);
		for (int i = 0; i < 100; i++) {
			byte[] garbage = new byte[random.nextInt(2000)];
			random.nextBytes(garbage);
			assertAnsweredOrClosed(garbage);
		}
		assertServing();
	}

	@Test
	@DisplayName("valid requests with some bytes replaced -> answered or closed, server keeps serving")
	void mutatedRequests() {
		start(TestOptions.heartbeat(200, 200));
		Random random = new Random(2);
		String[] requests = { "GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
				"POST " + POLLING + "&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n4hello",
				"POST " + POLLING
						+ "&sid=x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n4a\r\n0\r\n\r\n",
				"GET " + WEBSOCKET + " HTTP/1.1\r\nHost: localhost\r\n" + UPGRADE + "\r\n" };
		for (int i = 0; i < 300; i++) {
			byte[] request = requests[i % requests.length].getBytes(StandardCharsets.ISO_8859_1);
			for (int j = random.nextInt(4); j >= 0; j--) {
				request[random.nextInt(request.length)] = (byte) random.nextInt(256);
			}
			assertAnsweredOrClosed(request);
		}
		assertServing();
	}

	@Test
	@DisplayName("random bytes and random frames on a WebSocket -> closed or ignored, server keeps serving")
	void randomFrames() {
		start(TestOptions.heartbeat(200, 200));
		Random random = new Random(3);
		for (int i = 0; i < 100; i++) {
			try (RawWebSocket webSocket = RawWebSocket.connect(port(), WEBSOCKET)) {
				assertThat(webSocket.text()).startsWith("0{");
				byte[] garbage = new byte[random.nextInt(200)];
				random.nextBytes(garbage);
				if (i % 2 == 0) {
					webSocket.sendRaw(garbage);
				}
				else {
					webSocket.sendFrame(random.nextInt(256), garbage);
				}
			}
		}
		assertServing();
	}

	@Test
	@DisplayName("random bodies -> ok or 400, server keeps serving")
	void randomBodies() {
		start(TestOptions.heartbeat(200, 200));
		Random random = new Random(4);
		for (int i = 0; i < 100; i++) {
			byte[] body = new byte[random.nextInt(50)];
			random.nextBytes(body);
			if (body.length > 0) {
				body[0] = (byte) "0123456b".charAt(random.nextInt(8));
			}
			PollingClient client = openPolling();
			assertThat(RawHttp.exchange(port(), "POST", client.target(), body).status()).isIn(200, 400);
		}
		assertServing();
	}

	private void assertAnsweredOrClosed(byte[] request) {
		try (RawHttp http = RawHttp.connect(port())) {
			String answer;
			try {
				http.write(request);
				http.endOutput();
			}
			catch (UncheckedIOException ex) {
				return; // closed while it was being sent
			}
			answer = new String(http.readToEnd(), StandardCharsets.ISO_8859_1);
			if (!answer.isEmpty()) {
				assertThat(answer).matches("(?s)HTTP/1\\.[01] ([1234]..|501|505) .*");
			}
		}
	}

	private void assertServing() {
		Await.until("all sessions have ended", () -> this.engine.server.sessionCount() == 0);
		RawWebSocket webSocket = openWebSocket();
		assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
		PollingClient client = openPolling();
		assertOk(client.push("4hello"));
		assertThat(client.poll().text()).isEqualTo("4hello");
	}

	private void awaitEnded(CloseReason reason) {
		Await.until("a session was closed", () -> !this.engine.closed.isEmpty());
		assertThat(this.engine.closed).containsExactly(reason);
	}

}
