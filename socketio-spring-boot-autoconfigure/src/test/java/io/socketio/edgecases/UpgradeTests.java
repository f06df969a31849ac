package io.socketio.edgecases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineSession;
import io.socketio.engine.TransportType;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: the upgrade from long-polling to WebSocket (cases 97 to
 * 114).
 */
class UpgradeTests extends EngineCases {

	private PollingClient open() {
		return open(TestOptions.defaults());
	}

	private PollingClient open(TestOptions options) {
		start(options);
		return openPolling();
	}

	@Test
	@DisplayName("97. 2probe -> 3probe")
	void case097_probe() {
		assertThat(candidate(open()).send("2probe").text()).isEqualTo("3probe");
	}

	@Test
	@DisplayName("97. 2probe with a pending poll -> the poll is answered 6")
	void case097_pendingPollIsReleased() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		probed(client);
		assertThat(poll.read().text()).isEqualTo("6");
	}

	@Test
	@DisplayName("98. polls opened after the probe -> each is answered 6")
	void case098_pollAfterProbe() {
		PollingClient client = open();
		probed(client);
		assertThat(client.poll().text()).isEqualTo("6");
		assertThat(client.poll().text()).isEqualTo("6");
	}

	@Test
	@DisplayName("98. probe repeated -> answered again")
	void case098_repeatedProbe() {
		RawWebSocket candidate = probed(open());
		assertThat(candidate.send("2probe").text()).isEqualTo("3probe");
	}

	@Test
	@DisplayName("99. message between probe and 5 with a poll available -> goes over polling")
	void case099_messageGoesOverPolling() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		send(session(client), "during");
		assertThat(client.poll().text()).isEqualTo("4during");
		candidate.send("5").send("4after");
		assertThat(candidate.text()).isEqualTo("4after");
	}

	@Test
	@DisplayName("100. message between probe and 5 without a poll -> first frame after 5")
	void case100_messageWaitsForTheUpgrade() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		send(session(client), "a");
		send(session(client), "b");
		candidate.send("5");
		assertThat(candidate.text()).isEqualTo("4a");
		assertThat(candidate.text()).isEqualTo("4b");
	}

	@Test
	@DisplayName("101. push during the upgrade -> accepted")
	void case101_pushDuringUpgrade() {
		PollingClient client = open();
		probed(client);
		assertOk(client.push("4hello"));
		assertThat(client.poll().text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("102. 5 -> transport is WebSocket, echo works both for text and binary")
	void case102_upgraded() {
		PollingClient client = open();
		RawWebSocket webSocket = upgraded(client);
		assertThat(session(client).transportType()).isEqualTo(TransportType.WEBSOCKET);
		assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
		assertThat(webSocket.send(new byte[] { 1, 2 }).binary()).containsExactly(1, 2);
	}

	@Test
	@DisplayName("102. packets sent behind 5 without waiting -> delivered in order")
	void case102_packetsBehindTheUpgrade() {
		PollingClient client = open();
		RawWebSocket candidate = candidate(client);
		candidate.sendAll("2probe", "5", "4a", "4b", "4c");
		assertThat(candidate.text()).isEqualTo("3probe");
		assertThat(candidate.text()).isEqualTo("4a");
		assertThat(candidate.text()).isEqualTo("4b");
		assertThat(candidate.text()).isEqualTo("4c");
	}

	@Test
	@DisplayName("102. close after the upgrade -> transport close")
	void case102_closeAfterUpgrade() {
		upgraded(open()).close();
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("103. 5 without a probe -> upgraded")
	void case103_upgradeWithoutProbe() {
		RawWebSocket candidate = candidate(open()).send("5").send("4hello");
		assertThat(candidate.text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("104. poll pending at 5 -> 1")
	void case104_pendingPollAtUpgrade() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		RawWebSocket candidate = candidate(client).send("5");
		assertThat(poll.read().text()).isEqualTo("1");
		assertThat(candidate.send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("105. poll sent with 5 that is faster than it -> refused as after the upgrade")
	void case105_pollThatOvertakesTheUpgrade() {
		start(TestOptions.defaults());
		List<Integer> statuses = new ArrayList<>();
		while (!statuses.contains(400) && statuses.size() < 50) { // under load it is slow
			PollingClient client = openPolling();
			RawWebSocket candidate = probed(client);
			RawHttp poll = pendingPoll(client);
			candidate.send("5");
			statuses.add(poll.read().status());
			assertThat(candidate.send("4hello").text()).isEqualTo("4hello");
		}
		assertThat(statuses).contains(400);
	}

	@Test
	@DisplayName("104. push being uploaded at 5 -> interrupted, its packets dropped, session unaffected")
	void case104_pendingPushAtUpgrade() {
		PollingClient client = open();
		RawHttp push = startPush(client, 100, "4hel");
		RawWebSocket webSocket = upgraded(client);
		assertEmpty(push.read(), 400);
		assertThat(push.readToEnd()).isEmpty();
		assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
		assertThat(received()).containsExactly("hello");
	}

	@Test
	@DisplayName("104. client aborts its poll and push at 5 -> session unaffected")
	void case104_abortsAtUpgrade() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		RawHttp push = startPush(client, 100, "4hel");
		RawWebSocket webSocket = upgraded(client);
		push.abort();
		poll.abort();
		for (int i = 0; i < 20; i++) {
			assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
		}
		assertThat(this.engine.closed).isEmpty();
	}

	@Test
	@DisplayName("105. poll and push after the upgrade -> code 3, session unaffected")
	void case105_pollingAfterUpgrade() {
		PollingClient client = open();
		RawWebSocket webSocket = upgraded(client);
		assertError(client.poll(), 400, 3, "Bad request");
		assertError(client.push("4hello"), 400, 3, "Bad request");
		assertThat(webSocket.send("4still").text()).isEqualTo("4still");
		assertThat(received()).containsExactly("still");
	}

	@Test
	@DisplayName("106. second WebSocket after the upgrade -> closed, first unaffected")
	void case106_secondWebSocketAfterUpgrade() {
		PollingClient client = open();
		RawWebSocket first = upgraded(client);
		assertThat(candidate(client).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(first.send("4hello").text()).isEqualTo("4hello");
		assertThat(this.engine.closed).isEmpty();
	}

	@Test
	@DisplayName("106. second WebSocket for a session that began as WebSocket -> closed, first unaffected")
	void case106_secondWebSocketForWebSocket() {
		start(TestOptions.defaults());
		RawWebSocket first = openWebSocket();
		RawWebSocket second = webSocket(WEBSOCKET + "&sid=" + session().id());
		second.sendAll("2probe", "5", "4stolen");
		assertThat(second.awaitEnd()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(first.send("4hello").text()).isEqualTo("4hello");
		assertThat(received()).containsExactly("hello");
	}

	@Test
	@DisplayName("107. second WebSocket during the upgrade -> closed, first unaffected")
	void case107_secondWebSocketDuringUpgrade() {
		PollingClient client = open();
		RawWebSocket first = probed(client);
		assertThat(candidate(client).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(first.send("5").send("4hello").text()).isEqualTo("4hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4x", "2", "2other", "3probe", "0", "1", "6", "abc", "", "bAQ==" })
	@DisplayName("108. other first frame -> candidate closed, session stays on polling, retry works")
	void case108_otherFirstFrame(String frame) {
		PollingClient client = open();
		assertThat(candidate(client).send(frame).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("108. binary first frame -> candidate closed, session stays on polling, retry works")
	void case108_binaryFirstFrame() {
		PollingClient client = open();
		assertThat(candidate(client).send(new byte[] { 1 }).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("108. message behind the probe -> candidate closed, session stays on polling, retry works")
	void case108_messageBehindProbe() {
		PollingClient client = open();
		assertThat(probed(client).send("4early").closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("108. candidate breaks the rules of WebSocket -> closed, session stays on polling")
	void case108_brokenCandidate() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		candidate.sendFrame(0x80 | 0x0B, new byte[0]);
		assertThat(candidate.closeStatus()).isEqualTo(1002);
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("109. candidate closed after the probe -> session stays on polling, retry works")
	void case109_candidateClosed() {
		PollingClient client = open();
		probed(client).sendClose(1000);
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("109. candidate reset after the probe -> session stays on polling, retry works")
	void case109_candidateReset() {
		PollingClient client = open();
		probed(client).abort();
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("109. candidate closed before the probe -> session stays on polling, retry works")
	void case109_candidateClosedBeforeProbe() {
		PollingClient client = open();
		candidate(client).close();
		assertStaysOnPolling(client);
	}

	@Test
	@DisplayName("110. no 5 within the upgrade timeout -> candidate closed, polling session alive")
	void case110_upgradeTimeout() {
		PollingClient client = open(TestOptions.defaults().upgradeTimeout(500));
		long start = System.nanoTime();
		assertThat(probed(client).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(Await.millisSince(start)).isGreaterThanOrEqualTo(500);
		assertOpen(client);
	}

	@Test
	@DisplayName("110. candidate that sends nothing -> closed, polling session alive")
	void case110_silentCandidate() {
		PollingClient client = open(TestOptions.defaults().upgradeTimeout(150));
		assertThat(candidate(client).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertOpen(client);
	}

	@Test
	@DisplayName("110. upgrade timeout has no effect after the upgrade")
	void case110_noTimeoutAfterUpgrade() {
		PollingClient client = open(TestOptions.defaults().upgradeTimeout(800));
		PollingClient slow = openPolling();
		RawWebSocket webSocket = upgraded(client);
		assertThat(candidate(slow).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS); // later
		assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("111. session closed by push 1 during the upgrade -> candidate closed")
	void case111_closedByPushDuringUpgrade() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		assertOk(client.push("1"));
		assertThat(candidate.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("111. session closed by a ping timeout during the upgrade -> candidate closed")
	void case111_pingTimeoutDuringUpgrade() {
		PollingClient client = open(TestOptions.heartbeat(300, 500));
		assertThat(probed(client).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("112. server closes during the upgrade, then 5 -> closed, reason forced close")
	void case112_serverClosesDuringUpgrade() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		EngineSession session = session(client);
		session.close();
		Await.until("the session is closing", () -> !session.isOpen());
		assertThat(candidate.send("5").closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("112. server sends and closes during the upgrade, then 5 -> message, then closed")
	void case112_serverSendsAndClosesDuringUpgrade() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		EngineSession session = session(client);
		send(session, "last");
		session.close();
		Await.until("the session is closing", () -> !session.isOpen());
		candidate.send("5");
		assertThat(candidate.text()).isEqualTo("4last");
		assertThat(candidate.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("113. messages each way across an upgrade -> none lost, none out of order")
	void case113_messagesAcrossAnUpgrade() throws Exception {
		start(TestEngine.with(TestOptions.defaults().build()).application((session, message) -> {
		}));
		PollingClient client = openPolling();
		EngineSession session = session(client);
		Thread sender = new Thread(() -> {
			for (int i = 0; i < 50; i++) {
				send(session, "s" + i);
				Await.elapsed(System.nanoTime(), 2);
			}
		});
		sender.start();
		List<String> fromServer = new ArrayList<>();
		for (int i = 0; i < 25; i++) {
			if (i % 5 == 0) {
				fromServer.addAll(List.of(client.poll().text().split("\u001e")));
			}
			assertOk(client.push("4c" + i));
		}
		RawWebSocket candidate = probed(client);
		String last = client.poll().text();
		while (!last.equals("6")) {
			fromServer.addAll(List.of(last.split("\u001e")));
			last = client.poll().text();
		}
		candidate.send("5");
		for (int i = 25; i < 50; i++) {
			candidate.send("4c" + i);
		}
		while (fromServer.size() < 50) {
			fromServer.add(candidate.text());
		}
		sender.join();
		assertThat(fromServer).isEqualTo(IntStream.range(0, 50).mapToObj((i) -> "4s" + i).toList());
		Await.until("all messages have arrived", () -> this.engine.received.size() >= 50);
		assertThat(received()).isEqualTo(IntStream.range(0, 50).mapToObj((i) -> "c" + i).toList());
	}

	@Test
	@DisplayName("114. upgrade -> the request that opened the session stays what it was")
	void case114_requestStays() {
		start(TestOptions.defaults());
		PollingClient client = PollingClient.open(port(), "X-Test: polling");
		RawWebSocket candidate = webSocket(client.upgradeTarget(), "X-Test: websocket").send("5").send("4hello");
		assertThat(candidate.text()).isEqualTo("4hello");
		EngineSession session = session(client);
		assertThat(session.transportType()).isEqualTo(TransportType.WEBSOCKET);
		assertThat(session.request().query()).containsEntry("transport", "polling").doesNotContainKey("sid");
		assertThat(session.request().headers().getFirst("X-Test")).isEqualTo("polling");
	}

	private void assertStaysOnPolling(PollingClient client) {
		assertOpen(client);
		RawWebSocket retry = retry(client);
		assertThat(retry.send("5").send("4retried").text()).isEqualTo("4retried");
		assertThat(received()).containsExactly("still there", "retried");
	}

	// The server may learn of the end of the former candidate only now
	private RawWebSocket retry(PollingClient client) {
		for (int i = 0; i < 100; i++) {
			RawWebSocket candidate = candidate(client).send("2probe");
			RawWebSocket.Frame frame = candidate.read();
			if (frame != null && frame.opcode() == RawWebSocket.TEXT) {
				assertThat(frame.text()).isEqualTo("3probe");
				return candidate;
			}
		}
		throw new AssertionError("No retry works");
	}

}
