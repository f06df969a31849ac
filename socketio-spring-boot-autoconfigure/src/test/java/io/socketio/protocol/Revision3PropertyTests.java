package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.socketio.protocol.PacketArbitraries.Mutation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests for the codec of Engine.IO revision 3.
 */
class Revision3PropertyTests {

	private static final int MAX_PACKETS = 8;

	private final EngineCodec codec = EngineRevision.V3.codec();

	@Provide
	Arbitrary<EnginePacket> packets() {
		return PacketArbitraries.enginePackets();
	}

	@Provide
	Arbitrary<List<EnginePacket>> payloads() {
		return PacketArbitraries.enginePackets().list().ofMinSize(1).ofMaxSize(MAX_PACKETS);
	}

	@Provide
	Arbitrary<String> unicode() {
		return PacketArbitraries.unicode();
	}

	@Provide
	Arbitrary<byte[]> anyBytes() {
		return Arbitraries.oneOf(PacketArbitraries.likelyBytes(),
				Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 4, (byte) '4', (byte) -1)
					.array(byte[].class)
					.ofMaxSize(20));
	}

	@Provide
	Arbitrary<List<Mutation>> mutations() {
		return PacketArbitraries.mutations();
	}

	@Property
	void unitsAreThoseOfAString(@ForAll("unicode") String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		assertThat(Utf16Units.count(utf8)).isEqualTo(text.length());
		for (int i = 0; i <= text.length(); i++) {
			boolean split = i > 0 && i < text.length() && Character.isLowSurrogate(text.charAt(i));
			int end = split ? -1 : text.substring(0, i).getBytes(StandardCharsets.UTF_8).length;
			assertThat(Utf16Units.end(utf8, 0, i)).isEqualTo(end);
		}
		assertThat(Utf16Units.end(utf8, 0, text.length() + 1)).isNegative();
	}

	@Property
	void decodedTextIsThePacket(@ForAll("packets") EnginePacket packet) throws EnginePacketException {
		assertThat(this.codec.decodeText(this.codec.encodeText(packet))).isEqualTo(packet);
	}

	@Property
	void decodedPayloadIsThePackets(@ForAll("payloads") List<EnginePacket> packets, @ForAll boolean base64)
			throws EnginePacketException {
		EnginePayload payload = this.codec.encodePayload(packets, base64);
		assertThat(payload.binary()).isEqualTo(!base64 && packets.stream().anyMatch(EnginePacket::binary));
		List<EnginePacket> decoded = new ArrayList<>();
		this.codec.decodePayload(payload, packets.size(), decoded::add);
		assertThat(decoded).isEqualTo(packets);
	}

	@Property
	void anyBodyIsAPayloadOrRefused(@ForAll("anyBytes") byte[] body, @ForAll boolean binary) {
		checkPayload(new EnginePayload(body, binary));
	}

	@Property
	void mutatedPayloadIsAPayloadOrRefused(@ForAll("payloads") List<EnginePacket> packets,
			@ForAll("mutations") List<Mutation> mutations, @ForAll boolean base64) {
		EnginePayload payload = this.codec.encodePayload(packets, base64);
		checkPayload(new EnginePayload(Mutation.apply(mutations, payload.bytes()), payload.binary()));
	}

	// What was read, written again, is where the body begins, but for the ways to write a
	// length and Base64
	private void checkPayload(EnginePayload payload) {
		List<EnginePacket> packets = new ArrayList<>();
		boolean whole = true;
		try {
			this.codec.decodePayload(payload, MAX_PACKETS, packets::add);
			assertThat(packets).isNotEmpty();
		}
		catch (EnginePacketException ex) {
			whole = false;
		}
		assertThat(packets).hasSizeLessThanOrEqualTo(MAX_PACKETS);
		int size = packets.stream().mapToInt((packet) -> packet.data().length).sum();
		assertThat(size).isLessThanOrEqualTo(payload.bytes().length);
		boolean plain = packets.stream().noneMatch(EnginePacket::binary);
		if (whole && plain && !payload.binary() && !hasZero(payload.bytes())) {
			assertThat(this.codec.encodePayload(packets, true).bytes()).isEqualTo(payload.bytes());
		}
	}

	private static boolean hasZero(byte[] body) {
		for (byte value : body) {
			if (value == '0') {
				return true;
			}
		}
		return false;
	}

}
