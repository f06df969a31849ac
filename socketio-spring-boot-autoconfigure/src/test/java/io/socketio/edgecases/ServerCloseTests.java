package io.socketio.edgecases;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineSession;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: the server closes a session or itself (cases 69 to 77).
 */
class ServerCloseTests extends EngineCases {

	private PollingClient open() {
		start(TestOptions.defaults());
		return openPolling();
	}

	@Test
	@DisplayName("69. close with a pending poll -> 1")
	void case069_closeWithPendingPoll() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		session(client).close();
		assertThat(poll.read().text()).isEqualTo("1");
		awaitClosed(CloseReason.FORCED_CLOSE);
		assertGone(client);
	}

	@Test
	@DisplayName("70. close without a pending poll -> next poll 6 and 1, then code 1")
	void case070_closeWithoutPendingPoll() {
		PollingClient client = open();
		close(client);
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertGone(client);
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("71. send and close without a pending poll -> data, then 6 and 1")
	void case071_sendAndClose() {
		PollingClient client = open();
		EngineSession session = session(client);
		send(session, "a");
		send(session, "b");
		close(client);
		assertThat(client.poll().text()).isEqualTo("4a\u001e4b");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertGone(client);
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("71. send and close with a pending poll -> data, then 6 and 1")
	void case071_sendAndCloseWithPendingPoll() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		EngineSession session = session(client);
		send(session, "a");
		session.close();
		assertThat(poll.read().text()).isEqualTo("4a");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
	}

	@Test
	@DisplayName("72. push while closing -> ok, packets dropped")
	void case072_pushWhileClosing() {
		PollingClient client = open();
		close(client);
		assertOk(client.push("4hello"));
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertThat(received()).isEmpty();
	}

	@Test
	@DisplayName("72. message sent while closing -> dropped")
	void case072_sendWhileClosing() {
		PollingClient client = open();
		close(client);
		send(session(client), "late");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
	}

	@Test
	@DisplayName("72. what the client does while closing -> reason stays forced close")
	void case072_reasonWhileClosing() {
		PollingClient client = open();
		close(client);
		startPush(client, 100, "4hel").abort();
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("73. no poll after close -> session removed after the close timeout")
	void case073_closeIsNotCollected() {
		start(TestOptions.defaults().closeTimeout(150));
		PollingClient client = openPolling();
		long start = System.nanoTime();
		close(client);
		awaitClosed(CloseReason.FORCED_CLOSE);
		assertThat(Await.millisSince(start)).isGreaterThanOrEqualTo(150);
		assertGone(client);
	}

	@Test
	@DisplayName("74. close on WebSocket -> close frame without a status, what was sent before is delivered")
	void case074_closeOnWebSocket() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = openWebSocket();
		EngineSession session = session();
		send(session, "a");
		send(session, "b");
		session.close();
		assertThat(webSocket.text()).isEqualTo("4a");
		assertThat(webSocket.text()).isEqualTo("4b");
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("74. close on WebSocket -> closed at once, without waiting for the client's close frame")
	void case074_clientDoesNotAnswerTheClose() {
		start(TestOptions.defaults());
		openWebSocket();
		session().close();
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("74. large messages and close on WebSocket -> all of them before the close frame")
	void case074_largeMessagesBeforeClose() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = openWebSocket();
		EngineSession session = session();
		String text = "x".repeat(300_000);
		for (int i = 0; i < 8; i++) {
			send(session, i + text);
		}
		session.close();
		for (int i = 0; i < 8; i++) {
			assertThat(webSocket.text()).isEqualTo("4" + i + text);
		}
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
	}

	@Test
	@DisplayName("75. engine shutdown -> pending poll 1, next poll code 1")
	void case075_shutdownWithPendingPoll() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		this.engine.server.close();
		assertThat(poll.read().text()).isEqualTo("1");
		awaitClosed(CloseReason.SERVER_SHUTDOWN);
		assertGone(client);
	}

	@Test
	@DisplayName("75. engine shutdown -> buffered messages dropped, next poll code 1")
	void case075_shutdownDropsBufferedMessages() {
		PollingClient client = open();
		send(session(client), "buffered");
		this.engine.server.close();
		awaitClosed(CloseReason.SERVER_SHUTDOWN);
		assertGone(client);
	}

	@Test
	@DisplayName("75. engine shutdown -> WebSocket closed")
	void case075_shutdownOfWebSocket() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = openWebSocket();
		this.engine.server.close();
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.SERVER_SHUTDOWN);
	}

	@Test
	@DisplayName("75. engine shutdown -> an upgrade under way is closed too")
	void case075_shutdownDuringUpgrade() {
		PollingClient client = open();
		RawWebSocket candidate = probed(client);
		this.engine.server.close();
		assertThat(candidate.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.SERVER_SHUTDOWN);
	}

	@Test
	@DisplayName("75. handshake after engine shutdown -> 503")
	void case075_handshakeAfterShutdown() {
		start(TestOptions.defaults());
		this.engine.server.close();
		assertEmpty(get(POLLING), 503);
		RawResponse response = RawWebSocket.refused(port(), WEBSOCKET);
		assertThat(response.status()).isEqualTo(503);
		assertThat(this.engine.sessions).isEmpty();
	}

	@Test
	@DisplayName("76. server stopped -> sessions told, port free afterwards")
	void case076_portIsFreeAfterwards() throws IOException {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		RawWebSocket webSocket = openWebSocket();
		int port = port();
		this.engine.close();
		assertThat(poll.read().text()).isEqualTo("1");
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(this.engine.closed).containsExactly(CloseReason.SERVER_SHUTDOWN, CloseReason.SERVER_SHUTDOWN);
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		socket.close();
	}

	@Test
	@DisplayName("77. server restarted on the same port -> old sessions unknown, new clients served")
	void case077_restart() {
		PollingClient old = open();
		int port = port();
		this.engine.close();
		start(TestEngine.with(TestOptions.defaults().build()).port(port));
		assertGone(old);
		assertOpen(openPolling());
	}

	// Returns when the session is closing
	private void close(PollingClient client) {
		EngineSession session = session(client);
		session.close();
		Await.until("the session is closing", () -> !session.isOpen());
	}

}
