package io.socketio.protocol.msgpack;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MsgpackPacketParser} with bytes that JavaScript has made: packets by
 * socket.io-msgpack-parser 3.0.2, values by the libraries that it and the adapters use.
 */
class MsgpackPacketVectorTests {

	private final MsgpackPacketParser parser = new MsgpackPacketParser(JsonMapper.builder().build());

	static Stream<Arguments> packetsToClient() {
		return MsgpackVectors.read("packets-to-client");
	}

	static Stream<Arguments> packetsFromClient() {
		return MsgpackVectors.read("packets-from-client");
	}

	static Stream<Arguments> values() {
		return MsgpackVectors.read("values");
	}

	static Stream<Arguments> encodedValues() {
		return values().filter((arguments) -> ((JsonNode) arguments.get()[2]).get("encoded").asBoolean());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("packetsToClient")
	void packetIsEncodedAsByJavaScript(String description, String hex, JsonNode vector) throws PacketFormatException {
		Packet packet = MsgpackVectors.packet(vector.get("packet"));
		assertThat(this.parser.encode(packet).frames()).containsExactly(EnginePacket.binary(MsgpackVectors.bytes(hex)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "packetsToClient", "packetsFromClient" })
	void packetIsDecoded(String description, String hex, JsonNode vector) throws PacketFormatException {
		assertThat(decode(MsgpackVectors.bytes(hex))).isEqualTo(MsgpackVectors.packet(vector.get("packet")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("encodedValues")
	void valueIsEncodedAsByJavaScript(String description, String hex, JsonNode vector) {
		Object[] args = { "v", MsgpackVectors.value(vector.get("value")) };
		byte[] message = this.parser.encode(Packet.event("/", args)).frames().get(0).data();
		assertThat(MsgpackVectors.argument(message)).isEqualTo(hex);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("values")
	void valueIsDecoded(String description, String hex, JsonNode vector) throws PacketFormatException {
		JsonNode value = ((ArrayNode) decode(MsgpackVectors.event(hex)).data()).get(1);
		JsonNode expected = MsgpackVectors.value(vector.get("value"));
		if (expected.isNumber()) {
			// Integers beyond 64 bits come as doubles
			assertThat(value.isNumber()).isTrue();
			assertThat(value.doubleValue()).isEqualTo(Double.valueOf(expected.doubleValue()));
			assertThat(value.isIntegralNumber()).isEqualTo(!hex.startsWith("ca") && !hex.startsWith("cb"));
		}
		else {
			assertThat(value).isEqualTo(expected);
		}
	}

	private Packet decode(byte[] message) throws PacketFormatException {
		return this.parser.newDecoder(PacketLimits.defaults()).binary(message);
	}

}
