package io.socketio.edgecases;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

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
 * An engine on a real port, and clients of it, ended with the test.
 */
abstract class EngineCases {

	/**
	 * Heartbeats are due up to one tick of the timers early.
	 */
	static final long TICK = 11;

	static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	TestEngine engine;

	@AfterEach
	void closeResources() throws Exception {
		while (!this.resources.isEmpty()) {
			this.resources.pop().close();
		}
	}

	<T extends AutoCloseable> T closedLater(T resource) {
		this.resources.push(resource);
		return resource;
	}

	void start(TestOptions options) {
		start(TestEngine.with(options.build()));
	}

	void start(TestEngine.Builder builder) {
		this.engine = closedLater(builder.start());
	}

	int port() {
		return this.engine.port();
	}

	RawResponse get(String target, String... headers) {
		return RawHttp.get(port(), target, headers);
	}

	RawResponse exchange(String method, String target, String... headers) {
		return RawHttp.exchange(port(), method, target, new byte[0], headers);
	}

	PollingClient openPolling() {
		return PollingClient.open(port());
	}

	/**
	 * Open a session over WebSocket and read the handshake.
	 * @return the connection
	 */
	RawWebSocket openWebSocket() {
		RawWebSocket webSocket = webSocket(WEBSOCKET);
		assertThat(webSocket.text()).startsWith("0{");
		return webSocket;
	}

	RawWebSocket webSocket(String target, String... headers) {
		return closedLater(RawWebSocket.connect(port(), target, headers));
	}

	/**
	 * Begin the upgrade of a session.
	 * @param client the session
	 * @return the candidate, nothing sent yet
	 */
	RawWebSocket candidate(PollingClient client) {
		return webSocket(client.upgradeTarget());
	}

	/**
	 * Begin the upgrade of a session and probe.
	 * @param client the session
	 * @return the candidate, its probe answered
	 */
	RawWebSocket probed(PollingClient client) {
		RawWebSocket candidate = candidate(client).send("2probe");
		assertThat(candidate.text()).isEqualTo("3probe");
		return candidate;
	}

	RawWebSocket upgraded(PollingClient client) {
		RawWebSocket candidate = probed(client).send("5");
		Await.until("the session has moved", () -> session(client).pollingTransport() == null);
		return candidate;
	}

	/**
	 * Send a poll and wait until it is pending at the server.
	 * @param client the session
	 * @return the connection, response unread
	 */
	RawHttp pendingPoll(PollingClient client) {
		EngineSession session = session(client);
		RawHttp poll = closedLater(client.startPoll());
		Await.until("the poll is pending", session::closable);
		return poll;
	}

	RawHttp startPush(PollingClient client, int length, String part) {
		return closedLater(client.startPush(length, part));
	}

	EngineSession session(PollingClient client) {
		EngineSession session = this.engine.server.session(client.sid());
		assertThat(session).as("the session at the server").isNotNull();
		return session;
	}

	/**
	 * The only session so far.
	 * @return the session
	 */
	EngineSession session() {
		Await.until("a session is open", () -> !this.engine.sessions.isEmpty());
		return this.engine.sessions.get(0);
	}

	List<String> received() {
		return this.engine.received.stream().map(EnginePacket::text).toList();
	}

	static void send(EngineSession session, String text) {
		session.send(EngineMessage.of(List.of(EnginePacket.message(text)), true));
	}

	void awaitClosed(CloseReason reason) {
		Await.until("a session was closed", () -> !this.engine.closed.isEmpty());
		assertThat(this.engine.closed).containsExactly(reason);
		assertThat(this.engine.server.sessionCount()).isZero();
	}

	void assertOpen(PollingClient client) {
		assertThat(session(client).isOpen()).isTrue();
		assertThat(client.push("4still there").text()).isEqualTo("ok");
		assertThat(client.poll().text()).isEqualTo("4still there");
		assertThat(this.engine.closed).isEmpty();
	}

	void assertGone(PollingClient client) {
		assertError(client.poll(), 400, 1, "Session ID unknown");
	}

	static void assertError(RawResponse response, int status, int code, String message) {
		assertThat(response.status()).as(response.toString()).isEqualTo(status);
		assertThat(response.header("Content-Type")).isEqualTo("application/json");
		assertThat(response.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
	}

	static void assertUpgradeError(RawResponse response, String message) {
		assertThat(response.status()).as(response.toString()).isEqualTo(400);
		assertThat(response.header("Connection")).isEqualToIgnoringCase("close");
		assertThat(response.header("Content-Type")).startsWith("text/html");
		assertThat(response.text()).isEqualTo(message);
	}

	static void assertEmpty(RawResponse response, int status) {
		assertThat(response.status()).as(response.toString()).isEqualTo(status);
		assertThat(response.body()).isEmpty();
	}

	static void assertOk(RawResponse response) {
		assertThat(response.status()).as(response.toString()).isEqualTo(200);
		assertThat(response.text()).isEqualTo("ok");
	}

}
