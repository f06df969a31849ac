package io.socketio.protocol;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Packet}, {@link PacketLimits} and {@link ReservedEvents}.
 */
class PacketTests {

	@ParameterizedTest
	@EnumSource(names = { "BINARY_EVENT", "BINARY_ACK" })
	void isNeverOfABinaryType(PacketType type) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Packet(type, "/", Packet.NO_ID, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "admin", "/a,b" })
	void refusesNamespacesThatCannotBeWritten(String namespace) {
		assertThatIllegalArgumentException().isThrownBy(() -> Packet.disconnect(namespace));
	}

	@Test
	void refusesNegativeId() {
		assertThatIllegalArgumentException().isThrownBy(() -> Packet.ack("/", -2, List.of()));
	}

	@Test
	void refusesDataOfDisconnect() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Packet(PacketType.DISCONNECT, "/", Packet.NO_ID, "data"));
	}

	@Test
	void factories() {
		List<String> args = List.of("a");
		assertThat(Packet.connect("/", args)).isEqualTo(new Packet(PacketType.CONNECT, "/", -1, args));
		assertThat(Packet.disconnect("/x")).isEqualTo(new Packet(PacketType.DISCONNECT, "/x", -1, null));
		assertThat(Packet.event("/", args)).isEqualTo(new Packet(PacketType.EVENT, "/", -1, args));
		assertThat(Packet.event("/", 3, args)).isEqualTo(new Packet(PacketType.EVENT, "/", 3, args));
		assertThat(Packet.ack("/", 0, args)).isEqualTo(new Packet(PacketType.ACK, "/", 0, args));
		assertThat(Packet.connectError("/", args)).isEqualTo(new Packet(PacketType.CONNECT_ERROR, "/", -1, args));
	}

	@Test
	void limits() {
		assertThat(PacketLimits.defaults().maxAttachments()).isEqualTo(10);
		assertThatIllegalArgumentException().isThrownBy(() -> new PacketLimits(-1, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new PacketLimits(0, 0));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" })
	void reservedNames(String name) {
		assertThat(ReservedEvents.contains(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "error", "connection", "Connect", "connect ", "" })
	void namesThatAreNotReserved(String name) {
		assertThat(ReservedEvents.contains(name)).isFalse();
	}

}
