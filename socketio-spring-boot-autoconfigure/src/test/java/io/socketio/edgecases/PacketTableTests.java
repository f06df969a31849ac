package io.socketio.edgecases;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.engine.EngineSession;
import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketHandler;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of section 2.2 of the protocol notes, row by row, and with it the edge cases
 * 137 to 142: what is accepted, what closes the connection, and the reason of the
 * disconnect, on WebSocket and on long-polling with and without a pending poll.
 */
class PacketTableTests {

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

	private static final Map<String, String> reasons = new ConcurrentHashMap<>();

	private static final Map<String, List<String>> received = new ConcurrentHashMap<>();

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.builder().application((io) -> {
			io.of("/admin");
			io.handler((socket, reads) -> new SocketHandler() {

				@Override
				public void event(String event, EventArguments arguments, Acknowledgement acknowledgement) {
					if ("marker".equals(event)) {
						acknowledgement.send();
						return;
					}
					received.computeIfAbsent(socket.id(), (id) -> new CopyOnWriteArrayList<>()).add(event + arguments);
				}

				@Override
				public void disconnected(DisconnectReason reason) {
					reasons.put(socket.id(), reason.toString());
				}

			});
		}).start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	/**
	 * What is no Socket.IO packet.
	 * @return messages
	 */
	static Stream<String> malformed() {
		return Stream.of("2[]", "2{}", "2[null]", "2[true]", "2[[\"a\"]]", "2[{}]", "2[\"connect\"]",
				"2[\"connect_error\"]", "2[\"disconnect\",\"x\"]", "2[\"disconnecting\"]", "2[\"newListener\"]",
				"2[\"removeListener\"]", "2[\"x\"]garbage", "2[\"x\"", "2abc[\"x\"]", "2\"x\"", "30{}", "30\"x\"",
				"1{}", "1[]", "7[\"x\"]", "8", "9", "abc", "", "-", " 2[\"x\"]", "5", "51", "51[\"x\"]", "5a-",
				"5a-[\"x\"]", "51.23-", "5-1-[\"x\"]", "5-[\"x\"]", "50-[\"x\"]", "511-[\"a\"]", "599999999999-[\"a\"]",
				"6", "60-[]", "6a-[]", "4[]", "4null");
	}

	/**
	 * Malformed messages that the reference takes by quirks of JavaScript, or ignores.
	 * @return messages
	 */
	static Stream<String> malformedUnlikeReference() {
		return Stream.of("51.0-[\"x\"," + PLACEHOLDER + "]", "51e0-[\"x\"," + PLACEHOLDER + "]",
				"29007199254740993[\"x\"]");
	}

	/**
	 * Packets that a client must not send.
	 * @return messages
	 */
	static Stream<String> violations() {
		return Stream.of("0", "0{}", "0{\"a\":1}", "2/admin,[\"x\"]", "1/admin,", "3/admin,1[]", "2/unknown,[\"x\"]",
				"4\"x\"", "4{}", "4", "41", "4{\"message\":\"x\"}");
	}

	@ParameterizedTest
	@MethodSource("malformed")
	@DisplayName("137, 139. malformed packet on WebSocket -> closed, forced close")
	void case137_malformedOnWebSocket(String packet) {
		assertClosesWebSocket(packet, "forced close");
	}

	@ParameterizedTest
	@MethodSource("malformed")
	@DisplayName("137, 139. malformed packet with a pending poll -> 1, forced close")
	void case137_malformedWithPendingPoll(String packet) {
		assertClosesPendingPoll(packet, "forced close");
	}

	@ParameterizedTest
	@MethodSource("malformed")
	@DisplayName("137, 139. malformed packet without a poll -> 6 and 1 on the next, then forced close")
	void case137_malformedWithoutPoll(String packet) {
		PollingClient client = PollingClient.open(server.port());
		String id = join(client);
		client.push("4" + packet);
		assertThat(client.push("42[\"late\"]").text()).isEqualTo("ok");
		assertThat(reasons.get(id)).isNull();
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertDisconnected(id, "forced close");
		assertThat(received.get(id)).isNull();
	}

	@ParameterizedTest
	@MethodSource("violations")
	@DisplayName("132, 138, 143. violation on WebSocket -> closed, forced close")
	void case138_violationOnWebSocket(String packet) {
		assertClosesWebSocket(packet, "forced close");
	}

	@ParameterizedTest
	@MethodSource("violations")
	@DisplayName("132, 138, 143. violation with a pending poll -> 1, forced close")
	void case138_violationWithPendingPoll(String packet) {
		assertClosesPendingPoll(packet, "forced close");
	}

