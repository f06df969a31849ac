package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EnginePacketCodec}. Names with a number refer to the edge cases of
 * section 5.3 of the protocol notes.
 */
class EnginePacketCodecTests {

	private final List<EnginePacket> packets = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "0,OPEN", "1,CLOSE", "2,PING", "3,PONG", "4,MESSAGE", "5,UPGRADE", "6,NOOP" })
	void typesWithAndWithoutData(String code, EnginePacketType type) throws EnginePacketException {
		assertThat(decode(code)).isEqualTo(EnginePacket.of(type));
		assertThat(decode(code + "probe")).isEqualTo(EnginePacket.of(type, "probe"));
		assertThat(EnginePacketCodec.encodeText(EnginePacket.of(type))).isEqualTo(utf8(code));
		assertThat(EnginePacketCodec.encodeText(EnginePacket.of(type, "probe"))).isEqualTo(utf8(code + "probe"));
	}

	@Test
	void decodesPartOfAnArray() throws EnginePacketException {
		assertThat(EnginePacketCodec.decodeText(utf8("xx4abyy"), 2, 3)).isEqualTo(EnginePacket.message("ab"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "7", "9", "/", " 4", "-", "\u001e", "€", "B", "\u0000" })
	void edge43UnknownTypeIsRefused(String text) {
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> decode(text))
			.withMessageStartingWith("unknown packet type 0x")
			.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
	}

	@Test
	void edge40EmptyTextIsRefused() {
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> decode("")).withMessage("empty packet");
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> decodePayload(""));
		assertThat(this.packets).isEmpty();
	}

	@Test
	void edge36OneMessage() throws EnginePacketException {
		assertThat(decodePayload("4hello")).containsExactly(EnginePacket.message("hello"));
		assertThat(EnginePacketCodec.encodePayload(this.packets)).isEqualTo(utf8("4hello"));
	}

	@Test
	void edge37ThreeMessagesInOrder() throws EnginePacketException {
		assertThat(decodePayload("4a\u001e4b\u001e4c")).containsExactly(EnginePacket.message("a"),
				EnginePacket.message("b"), EnginePacket.message("c"));
		assertThat(EnginePacketCodec.encodePayload(this.packets)).isEqualTo(utf8("4a\u001e4b\u001e4c"));
	}

	@Test
	void edge38TextThenBinary() throws EnginePacketException {
		assertThat(decodePayload("4hello\u001ebAQIDBA==")).containsExactly(EnginePacket.message("hello"),
				EnginePacket.binary(new byte[] { 1, 2, 3, 4 }));
		assertThat(EnginePacketCodec.encodePayload(this.packets)).isEqualTo(utf8("4hello\u001ebAQIDBA=="));
	}

	@Test
	void edge39MessageWithoutData() throws EnginePacketException {
		assertThat(decodePayload("4")).containsExactly(EnginePacket.message(""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "4a\u001e", "4a\u001eabc\u001e4b", "4a\u001e\u001e4b", "4a\u001e7" })
	void edge41And42PacketsBeforeAMalformedOneAreDelivered(String payload) {
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> decodePayload(payload));
		assertThat(this.packets).containsExactly(EnginePacket.message("a"));
	}

	@Test
	void separatorInFrontIsRefused() {
		assertThatExceptionOfType(EnginePacketException.class).isThrownBy(() -> decodePayload("\u001e4a"));
		assertThat(this.packets).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "b!!!", "b", "b=", "bA", "b=AQID", "b€" })
	void edge44GarbageInsteadOfBase64IsAnEmptyMessage(String text) throws EnginePacketException {
		assertThat(decode(text)).isEqualTo(EnginePacket.binary(new byte[0]));
	}

	@ParameterizedTest
	@CsvSource({ "bAQID,1 2 3", "bAQIDBA==,1 2 3 4", "bAQIDBA=,1 2 3 4", "bAQIDBA,1 2 3 4", "bAQIDB,1 2 3",
			"bAQIDBAU=,1 2 3 4 5", "bAQIDBAU,1 2 3 4 5", "'bAQ\nID',1 2 3", "b A Q I D ,1 2 3", "bAQ!ID,1 2 3",
			"bAQ==ID,1", "b--__,-5 -17 -1", "b++//,-5 -17 -1" })
	void base64IsDecodedAsFarAsItGoes(String text, String expected) throws EnginePacketException {
		String[] numbers = expected.split(" ");
		byte[] bytes = new byte[numbers.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = Byte.parseByte(numbers[i]);
		}
		assertThat(decode(text)).isEqualTo(EnginePacket.binary(bytes));
	}

	@Test
	void base64IsThatOfTheJdk() throws EnginePacketException {
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		for (int length = 0; length <= all.length; length++) {
			byte[] data = Arrays.copyOf(all, length);
			String text = "b" + Base64.getEncoder().encodeToString(data);
			EnginePacket packet = EnginePacket.binary(data);
			assertThat(EnginePacketCodec.encodeText(packet)).isEqualTo(utf8(text));
			assertThat(EnginePacketCodec.encodedTextLength(packet)).isEqualTo(text.length());
			assertThat(decode(text)).isEqualTo(packet);
		}
	}

	@Test
	void edges45To50ControlPacketsAreDecodedAsTheyCome() throws EnginePacketException {
		assertThat(decodePayload("4x\u001e1\u001e2\u001e3\u001e0\u001e5\u001e6\u001e4y")).extracting(EnginePacket::type)
			.containsExactly(EnginePacketType.MESSAGE, EnginePacketType.CLOSE, EnginePacketType.PING,
					EnginePacketType.PONG, EnginePacketType.OPEN, EnginePacketType.UPGRADE, EnginePacketType.NOOP,
					EnginePacketType.MESSAGE);
	}

	@Test
	void edge50SinkStopsDecoding() throws EnginePacketException {
		EnginePacketCodec.decodePayload(utf8("4x\u001e1\u001eabc"), 10, (packet) -> {
			this.packets.add(packet);
			return packet.type() != EnginePacketType.CLOSE;
		});
		assertThat(this.packets).containsExactly(EnginePacket.message("x"), EnginePacket.of(EnginePacketType.CLOSE));
	}

	@Test
	void tooManyPacketsAreRefusedAfterTheAllowedOnes() throws EnginePacketException {
		EnginePacketCodec.decodePayload(utf8("4a\u001e4b"), 2, this.packets::add);
		assertThat(this.packets).hasSize(2);
		this.packets.clear();
		assertThatExceptionOfType(EnginePacketException.class)
			.isThrownBy(() -> EnginePacketCodec.decodePayload(utf8("4a\u001e4b\u001e4c"), 2, this.packets::add))
			.withMessage("more than 2 packets in a payload");
		assertThat(this.packets).hasSize(2);
	}

	@Test
	void edge78BinaryFrameHasNoTypeByte() {
		byte[] data = { 1, 2, 3, 4 };
		EnginePacket packet = EnginePacketCodec.decodeBinary(data);
		assertThat(packet.binary()).isTrue();
		assertThat(packet.type()).isEqualTo(EnginePacketType.MESSAGE);
		assertThat(packet.data()).isSameAs(data);
	}

	@Test
	void multiByteTextKeepsItsBytes() {
		EnginePacket packet = EnginePacket.message("€€€");
		assertThat(EnginePacketCodec.encodedTextLength(packet)).isEqualTo(10);
		assertThat(EnginePacketCodec.encodeText(packet)).isEqualTo(utf8("4€€€"));
	}

	@Test
	void payloadOfNoPacketsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EnginePacketCodec.encodePayload(List.of()));
	}

	private static EnginePacket decode(String text) throws EnginePacketException {
		byte[] bytes = utf8(text);
		return EnginePacketCodec.decodeText(bytes, 0, bytes.length);
	}

	private List<EnginePacket> decodePayload(String payload) throws EnginePacketException {
		EnginePacketCodec.decodePayload(utf8(payload), 100, this.packets::add);
		return this.packets;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
