package io.socketio.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EnginePacket} and {@link EnginePacketType}.
 */
class EnginePacketTests {

	@Test
	void codesAreDigitsInOrder() {
		assertThat(EnginePacketType.OPEN.code()).isEqualTo((byte) '0');
		assertThat(EnginePacketType.CLOSE.code()).isEqualTo((byte) '1');
		assertThat(EnginePacketType.PING.code()).isEqualTo((byte) '2');
		assertThat(EnginePacketType.PONG.code()).isEqualTo((byte) '3');
		assertThat(EnginePacketType.MESSAGE.code()).isEqualTo((byte) '4');
		assertThat(EnginePacketType.UPGRADE.code()).isEqualTo((byte) '5');
		assertThat(EnginePacketType.NOOP.code()).isEqualTo((byte) '6');
	}

	@Test
	void typeOfCode() {
		for (EnginePacketType type : EnginePacketType.values()) {
			assertThat(EnginePacketType.of(type.code())).isSameAs(type);
		}
		for (int code : new int[] { -1, 0, 6, '/', '7', 'b', 256 + '0' }) {
			assertThat(EnginePacketType.of(code)).isNull();
		}
	}

	@Test
	void withoutDataIsShared() throws EnginePacketException {
		EnginePacket noop = EnginePacket.of(EnginePacketType.NOOP);
		assertThat(noop).isSameAs(EnginePacket.of(EnginePacketType.NOOP)).isSameAs(EnginePacket.of(noop.type(), ""));
		assertThat(EnginePacketCodec.decodeText(new byte[] { '6' }, 0, 1)).isSameAs(noop);
		assertThat(noop.data()).isEmpty();
		assertThat(noop.binary()).isFalse();
	}

	@Test
	void textIsUtf8() {
		EnginePacket packet = EnginePacket.message("€ 😀");
		assertThat(packet.type()).isEqualTo(EnginePacketType.MESSAGE);
		assertThat(packet.data()).isEqualTo("€ 😀".getBytes(StandardCharsets.UTF_8));
		assertThat(packet.text()).isEqualTo("€ 😀");
	}

	@Test
	void dataIsNotCopied() {
		byte[] data = { 1, 2, 3 };
		assertThat(EnginePacket.binary(data).data()).isSameAs(data);
		assertThat(EnginePacket.message(data).data()).isSameAs(data);
	}

	@Test
	void equalityIsByContent() {
		EnginePacket packet = EnginePacket.message("a");
		assertThat(packet).isEqualTo(EnginePacket.message(new byte[] { 'a' }))
			.hasSameHashCodeAs(EnginePacket.message("a"))
			.isNotEqualTo(EnginePacket.message("b"))
			.isNotEqualTo(EnginePacket.binary(new byte[] { 'a' }))
			.isNotEqualTo(EnginePacket.of(EnginePacketType.PING, "a"));
		assertThat(EnginePacket.binary(new byte[0])).isNotEqualTo(EnginePacket.message(""));
	}

	@Test
	void toStringShowsContentButNotAllOfIt() {
		assertThat(EnginePacket.of(EnginePacketType.PING, "probe")).hasToString("PING[probe]");
		assertThat(EnginePacket.binary(new byte[] { 1, 2 })).hasToString("MESSAGE[1, 2]");
		assertThat(EnginePacket.message("x".repeat(200)).toString())
			.isEqualTo("MESSAGE[" + "x".repeat(128) + "]... (200 bytes)");
	}

}
