package io.socketio.edgecases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.engine.CloseReason;
import io.socketio.protocol.EnginePacket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.RawWebSocket.Frame;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;
import io.socketio.webflux.HttpPayloadCompression;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Engine.IO revision 3 (section 1.15 of the protocol notes), row by row.
 */
class Revision3Tests extends EngineCases {

	private static final String WEBSOCKET_3 = "/socket.io/?EIO=3&transport=websocket";

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	private void start() {
		start(TestOptions.defaults().allowEio3());
	}

	private PollingClient open(String parameters) {
		return PollingClient.openWith(port(), parameters);
	}

	private PollingClient open() {
		return open("EIO=3");
	}

	private RawWebSocket openWebSocket3() {
		RawWebSocket webSocket = webSocket(WEBSOCKET_3);
		assertThat(webSocket.text()).startsWith("0{");
		return webSocket;
	}

	private void assertAlive(PollingClient client) {
		assertOk(client.push("2:4x"));
		assertThat(client.poll().text()).isEqualTo("2:4x");
	}

	// Detection

	@Test
	@DisplayName("not allowed -> code 5 for any revision but 4")
	void refusedByDefault() {
		start(TestOptions.defaults());
		for (String query : List.of("EIO=3&transport=polling", "transport=polling", "EIO=abc&transport=polling")) {
			assertError(get("/socket.io/?" + query), 400, 5, "Unsupported protocol version");
		}
		assertUpgradeError(RawWebSocket.refused(port(), WEBSOCKET_3), "Unsupported protocol version");
		assertThat(this.engine.sessions).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "EIO=3&", "", "EIO=abc&", "EIO=&", "EIO=5&" })
	@DisplayName("allowed -> everything but EIO=4 is revision 3, the absence of EIO too")
	void detection(String parameter) {
		start();
		assertThat(get("/socket.io/?" + parameter + "transport=polling").text()).matches("\\d+:0\\{.*}");
	}

	@Test
	@DisplayName("allowed -> sessions of revision 4 are what they were")
	void revision4() {
		start();
		PollingClient client = openPolling();
		assertThat(client.handshake().text()).startsWith("0{");
		assertOpen(client);
		assertEmpty(client.push(bytes(0, 2, 255, '4', 'x')), 400);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	// Handshake

	@Test
	@DisplayName("polling handshake -> length, colon, open packet with the same five keys; text/plain")
	void handshake() {
		start();
		RawResponse response = get("/socket.io/?EIO=3&transport=polling");
		assertThat(response.text()).matches("118:0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
		assertThat(response.body()).hasSize("118:".length() + 118);
		assertThat(response.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=UTF-8");
	}

	@Test
	@DisplayName("WebSocket handshake -> first frame is the open packet, without a length")
	void webSocketHandshake() {
		start();
		assertThat(webSocket(WEBSOCKET_3).text()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
	}

	@Test
	@DisplayName("initial packet -> second packet of the polling handshake")
	void initialPacket() {
		start(TestOptions.defaults().allowEio3().initialPacket("fäster"));
		assertThat(get("/socket.io/?EIO=3&transport=polling").text()).endsWith("}7:4fäster");
	}

	// Requests of a session must have its revision

	@Test
	@DisplayName("poll, push or upgrade with EIO=4 for a session of revision 3, or the reverse -> code 3, session open")
	void otherRevision() {
		start();
		PollingClient third = open();
		PollingClient fourth = openPolling();
		assertError(get(third.target().replace("EIO=3", "EIO=4")), 400, 3, "Bad request");
		assertError(exchange("POST", third.target().replace("EIO=3", "EIO=4")), 400, 3, "Bad request");
		assertError(get(fourth.target().replace("EIO=4", "EIO=3")), 400, 3, "Bad request");
		assertUpgradeError(RawWebSocket.refused(port(), third.upgradeTarget().replace("EIO=3", "EIO=4")),
				"Bad request");
		assertUpgradeError(RawWebSocket.refused(port(), fourth.upgradeTarget().replace("EIO=4", "EIO=3")),
				"Bad request");
		assertAlive(third);
		assertOpen(fourth);
	}

	// Payloads

	@Test
	@DisplayName("text payload -> lengths in UTF-16 code units, both ways")
	void textPayload() {
		start();
		PollingClient client = open();
		assertOk(client.push("8:430[\"€\"]3:4😀1:4"));
		assertThat(received()).containsExactly("30[\"€\"]", "😀", "");
		RawResponse poll = client.poll();
		assertThat(poll.text()).isEqualTo("8:430[\"€\"]3:4😀1:4");
		assertThat(poll.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=UTF-8");
	}

	@Test
	@DisplayName("binary message without b64 -> binary payload, text in it too; octet-stream")
	void binaryPayload() {
		start();
		PollingClient client = open();
		assertOk(client.push("4:4é😀10:b4AQIDBA=="));
		RawResponse poll = client.poll();
		assertThat(poll.header("Content-Type")).isEqualTo("application/octet-stream");
		assertThat(poll.body())
			.isEqualTo(bytes(0, 7, 255, '4', 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 1, 5, 255, 4, 1, 2, 3, 4));
		assertAlive(client);
	}

	@Test
	@DisplayName("binary message with b64 in the handshake -> text payload with b4 and Base64")
	void base64Payload() {
		start();
		PollingClient client = open("EIO=3&b64=1");
		assertOk(client.push("6:4hello10:b4AQIDBA=="));
		assertThat(this.engine.received.get(1)).isEqualTo(EnginePacket.binary(bytes(1, 2, 3, 4)));
		RawResponse poll = client.poll();
		assertThat(poll.text()).isEqualTo("6:4hello10:b4AQIDBA==");
		assertThat(poll.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=UTF-8");
	}

	@Test
	@DisplayName("request body as octet-stream -> binary payload")
	void binaryRequestBody() {
		start();
		PollingClient client = open("EIO=3&b64=1");
		assertOk(client.push(bytes(0, 3, 255, '4', 0xc3, 0xa9, 1, 3, 255, 4, 1, 2)));
		assertThat(this.engine.received).containsExactly(EnginePacket.message("é"), EnginePacket.binary(bytes(1, 2)));
	}

	@Test
	@DisplayName("large binary payload -> compressed as text is")
	void compressedPayload() throws IOException {
		start(TestEngine.with(TestOptions.defaults().allowEio3().build())
			.web(new WebOptions(null, new HttpPayloadCompression(1024), -1)));
		PollingClient client = open();
		byte[] body = Arrays.copyOf(bytes(1, 1, 9, 9, 5, 255, 4), 6 + 1995);
		assertOk(client.push(body));
		RawResponse poll = client.poll("Accept-Encoding: gzip");
		assertThat(poll.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(poll.header("Content-Type")).isEqualTo("application/octet-stream");
		assertThat(new GZIPInputStream(new ByteArrayInputStream(poll.body())).readAllBytes()).isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "4hello", "1:", "6:4hell", "1:7", "0:", "3:bAQ" })
	@DisplayName("empty or garbage payload -> 400, pending poll 1:1, closed, parse error")
	void badPayload(String body) {
		start();
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertEmpty(client.push(body), 400);
		assertThat(poll.read().text()).isEqualTo("1:1");
		awaitClosed(CloseReason.PARSE_ERROR);
		assertGone(client);
	}

	@Test
	@DisplayName("garbage as octet-stream -> 400, closed, parse error")
	void badBinaryPayload() {
		start();
		PollingClient client = open();
		assertEmpty(client.push("2:4x".getBytes(StandardCharsets.US_ASCII)), 400);
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	@Test
	@DisplayName("second GET while one is pending -> 400, the first answers 1:1, closed")
	void overlappingPolls() {
		start();
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertEmpty(client.poll(), 400);
		assertThat(poll.read().text()).isEqualTo("1:1");
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	// WebSocket

	@Test
	@DisplayName("WebSocket -> text as in revision 4, binary with the type byte 04, both ways")
	void webSocketMessages() {
		start();
		RawWebSocket webSocket = openWebSocket3();
		assertThat(webSocket.send("4hello €").text()).isEqualTo("4hello €");
		assertThat(webSocket.send(bytes(4, 1, 2, 3)).binary()).isEqualTo(bytes(4, 1, 2, 3));
		assertThat(webSocket.send(bytes(4)).binary()).isEqualTo(bytes(4));
		assertThat(this.engine.received).containsExactly(EnginePacket.message("hello €"),
				EnginePacket.binary(bytes(1, 2, 3)), EnginePacket.binary(bytes()));
	}

	@Test
	@DisplayName("WebSocket with b64 -> binary as text b4 and Base64")
	void webSocketBase64() {
		start();
		RawWebSocket webSocket = webSocket(WEBSOCKET_3 + "&b64=1");
		assertThat(webSocket.text()).startsWith("0{");
		assertThat(webSocket.send(bytes(4, 1, 2, 3)).text()).isEqualTo("b4AQID");
		assertThat(webSocket.send("b4AQID").text()).isEqualTo("b4AQID");
	}

	@Test
	@DisplayName("WebSocket with compression -> the type byte is there too")
	void webSocketCompressed() throws Exception {
		start(TestEngine.with(TestOptions.defaults().allowEio3().build()).web(new WebOptions(null, null, 0)));
		RawWebSocket webSocket = webSocket(WEBSOCKET_3, "Sec-WebSocket-Extensions: permessage-deflate");
		assertThat(webSocket.text()).startsWith("0{");
		Frame frame = webSocket.send(bytes(4, 1, 2, 3)).read();
		assertThat(frame.compressed()).isTrue();
		Inflater inflater = new Inflater(true);
		inflater.setInput(frame.payload());
		byte[] inflated = new byte[10];
		assertThat(Arrays.copyOf(inflated, inflater.inflate(inflated))).isEqualTo(bytes(4, 1, 2, 3));
		inflater.end();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 2, 3, 7, '4' })
	@DisplayName("binary frame that is empty or of another type -> closed, parse error")
	void badBinaryFrame(int type) {
		start();
		RawWebSocket webSocket = openWebSocket3();
		webSocket.send((type < 0) ? bytes() : bytes(type, 1));
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	// Heartbeat

	@Test
	@DisplayName("client pings over polling -> server answers 3, without what was behind the 2")
	void pingOverPolling() {
		start();
		PollingClient client = open();
		assertOk(client.push("1:26:2probe"));
		assertThat(client.poll().text()).isEqualTo("1:31:3");
	}

	@Test
	@DisplayName("client pings over WebSocket -> server answers 3 each time and never pings itself")
	void pingOverWebSocket() {
		start(TestOptions.heartbeat(100, 200).allowEio3());
		RawWebSocket webSocket = openWebSocket3();
		for (int i = 0; i < 4; i++) {
			Await.elapsed(System.nanoTime(), 100);
			assertThat(webSocket.send("2").text()).isEqualTo("3");
		}
		assertThat(webSocket.send("4x").text()).isEqualTo("4x");
	}

	@Test
	@DisplayName("no ping over WebSocket for interval and timeout -> closed, ping timeout")
	void missingPingOverWebSocket() {
		start(TestOptions.heartbeat(100, 200).allowEio3());
		long opened = System.nanoTime();
		RawWebSocket webSocket = openWebSocket3();
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(300 - TICK);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("messages instead of pings -> closed, ping timeout")
	void messagesAreNoPings() {
		start(TestOptions.heartbeat(100, 200).allowEio3());
		PollingClient client = open();
		Await.until("the session is closed", () -> client.push("2:4x").status() != 200);
		awaitClosed(CloseReason.PING_TIMEOUT);
	}

	@Test
	@DisplayName("no ping over polling for interval and timeout -> pending poll 1:1, closed")
	void missingPingOverPolling() {
		start(TestOptions.heartbeat(100, 200).allowEio3());
		long opened = System.nanoTime();
		PollingClient client = open();
		assertThat(client.poll().text()).isEqualTo("1:1");
		assertThat(Await.millisSince(opened)).isGreaterThanOrEqualTo(300 - TICK);
		awaitClosed(CloseReason.PING_TIMEOUT);
		assertGone(client);
	}

	@Test
	@DisplayName("client sends 3 -> closed, transport error")
	void pongOfClient() {
		start();
		RawWebSocket webSocket = openWebSocket3();
		webSocket.send("3");
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	// Close

	@Test
	@DisplayName("client posts 1:1 -> pending poll 1:6, closed, transport close")
	void closedByClient() {
		start();
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertOk(client.push("1:1"));
		assertThat(poll.read().text()).isEqualTo("1:6");
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("server closes with no poll pending -> next poll 1:61:1")
	void closedByServer() {
		start();
		PollingClient client = open();
		session(client).close();
		assertThat(client.poll().text()).isEqualTo("1:61:1");
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	// Upgrade

	@Test
	@DisplayName("upgrade -> 3probe, poll 1:6, then what waits goes over WebSocket, binary with its type byte")
	void upgrade() {
		start();
		PollingClient client = open("EIO=3");
		RawWebSocket candidate = probed(client);
		assertThat(client.poll().text()).isEqualTo("1:6");
		assertOk(client.push(bytes(1, 3, 255, 4, 1, 2)));
		candidate.send("5");
		assertThat(candidate.binary()).isEqualTo(bytes(4, 1, 2));
		assertThat(candidate.send("2").text()).isEqualTo("3");
		assertError(client.poll(), 400, 3, "Bad request");
		assertThat(candidate.send("4x").text()).isEqualTo("4x");
	}

	@Test
	@DisplayName("upgrade of a session with b64 by a request without -> binary frames from then on")
	void upgradeWithoutBase64() {
		start();
		PollingClient client = open("EIO=3&b64=1");
		RawWebSocket candidate = webSocket(client.upgradeTarget().replace("&b64=1", "")).send("2probe");
		assertThat(candidate.text()).isEqualTo("3probe");
		candidate.send("5").send(bytes(4, 7));
		assertThat(candidate.binary()).isEqualTo(bytes(4, 7));
	}

}