	@ParameterizedTest
	@MethodSource("violations")
	@DisplayName("132, 138, 143. violation without a poll -> forced server close at once, 6 and 1 on the next poll")
	void case138_violationWithoutPoll(String packet) {
		PollingClient client = PollingClient.open(server.port());
		String id = join(client);
		client.push("4" + packet);
		assertDisconnected(id, "forced server close");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		assertThat(client.poll().text()).contains("Session ID unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0[]", "0\"x\"", "0null", "01null", "0true", "0{bad", "0{} x", "0admin", "0/,[]",
			"0/admin,\"x\"", "2[\"x\"]", "1", "30[]", "4{}", "5", "abc", "" })
	@DisplayName("137. bad first packet on a fresh connection -> closed")
	void case137_freshConnection(String packet) {
		try (RawWebSocket webSocket = open()) {
			webSocket.send("4" + packet);
			assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		}
		PollingClient polling = PollingClient.open(server.port());
		polling.push("4" + packet);
		assertThat(polling.poll().text()).isEqualTo("6\u001e1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0/", "0/,", "00", "0/,{}", "0{\"a\":1} ", "0/admin", "0/admin,", "0/admin,12{}",
			"0/admin,1", "0/admin,{\"a\":[]}" })
	@DisplayName("126. odd but valid CONNECT -> accepted, an id is ignored")
	void case126_oddConnect(String packet) {
		try (RawWebSocket webSocket = open()) {
			webSocket.send("4" + packet);
			assertThat(webSocket.text())
				.matches("40" + (packet.contains("admin") ? "/admin," : "") + "\\{\"sid\":\"[^\"]+\"}");
		}
	}

	/**
	 * Accepted packets and the events that handlers get.
	 * @return pairs
	 */
	static Stream<List<String>> accepted() {
		return Stream.of(List.of("2[1,\"a\"]", "1[a]"), List.of("2[1.5]", "1.5[]"),
				List.of("2[\"error\",\"x\"]", "error[x]"), List.of("2[\"connection\"]", "connection[]"),
				List.of("2[\"x\"] ", "x[]"), List.of("2 [\"x\"]", "x[]"), List.of("2[\"\"]", "[]"),
				List.of("2[\"a\"," + PLACEHOLDER + "]", "a[{_placeholder=true, num=0}]"), List.of("2/,[\"x\"]", "x[]"),
				List.of("29007199254740991[\"x\"]", "x[]"), List.of("2", ""), List.of("21", ""), List.of("30[]", ""),
				List.of("39[1]", ""), List.of("3", ""), List.of("30", ""));
	}

	@ParameterizedTest
	@MethodSource("accepted")
	@DisplayName("139 to 142. accepted packets: delivered or ignored, connection open (WebSocket)")
	void case140_acceptedOnWebSocket(List<String> row) {
		try (RawWebSocket webSocket = open()) {
			String id = join(webSocket);
			webSocket.send("4" + row.get(0)).send("42987[\"marker\"]");
			assertThat(webSocket.text()).isEqualTo("43987[]");
			assertReceived(id, row.get(1));
		}
	}

	@ParameterizedTest
	@MethodSource("accepted")
	@DisplayName("139 to 142. accepted packets: delivered or ignored, connection open (long-polling)")
	void case140_acceptedOnPolling(List<String> row) {
		PollingClient client = PollingClient.open(server.port());
		String id = join(client);
		client.push("4" + row.get(0) + "\u001e42987[\"marker\"]");
		assertThat(client.poll().text()).isEqualTo("43987[]");
		assertReceived(id, row.get(1));
	}

	@ParameterizedTest
	@MethodSource("malformedUnlikeReference")
	@DisplayName("137. what the reference takes by quirks of JavaScript -> closed")
	void case137_quirks(String packet) {
		assertClosesWebSocket(packet, "forced close");
	}

	private static void assertReceived(String id, String event) {
		List<String> expected = event.isEmpty() ? List.of() : List.of(event);
		assertThat(received.getOrDefault(id, List.of())).isEqualTo(expected);
		assertThat(reasons.get(id)).isNull();
	}

	private static void assertClosesWebSocket(String packet, String reason) {
		try (RawWebSocket webSocket = open()) {
			String id = join(webSocket);
			webSocket.send("4" + packet).send("42[\"late\"]");
			assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
			assertDisconnected(id, reason);
			assertThat(received.get(id)).isNull();
		}
	}

	private static void assertClosesPendingPoll(String packet, String reason) {
		PollingClient client = PollingClient.open(server.port());
		String id = join(client);
		EngineSession session = server.engine().session(client.sid());
		try (RawHttp poll = client.startPoll()) {
			Await.until("the poll is pending", session::closable);
			client.push("4" + packet + "\u001e42[\"late\"]");
			assertThat(poll.read().text()).isEqualTo("1");
		}
		assertDisconnected(id, reason);
		assertThat(client.poll().text()).contains("Session ID unknown");
		assertThat(received.get(id)).isNull();
	}

	private static void assertDisconnected(String id, String reason) {
		Await.until("the disconnect", () -> reasons.containsKey(id));
		assertThat(reasons.get(id)).isEqualTo(reason);
	}

	private static RawWebSocket open() {
		RawWebSocket webSocket = RawWebSocket.connect(server.port(), WEBSOCKET);
		webSocket.text();
		return webSocket;
	}

	private static String join(RawWebSocket webSocket) {
		return id(webSocket.send("40").text());
	}

	private static String join(PollingClient client) {
		client.push("40");
		return id(client.poll().text());
	}

	private static String id(String reply) {
		assertThat(reply).startsWith("40{\"sid\":\"");
		return reply.substring(10, 30);
	}

}
