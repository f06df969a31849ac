package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.socketio.protocol.PacketArbitraries.Mutation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests for {@link EnginePacketCodec}.
 */
class EnginePacketPropertyTests {

	@Provide
	Arbitrary<EnginePacket> packets() {
		return PacketArbitraries.enginePackets();
	}

	@Provide
	Arbitrary<List<EnginePacket>> payloads() {
		return PacketArbitraries.enginePackets()
			.filter((packet) -> packet.binary() || packet.text().indexOf('\u001e') < 0)
			.list()
			.ofMinSize(1)
			.ofMaxSize(10);
	}

	@Provide
	Arbitrary<EnginePacket> binaries() {
		return PacketArbitraries.bytes().map(EnginePacket::binary);
	}

	@Provide
	Arbitrary<byte[]> anyBytes() {
		return PacketArbitraries.likelyBytes();
	}

	@Provide
	Arbitrary<List<Mutation>> mutations() {
		return PacketArbitraries.mutations();
	}

	@Property
	void decodedTextIsThePacket(@ForAll("packets") EnginePacket packet) throws EnginePacketException {
		byte[] text = EnginePacketCodec.encodeText(packet);
		assertThat(text).hasSize(EnginePacketCodec.encodedTextLength(packet));
		assertThat(EnginePacketCodec.decodeText(text, 0, text.length)).isEqualTo(packet);
	}

	@Property
	void decodedPayloadIsThePackets(@ForAll("payloads") List<EnginePacket> packets) throws EnginePacketException {
		List<EnginePacket> decoded = new ArrayList<>();
		EnginePacketCodec.decodePayload(EnginePacketCodec.encodePayload(packets), packets.size(), decoded::add);
		assertThat(decoded).isEqualTo(packets);
	}

	@Property
	void anyBytesAreAPacketOrRefused(@ForAll("anyBytes") byte[] bytes) {
		try {
			EnginePacket packet = EnginePacketCodec.decodeText(bytes, 0, bytes.length);
			if (!packet.binary()) {
				assertThat(EnginePacketCodec.encodeText(packet)).isEqualTo(bytes);
			}
			assertThat(packet.data().length).isLessThan(bytes.length);
		}
		catch (EnginePacketException ex) {
			assertThat(bytes.length == 0 || "0123456b".indexOf(bytes[0]) < 0).isTrue();
		}
	}

	@Property
	void base64IsDecodedAsFarAsItGoes(@ForAll("binaries") EnginePacket packet,
			@ForAll("mutations") List<Mutation> mutations) throws EnginePacketException {
		byte[] text = Mutation.apply(mutations, EnginePacketCodec.encodeText(packet));
		text = ("b" + new String(text, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
		StringBuilder digits = new StringBuilder();
		for (int i = 1; i < text.length && text[i] != '='; i++) {
			char c = (char) (text[i] & 0xff);
			if (c < 0x80 && (Character.isLetterOrDigit(c) || "+/-_".indexOf(c) >= 0)) {
				digits.append(c);
			}
		}
		if (digits.length() % 4 == 1) {
			digits.setLength(digits.length() - 1);
		}
		byte[] expected = Base64.getUrlDecoder().decode(digits.toString().replace('+', '-').replace('/', '_'));
		assertThat(EnginePacketCodec.decodeText(text, 0, text.length)).isEqualTo(EnginePacket.binary(expected));
	}

	@Property
	void anyBodyIsAPayloadOrRefused(@ForAll("anyBytes") byte[] body) {
		checkPayload(body);
	}

	@Property
	void mutatedPayloadIsAPayloadOrRefused(@ForAll("payloads") List<EnginePacket> packets,
			@ForAll("mutations") List<Mutation> mutations) {
		checkPayload(Mutation.apply(mutations, EnginePacketCodec.encodePayload(packets)));
	}

	private static void checkPayload(byte[] body) {
		String[] segments = new String(body, StandardCharsets.ISO_8859_1).split("\u001e", -1);
		List<EnginePacket> packets = new ArrayList<>();
		try {
			EnginePacketCodec.decodePayload(body, 8, packets::add);
			assertThat(packets).hasSize(segments.length);
		}
		catch (EnginePacketException ex) {
			boolean bad = packets.size() == 8 || segments[packets.size()].isEmpty()
					|| "0123456b".indexOf(segments[packets.size()].charAt(0)) < 0;
			assertThat(bad).as(Arrays.toString(segments)).isTrue();
		}
	}

}
