package io.socketio.edgecases;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;
import io.socketio.protocol.PacketParser;
import io.socketio.protocol.PacketType;
import io.socketio.protocol.msgpack.MsgpackPacketParser;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The msgpack parser on the wire: what closes the connection, and recovery as the client
 * sees it.
 */
class MsgpackTests extends ServerCases {

	private static final String EVENT_A = "83a47479706502a46461746191a161a36e7370a12f";

	private final PacketParser parser = new MsgpackPacketParser(JsonMapper.builder().build());

	private static TestServer.Builder msgpack() {
		return TestServer.builder().parser(MsgpackPacketParser::new);
	}

	// As in section 2.2: an event without a name, a reserved name, an unknown type, no
	// MessagePack at all, half a packet, one and a half, a namespace that was not joined,
	// a second CONNECT, a CONNECT_ERROR
	@ParameterizedTest
	@ValueSource(strings = { "83a47479706502a46461746190a36e7370a12f",
			"83a47479706502a46461746191a7636f6e6e656374a36e7370a12f", "83a47479706507a46461746191a161a36e7370a12f",
			"c1", "", "83a47479706502a464617461", EVENT_A + "83", "83a47479706502a46461746191a161a36e7370a22f61",
			"82a47479706500a36e7370a12f", "83a47479706504a464617461a178a36e7370a12f" })
	void edge137BadPacketClosesTheConnection(String hex) {
		start(msgpack(), (io) -> {
		});
		RawWebSocket client = joinedBinary();
		client.send(HexFormat.of().parseHex(EVENT_A));
		client.send(HexFormat.of().parseHex(hex));
		awaitReasons("forced close");
		assertThat(this.received).containsExactly("a[]");
		client.awaitEnd();
		// The server is none the worse for it
		assertThat(joinedBinary()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "40", "42[\"a\"]", "4" })
	void textClosesTheConnection(String text) {
		start(msgpack(), (io) -> {
		});
		RawWebSocket client = joinedBinary();
		client.send(text);
		awaitReasons("forced close");
		client.awaitEnd();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void recoversWhatWasMissed(boolean offsetKnown) throws PacketFormatException {
		start(msgpack().recovery(), (io) -> io.onConnection((socket) -> {
			if (!socket.recovered()) {
				socket.join("room");
			}
		}));
		RawWebSocket client = open();
		Packet first = join(client);
		String pid = data(first).get("pid").asString();
		io().to("room").emit("before", 1);
		Packet before = read(client);
		assertThat(data(before).size()).isEqualTo(3);
		String offset = data(before).get(2).asString();
		client.abort();
		awaitReasons("transport close");
		io().to("room").emit("missed", Map.of("bytes", new byte[] { 1, 2 }));
		io().emit("missed", 3);
		io().to("elsewhere").emit("others", 4);
		RawWebSocket again = open();
		send(again, Packet.connect("/", offsetKnown ? Map.of("pid", pid, "offset", offset) : Map.of("pid", pid)));
		if (!offsetKnown) {
			assertThat(data(read(again))).isEqualTo(data(before));
		}
		JsonNode missed = data(read(again));
		assertThat(missed.get(0).asString()).isEqualTo("missed");
		assertThat(missed.get(1).get("bytes").binaryValue()).containsExactly(1, 2);
		assertThat(missed.get(2).asString()).hasSameSizeAs(offset).isNotEqualTo(offset);
		JsonNode last = data(read(again));
		assertThat(last.get(1).intValue()).isEqualTo(3);
		assertThat(last.get(2).asString()).isNotEqualTo(missed.get(2).asString());
		Packet reply = read(again);
		assertThat(reply.type()).isEqualTo(PacketType.CONNECT);
		assertThat(data(reply)).isEqualTo(data(first));
	}

	@Test
	void oneMessageIsAPacketWithItsBinary() throws PacketFormatException {
		start(msgpack(), (io) -> io
			.onConnection((socket) -> socket.emit("b", new byte[] { 1 }, List.of(Map.of("deep", new byte[] { 2 })))));
		RawWebSocket client = open();
		join(client);
		JsonNode args = data(read(client));
		assertThat(args.get(1).binaryValue()).containsExactly(1);
		assertThat(args.get(2).get(0).get("deep").binaryValue()).containsExactly(2);
	}

	private RawWebSocket open() {
		RawWebSocket client = closedLater(RawWebSocket.connect(port(), "/socket.io/?EIO=4&transport=websocket"));
		assertThat(client.text()).startsWith("0{");
		return client;
	}

	private RawWebSocket joinedBinary() {
		RawWebSocket client = open();
		try {
			assertThat(join(client).type()).isEqualTo(PacketType.CONNECT);
		}
		catch (PacketFormatException ex) {
			throw new AssertionError(ex);
		}
		return client;
	}

	private Packet join(RawWebSocket client) throws PacketFormatException {
		send(client, Packet.connect("/", null));
		return read(client);
	}

	private void send(RawWebSocket client, Packet packet) {
		client.send(this.parser.encode(packet).frames().get(0).data());
	}

	private Packet read(RawWebSocket client) throws PacketFormatException {
		return this.parser.newDecoder(PacketLimits.defaults()).binary(client.binary());
	}

	private static JsonNode data(Packet packet) {
		return (JsonNode) packet.data();
	}

}
