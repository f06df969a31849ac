package io.socketio.edgecases;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineMessage;
import io.socketio.protocol.EnginePacket;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: WebSocket (cases 78 to 89).
 */
class WebSocketTests extends EngineCases {

	private static final int FIN = 0x80;

	private RawWebSocket open() {
		return open(TestOptions.defaults());
	}

	private RawWebSocket open(TestOptions options) {
		start(options);
		return openWebSocket();
	}

	@Test
	@DisplayName("78. text 4hello -> echoed as text")
	void case078_text() {
		assertThat(open().send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("78. binary -> echoed as binary without a type byte")
	void case078_binary() {
		byte[] bytes = { 1, 2, 3, 4 };
		assertThat(open().send(bytes).binary()).containsExactly(bytes);
		assertThat(this.engine.received).containsExactly(EnginePacket.binary(bytes));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 124, 125, 126, 65534, 65535, 65536, 999_999 })
	@DisplayName("78. messages around the lengths where the frame's header changes -> echoed")
	void case078_lengths(int length) {
		RawWebSocket webSocket = open();
		String text = "4" + "x".repeat(length);
		assertThat(webSocket.send(text).text()).isEqualTo(text);
		assertThat(webSocket.send(new byte[length]).binary()).hasSize(length);
	}

	@Test
	@DisplayName("78. fragmented message, a ping frame in between -> one message")
	void case078_fragments() {
		RawWebSocket webSocket = open();
		webSocket.sendFrame(RawWebSocket.TEXT, bytes("4he")).sendFrame(FIN | 9, bytes("?"));
		assertThat(webSocket.read().text()).isEqualTo("?");
		webSocket.sendFrame(0, bytes("ll")).sendFrame(FIN, bytes("o"));
		assertThat(webSocket.text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("78. fragments cut between the bytes of a character -> one message")
	void case078_cutCharacter() {
		RawWebSocket webSocket = open();
		byte[] text = bytes("4测");
		webSocket.sendFrame(RawWebSocket.TEXT, new byte[] { text[0], text[1] })
			.sendFrame(FIN, new byte[] { text[2], text[3] });
		assertThat(webSocket.text()).isEqualTo("4测");
	}

	@Test
	@DisplayName("79. text bAQID -> binary message")
	void case079_binaryAsText() {
		assertThat(open().send("bAQID").binary()).containsExactly(1, 2, 3);
	}

	@Test
	@DisplayName("80. empty text frame -> closed by a parse error")
	void case080_emptyText() {
		assertThat(open().send("").closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	@Test
	@DisplayName("80. empty binary frame -> empty message")
	void case080_emptyBinary() {
		assertThat(open().send(new byte[0]).binary()).isEmpty();
		assertThat(this.engine.received).containsExactly(EnginePacket.binary(new byte[0]));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "7", " ", "\u001e", "ü" })
	@DisplayName("81. text that is no packet -> closed by a parse error")
	void case081_noPacket(String text) {
		assertThat(open().send(text).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	@Test
	@DisplayName("81. message behind what is no packet -> not delivered")
	void case081_messageBehindNoPacket() {
		open().sendAll("abc", "4late").awaitEnd();
		awaitClosed(CloseReason.PARSE_ERROR);
		assertThat(received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "5", "6", "3" })
	@DisplayName("82. text 1, and open, upgrade, noop and an unsolicited pong -> ignored")
	void case082_ignoredPackets(String packet) {
		assertThat(open().send(packet).send("4next").text()).isEqualTo("4next");
		assertThat(received()).containsExactly("next");
		assertThat(this.engine.closed).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2", "2probe" })
	@DisplayName("83. text 2 -> closed by a transport error")
	void case083_pingByTheClient(String ping) {
		assertThat(open().send(ping).closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("84. b64=1 in the query -> binary is sent as text b...")
	void case084_base64() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = webSocket(WEBSOCKET + "&b64=1");
		assertThat(webSocket.text()).startsWith("0{");
		assertThat(webSocket.send(new byte[] { 1, 2, 3 }).text()).isEqualTo("bAQID");
		assertThat(webSocket.send("4text").text()).isEqualTo("4text");
	}

	@Test
	@DisplayName("84. b64 without a value -> binary is sent as binary")
	void case084_emptyBase64() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = webSocket(WEBSOCKET + "&b64=");
		assertThat(webSocket.text()).startsWith("0{");
		assertThat(webSocket.send(new byte[] { 1, 2, 3 }).binary()).containsExactly(1, 2, 3);
	}

	@Test
	@DisplayName("85. message of exactly the limit -> delivered")
	void case085_messageOfTheLimit() {
		RawWebSocket webSocket = open(TestOptions.defaults().maxPayload(1000));
		assertThat(webSocket.send(new byte[1000]).binary()).hasSize(1000);
		String text = "4" + "x".repeat(999);
		assertThat(webSocket.send(text).text()).isEqualTo(text);
	}

	@Test
	@DisplayName("85. message of one byte more -> status 1009, transport error")
	void case085_messageOverTheLimit() {
		RawWebSocket webSocket = open(TestOptions.defaults().maxPayload(1000));
		webSocket.send(new byte[1001]);
		assertThat(webSocket.closeStatus()).isEqualTo(1009);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("85. frame that only announces too many bytes -> status 1009 at once")
	void case085_announcedLength() {
		RawWebSocket webSocket = open(TestOptions.defaults().maxPayload(1000));
		webSocket.sendRaw(new byte[] { (byte) 0x82, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0 });
		assertThat(webSocket.closeStatus()).isEqualTo(1009);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("85. fragments of one byte more than the limit -> status 1009, transport error")
	void case085_fragmentsOverTheLimit() {
		RawWebSocket webSocket = open(TestOptions.defaults().maxPayload(1000));
		webSocket.sendFrame(RawWebSocket.BINARY, new byte[600]).sendFrame(0, new byte[401]);
		assertThat(webSocket.closeStatus()).isEqualTo(1009);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.received).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x40, 0x20, 0x10 })
	@DisplayName("86. frame with a reserved bit -> status 1002, transport error")
	void case086_reservedBit(int bit) {
		RawWebSocket webSocket = open();
		webSocket.sendFrame(FIN | bit | RawWebSocket.TEXT, bytes("4hello"));
		assertThat(webSocket.closeStatus()).isEqualTo(1002);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 7, 11, 15 })
	@DisplayName("86. frame with a reserved opcode -> status 1002, transport error")
	void case086_reservedOpcode(int opcode) {
		RawWebSocket webSocket = open();
		webSocket.sendFrame(FIN | opcode, bytes("4hello"));
		assertThat(webSocket.closeStatus()).isEqualTo(1002);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("86. frame without a mask -> status 1002, transport error")
	void case086_withoutMask() {
		RawWebSocket webSocket = open();
		webSocket.sendRaw(new byte[] { (byte) 0x81, 2, '4', 'x' });
		assertThat(webSocket.closeStatus()).isEqualTo(1002);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("86. continuation of nothing -> status 1002, transport error")
	void case086_continuationOfNothing() {
		RawWebSocket webSocket = open();
		webSocket.sendFrame(FIN, bytes("4hello"));
		assertThat(webSocket.closeStatus()).isEqualTo(1002);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 3000, 4999 })
	@DisplayName("87. close frame of the client -> answered, transport close")
	void case087_closeFrame(int status) {
		RawWebSocket webSocket = open();
		webSocket.sendClose(status);
		assertThat(webSocket.closeStatus()).isIn(status, RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("87. close frame without a status -> answered, transport close")
	void case087_closeFrameWithoutStatus() {
		RawWebSocket webSocket = open();
		webSocket.sendFrame(FIN | RawWebSocket.CLOSE, new byte[0]);
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("87. client resets the connection -> transport close")
	void case087_reset() {
		open().abort();
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("87. client ends the connection without a close frame -> transport close")
	void case087_endWithoutCloseFrame() {
		open().close();
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("87. client ends the connection within a message -> transport close, nothing delivered")
	void case087_endWithinAMessage() {
		RawWebSocket webSocket = open();
		webSocket.sendFrame(RawWebSocket.TEXT, bytes("4hel")).close();
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
		assertThat(this.engine.received).isEmpty();
	}

	@Test
	@DisplayName("88. many large messages right after open -> all arrive, no ping timeout")
	void case088_manyLargeMessages() {
		String text = "x".repeat(250_000);
		start(TestEngine.with(TestOptions.heartbeat(100, 3000).maxBuffered(64_000_000).build()).opened((session) -> {
			for (int i = 0; i < 100; i++) {
				send(session, i + ":" + text);
			}
		}));
		RawWebSocket webSocket = openWebSocket();
		int next = 0;
		int pings = 0;
		while (next < 100 || pings < 2) {
			String packet = webSocket.text();
			if (packet.equals("2")) {
				webSocket.send("3");
				pings++;
			}
			else {
				assertThat(packet).isEqualTo("4" + next++ + ":" + text);
			}
		}
		assertThat(this.engine.closed).isEmpty();
	}

	@Test
	@DisplayName("89. compression is off by default -> extension not negotiated")
	void case089_notNegotiated() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = webSocket(WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate");
		assertThat(webSocket.handshake().header("Sec-WebSocket-Extensions")).isNull();
		assertThat(webSocket.read().compressed()).isFalse();
	}

	@Test
	@DisplayName("89. compression on -> extension negotiated, large messages compressed, small ones not")
	void case089_negotiated() throws Exception {
		startCompressing();
		RawWebSocket webSocket = webSocket(WEBSOCKET,
				"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
		assertThat(webSocket.handshake().header("Sec-WebSocket-Extensions")).contains("permessage-deflate");
		assertThat(webSocket.read().compressed()).isFalse();
		String large = "4" + "x".repeat(2000);
		RawWebSocket.Frame frame = webSocket.send(large).read();
		assertThat(frame.compressed()).isTrue();
		assertThat(frame.payload().length).isLessThan(200);
		assertThat(inflate(frame.payload())).isEqualTo(large);
		frame = webSocket.send("4small").read();
		assertThat(frame.compressed()).isFalse();
		assertThat(frame.text()).isEqualTo("4small");
	}

	@Test
	@DisplayName("89. compression on -> compressed messages of the client are understood, also fragmented ones")
	void case089_compressedByTheClient() {
		startCompressing();
		RawWebSocket webSocket = webSocket(WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate");
		webSocket.text();
		byte[] compressed = deflate("4hello");
		webSocket.sendFrame(FIN | 0x40 | RawWebSocket.TEXT, compressed);
		assertThat(webSocket.text()).isEqualTo("4hello");
		webSocket.sendFrame(0x40 | RawWebSocket.TEXT, Arrays.copyOf(compressed, 3))
			.sendFrame(FIN, Arrays.copyOfRange(compressed, 3, compressed.length));
		assertThat(webSocket.text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("89. compressed message that exceeds the limit when expanded -> status 1009, transport error")
	void case089_compressionBomb() {
		startCompressing();
		RawWebSocket webSocket = webSocket(WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate");
		webSocket.text();
		byte[] bomb = deflate("4" + "x".repeat(50_000_000));
		assertThat(bomb.length).isLessThan(1_000_000);
		webSocket.sendFrame(FIN | 0x40 | RawWebSocket.TEXT, bomb);
		assertThat(webSocket.awaitEnd()).isEqualTo(1009);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertThat(this.engine.received).isEmpty();
		assertThat(openWebSocket().send("4other").text()).isEqualTo("4other");
	}

	@Test
	@DisplayName("89. compression on, message sent without -> not compressed")
	void case089_notCompressedOnRequest() {
		startCompressing();
		RawWebSocket webSocket = webSocket(WEBSOCKET, "Sec-WebSocket-Extensions: permessage-deflate");
		webSocket.text();
		session().send(EngineMessage.of(List.of(EnginePacket.message("x".repeat(2000))), false));
		assertThat(webSocket.read().compressed()).isFalse();
	}

	@Test
	@DisplayName("89. compression on, client does not offer it -> not negotiated")
	void case089_notOffered() {
		startCompressing();
		RawWebSocket webSocket = openWebSocket();
		assertThat(webSocket.handshake().header("Sec-WebSocket-Extensions")).isNull();
		assertThat(webSocket.send("4" + "x".repeat(2000)).read().compressed()).isFalse();
	}

	private void startCompressing() {
		start(TestEngine.with(TestOptions.defaults().build()).web(new WebOptions(null, null, 1024)));
	}

	private static String inflate(byte[] compressed) throws Exception {
		Inflater inflater = new Inflater(true);
		inflater.setInput(compressed);
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		byte[] buffer = new byte[4096];
		for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
			text.write(buffer, 0, count);
		}
		inflater.end();
		return text.toString(StandardCharsets.UTF_8);
	}

	// As RFC 7692 says: without the empty block at the end of what was flushed
	private static byte[] deflate(String text) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(bytes(text));
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		byte[] buffer = new byte[4096];
		int count;
		do {
			count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			compressed.write(buffer, 0, count);
		}
		while (count == buffer.length);
		deflater.end();
		return Arrays.copyOf(compressed.toByteArray(), compressed.size() - 4);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
