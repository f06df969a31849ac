package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the codec of Engine.IO revision 3.
 */
class Revision3CodecTests {

	private final EngineCodec codec = EngineRevision.V3.codec();

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	private List<EnginePacket> decode(byte[] body, boolean binary) throws EnginePacketException {
		List<EnginePacket> packets = new ArrayList<>();
		this.codec.decodePayload(new EnginePayload(body, binary), 10, packets::add);
		return packets;
	}

	private void assertMalformed(byte[] body, boolean binary) {
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> decode(body, binary));
	}

	private String text(EnginePacket... packets) {
		EnginePayload payload = this.codec.encodePayload(List.of(packets), true);
		assertThat(payload.binary()).isFalse();
		return new String(payload.bytes(), StandardCharsets.UTF_8);
	}

	@Test
	void revisionIsThirdUnlessItIsFourth() {
		assertThat(EngineRevision.of("4")).isSameAs(EngineRevision.V4);
		for (String eio : new String[] { "3", "", null, "04", "5", "abc" }) {
			assertThat(EngineRevision.of(eio)).as(eio).isSameAs(EngineRevision.V3);
		}
	}

	@Test
	void textPayloadHasLengthsInUtf16Units() {
		assertThat(text(EnginePacket.message("hello"))).isEqualTo("6:4hello");
		assertThat(text(EnginePacket.message("30[\"€\"]"))).isEqualTo("8:430[\"€\"]");
		assertThat(text(EnginePacket.message("😀"), EnginePacket.of(EnginePacketType.NOOP))).isEqualTo("3:4😀1:6");
	}

	@Test
	void binaryInTextPayloadIsBase64BehindItsType() {
		assertThat(text(EnginePacket.message("hello"), EnginePacket.binary(bytes(1, 2, 3, 4))))
			.isEqualTo("6:4hello10:b4AQIDBA==");
	}

	@Test
	void payloadIsBinaryAsSoonAsOnePacketIs() {
		EnginePayload payload = this.codec
			.encodePayload(List.of(EnginePacket.message("é"), EnginePacket.binary(bytes(1, 2))), false);
		assertThat(payload.binary()).isTrue();
		assertThat(payload.bytes()).isEqualTo(bytes(0, 3, 255, '4', 0xc3, 0xa9, 1, 3, 255, 4, 1, 2));
		assertThat(this.codec.encodePayload(List.of(EnginePacket.message("é")), false).binary()).isFalse();
	}

	@Test
	void lengthsOfBinaryPayloadAreDecimalDigits() {
		EnginePayload payload = this.codec.encodePayload(List.of(EnginePacket.binary(new byte[119])), false);
		assertThat(payload.bytes()).hasSize(125).startsWith(1, 1, 2, 0, 255, 4);
	}

	@Test
	void emptyPayloadIsNotEncoded() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encodePayload(List.of(), false));
	}

	@Test
	void textPayloadIsDecoded() throws EnginePacketException {
		assertThat(decode(utf8("6:4hello3:4😀010:b4AQIDBA==1:2"), false)).containsExactly(EnginePacket.message("hello"),
				EnginePacket.message("😀"), EnginePacket.binary(bytes(1, 2, 3, 4)),
				EnginePacket.of(EnginePacketType.PING));
	}

	@Test
	void binaryPayloadIsDecoded() throws EnginePacketException {
		assertThat(decode(bytes(0, 3, 255, '4', 0xc3, 0xa9, 1, 0, 3, 255, 4, 1, 2, 1, 1, 255, 4), true))
			.containsExactly(EnginePacket.message("é"), EnginePacket.binary(bytes(1, 2)),
					EnginePacket.binary(new byte[0]));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "4hello", ":", ":4", "0:", "1:", "6:4hell", "1:4x", "2:4😀", "1:7", "2:b4x",
			"1:b", "3:b2x", "-1:4", "1.0:4", "1e0:4", " 1:4", "99999999999999999999:4", "2:\u001e4" })
	void malformedTextPayload(String body) {
		assertMalformed(utf8(body), false);
	}

	@Test
	void malformedBinaryPayload() {
		assertMalformed(bytes(), true);
		assertMalformed(bytes(0), true);
		assertMalformed(bytes(0, 1), true);
		assertMalformed(bytes(0, 255), true);
		assertMalformed(bytes(0, 0, 255), true);
		assertMalformed(bytes(0, 1, 255), true);
		assertMalformed(bytes(1, 0, 255), true);
		assertMalformed(bytes(1, 2, 255, 4), true);
		assertMalformed(bytes(2, 1, 255, '4'), true);
		assertMalformed(bytes(0, 1, 255, '7'), true);
		assertMalformed(bytes(1, 1, 255, '4'), true);
		assertMalformed(bytes(0, '1', 255, '4'), true);
		assertMalformed(bytes(0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 255, '4'), true);
	}

	@Test
	void packetsBeforeAMalformedOneAreDelivered() {
		List<EnginePacket> packets = new ArrayList<>();
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(
				() -> this.codec.decodePayload(new EnginePayload(utf8("2:4a2:4b1:7"), false), 10, packets::add));
		assertThat(packets).containsExactly(EnginePacket.message("a"), EnginePacket.message("b"));
	}

	@Test
	void nothingIsReadBehindTheLastWantedPacket() throws EnginePacketException {
		List<EnginePacket> packets = new ArrayList<>();
		this.codec.decodePayload(new EnginePayload(utf8("2:4aabc"), false), 10, (packet) -> {
			packets.add(packet);
			return false;
		});
		assertThat(packets).containsExactly(EnginePacket.message("a"));
	}

	@Test
	void packetsAreLimited() throws EnginePacketException {
		byte[] ten = utf8(String.join("", Collections.nCopies(10, "1:2")));
		assertThat(decode(ten, false)).hasSize(10);
		assertMalformed(utf8(new String(ten, StandardCharsets.UTF_8) + "1:2"), false);
	}

	@Test
	void framesOfWebSocketHaveTheTypeOfBinary() throws EnginePacketException {
		assertThat(this.codec.binaryPrefix()).containsExactly(4);
		assertThat(this.codec.decodeBinary(bytes(4, 1, 2))).isEqualTo(EnginePacket.binary(bytes(1, 2)));
		assertThat(this.codec.decodeText(utf8("b4AQI="))).isEqualTo(EnginePacket.binary(bytes(1, 2)));
		assertThat(this.codec.encodeText(EnginePacket.binary(bytes(1, 2)))).isEqualTo(utf8("b4AQI="));
		assertThat(this.codec.encodeText(EnginePacket.message("x"))).isEqualTo(utf8("4x"));
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> this.codec.decodeBinary(bytes()));
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> this.codec.decodeBinary(bytes(3, 1)));
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> this.codec.decodeText(utf8("bAQI=")));
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> this.codec.decodeText(utf8("")));
	}

}
