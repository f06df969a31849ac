package io.socketio.edgecases;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineSession;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: the heartbeat (cases 90 to 96).
 */
class HeartbeatTests extends EngineCases {

	@Test
	@DisplayName("90. poll returns 2 after the interval, three pongs keep a polling session alive")
	void case090_polling() {
		start(TestOptions.heartbeat(100, 5000));
		long opened = System.nanoTime();
		PollingClient client = openPolling();
		for (int i = 1; i <= 3; i++) {
			assertThat(client.poll().text()).isEqualTo("2");
			assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(i * (100 - TICK));
			assertOk(client.push("3"));
		}
		assertOpen(client);
	}

	@Test
	@DisplayName("90. frame 2 after the interval, three pongs keep a WebSocket session alive")
	void case090_webSocket() {
		start(TestOptions.heartbeat(100, 5000));
		long opened = System.nanoTime();
		RawWebSocket webSocket = openWebSocket();
		for (int i = 1; i <= 3; i++) {
			assertThat(webSocket.text()).isEqualTo("2");
			assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(i * (100 - TICK));
			webSocket.send("3");
		}
		assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("91. no pong -> pending poll 1 after the timeout, reason ping timeout")
	void case091_polling() {
		start(TestOptions.heartbeat(100, 700));
		long opened = System.nanoTime();
		PollingClient client = openPolling();
		assertThat(client.poll().text()).isEqualTo("2");
		RawHttp poll = pendingPoll(client);
		assertThat(poll.read().text()).isEqualTo("1");
		assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(800 - 2 * TICK);
		awaitClosed(CloseReason.PING_TIMEOUT);
		assertGone(client);
	}

	@Test
	@DisplayName("91. no pong -> WebSocket closed after the timeout, reason ping timeout")
	void case091_webSocket() {
		start(TestOptions.heartbeat(100, 700));
		long opened = System.nanoTime();
		RawWebSocket webSocket = openWebSocket();
		assertThat(webSocket.text()).isEqualTo("2");
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(800 - 2 * TICK);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("92. poll after the ping was due but before the deadline -> 2, a pong saves the session")
	void case092_latePoll() {
		start(TestOptions.heartbeat(100, 5000));
		PollingClient late = openPolling();
		PollingClient clock = openPolling(); // its ping is due after the other one's
		assertThat(clock.poll().text()).isEqualTo("2");
		assertThat(late.poll().text()).isEqualTo("2");
		assertOk(late.push("3"));
		assertThat(late.poll().text()).isEqualTo("2");
		assertOpen(late);
	}

	@Test
	@DisplayName("93. next ping comes one interval after the pong, not after the ping")
	void case093_polling() {
		start(TestOptions.heartbeat(200, 5000));
		PollingClient client = openPolling();
		assertThat(client.poll().text()).isEqualTo("2");
		Await.elapsed(System.nanoTime(), 100);
		long pong = System.nanoTime();
		client.push("3");
		assertThat(client.poll().text()).isEqualTo("2");
		assertThat(Await.millisSince(pong)).isGreaterThanOrEqualTo(200 - TICK);
	}

	@Test
	@DisplayName("93. next ping comes one interval after the pong on WebSocket too")
	void case093_webSocket() {
		start(TestOptions.heartbeat(200, 5000));
		RawWebSocket webSocket = openWebSocket();
		assertThat(webSocket.text()).isEqualTo("2");
		Await.elapsed(System.nanoTime(), 100);
		long pong = System.nanoTime();
		webSocket.send("3");
		assertThat(webSocket.text()).isEqualTo("2");
		assertThat(Await.millisSince(pong)).isGreaterThanOrEqualTo(200 - TICK);
	}

	@Test
	@DisplayName("94. data but no pong on polling -> closed nevertheless")
	void case094_polling() {
		start(TestOptions.heartbeat(100, 500));
		PollingClient client = openPolling();
		RawResponse response = client.push("4data");
		while (response.status() == 200) {
			response = client.push("4data");
		}
		awaitClosed(CloseReason.PING_TIMEOUT);
		assertThat(this.engine.received).isNotEmpty();
	}

	@Test
	@DisplayName("94. data but no pong on WebSocket -> deadline extended once by the timeout, then closed")
	void case094_webSocket() {
		start(TestOptions.heartbeat(50, 1500));
		RawWebSocket webSocket = openWebSocket();
		assertThat(webSocket.text()).isEqualTo("2");
		long ping = System.nanoTime();
		Await.elapsed(ping, 600);
		long first = System.nanoTime();
		assertThat(webSocket.send("4first").text()).isEqualTo("4first");
		Await.elapsed(ping, 1550);
		assertThat(webSocket.send("4second").text()).isEqualTo("4second");
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(Await.millisSince(first)).isBetween(1500 - TICK, 2400L);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("95. session that never polls -> closed after interval and timeout")
	void case095_neverPolls() {
		start(TestOptions.heartbeat(100, 100));
		long opened = System.nanoTime();
		PollingClient client = openPolling();
		awaitClosed(CloseReason.PING_TIMEOUT);
		assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(200 - 2 * TICK);
		assertGone(client);
	}

	@Test
	@DisplayName("95. WebSocket client that sends nothing -> closed, although it reads")
	void case095_silentWebSocket() {
		start(TestOptions.heartbeat(100, 100));
		assertThat(openWebSocket().awaitEnd()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("96. ping sent over polling, upgrade completes, no pong -> times out")
	void case096_upgradeBetweenPingAndPong() {
		start(TestOptions.heartbeat(100, 1500));
		PollingClient client = openPolling();
		assertThat(client.poll().text()).isEqualTo("2");
		RawWebSocket webSocket = upgraded(client);
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("96. ping sent over polling, upgrade completes, pong over WebSocket -> stays alive")
	void case096_pongAfterUpgrade() {
		start(TestOptions.heartbeat(100, 5000));
		PollingClient client = openPolling();
		assertThat(client.poll().text()).isEqualTo("2");
		EngineSession session = session(client);
		RawWebSocket webSocket = upgraded(client).send("3");
		assertThat(webSocket.text()).isEqualTo("2");
		assertThat(session.isOpen()).isTrue();
	}

	@Test
	@DisplayName("96. upgrade between two pings -> the next ping comes over WebSocket")
	void case096_pingAfterUpgrade() {
		start(TestOptions.heartbeat(300, 5000));
		RawWebSocket webSocket = upgraded(openPolling());
		assertThat(webSocket.text()).isEqualTo("2");
	}

}
