package io.socketio.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.PacketArbitraries.Mutation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests for {@link JsonPacketParser}.
 */
class JsonPacketPropertyTests {

	private static final PacketLimits LIMITS = new PacketLimits(1000, 1000);

	private final JsonPacketParser parser = new JsonPacketParser(JsonMapper.builder().build());

	@Provide
	Arbitrary<Packet> packets() {
		return PacketArbitraries.packets();
	}

	@Provide
	Arbitrary<Packet> events() {
		return PacketArbitraries.events();
	}

	@Provide
	Arbitrary<byte[]> anyBytes() {
		return PacketArbitraries.likelyBytes();
	}

	@Provide
	Arbitrary<List<EnginePacket>> anyFrames() {
		Arbitrary<EnginePacket> texts = PacketArbitraries.likelyBytes().map(EnginePacket::message);
		Arbitrary<EnginePacket> binaries = PacketArbitraries.bytes().map(EnginePacket::binary);
		return Arbitraries.oneOf(texts, texts, binaries).list().ofMaxSize(6);
	}

	@Provide
	Arbitrary<List<Mutation>> mutations() {
		return PacketArbitraries.mutations();
	}

	@Property
	void decodedPacketIsThePacket(@ForAll("packets") Packet packet) throws PacketFormatException {
		assertThat(decode(this.parser.encode(packet).frames())).isEqualTo(packet);
	}

	@Property
	void textIsAlwaysValidUtf8(@ForAll("packets") Packet packet) {
		EncodedPacket encoded = this.parser.encode(packet);
		int size = 0;
		for (EnginePacket frame : encoded.frames()) {
			assertThat(frame.binary()).isEqualTo(size > 0);
			size += frame.data().length;
		}
		assertThat(encoded.size()).isEqualTo(size);
		assertThat(isUtf8(encoded.frames().get(0).data())).isTrue();
	}

	@Property(tries = 300)
	void offsetIsAddedToTheArguments(@ForAll("events") Packet packet, @ForAll @IntRange(min = 1, max = 20) int width)
			throws PacketFormatException {
		EncodedPacket encoded = this.parser.encode(packet, "x".repeat(width));
		encoded.fillOffset("-".repeat(width));
		ArrayNode expected = ((ArrayNode) packet.data()).deepCopy().add("-".repeat(width));
		assertThat(decode(encoded.frames())).isEqualTo(Packet.event(packet.namespace(), packet.id(), expected));
	}

	@Property(tries = 1000)
	void anyTextIsAPacketOrRefused(@ForAll("anyBytes") byte[] text) {
		decodeAnything(List.of(EnginePacket.message(text)));
	}

	@Property(tries = 1000)
	void anyMessagesArePacketsOrRefused(@ForAll("anyFrames") List<EnginePacket> frames) {
		decodeAnything(frames);
	}

	@Property
	void mutatedTextIsAPacketOrRefused(@ForAll("packets") Packet packet,
			@ForAll("mutations") List<Mutation> mutations) {
		List<EnginePacket> frames = new ArrayList<>(this.parser.encode(packet).frames());
		frames.set(0, EnginePacket.message(Mutation.apply(mutations, frames.get(0).data())));
		decodeAnything(frames);
	}

	@Property(tries = 300)
	void lostRepeatedAndChangedMessagesArePacketsOrRefused(@ForAll("packets") Packet first,
			@ForAll("packets") Packet second, @ForAll @IntRange(max = 100) int position, @ForAll boolean lost,
			@ForAll("mutations") List<Mutation> mutations) {
		List<EnginePacket> frames = new ArrayList<>(this.parser.encode(first).frames());
		frames.addAll(this.parser.encode(second).frames());
		int index = position % frames.size();
		if (lost) {
			frames.remove(index);
		}
		else {
			frames.add(index, EnginePacket.message(Mutation.apply(mutations, frames.get(index).data())));
		}
		decodeAnything(frames);
	}

	@Property
	void validityOfUtf8IsThatOfTheJdk(@ForAll("anyBytes") byte[] bytes, @ForAll @IntRange(max = 20) int prefix) {
		byte[] shifted = new byte[prefix + bytes.length];
		System.arraycopy(bytes, 0, shifted, prefix, bytes.length);
		assertThat(Utf8.isValid(shifted)).isEqualTo(isUtf8(bytes));
	}

	private Packet decode(List<EnginePacket> frames) throws PacketFormatException {
		PacketDecoder decoder = this.parser.newDecoder(LIMITS);
		Packet packet = decoder.text(frames.get(0).data());
		for (EnginePacket attachment : frames.subList(1, frames.size())) {
			assertThat(packet).isNull();
			assertThat(decoder.reconstructing()).isTrue();
			packet = decoder.binary(attachment.data());
		}
		assertThat(packet).isNotNull();
		return packet;
	}

	/**
	 * Decode frames as a server would, up to the first one that is refused.
	 */
	private void decodeAnything(List<EnginePacket> frames) {
		PacketDecoder decoder = this.parser.newDecoder(LIMITS);
		try {
			for (EnginePacket frame : frames) {
				boolean reconstructing = decoder.reconstructing();
				Packet packet = frame.binary() ? decoder.binary(frame.data()) : decoder.text(frame.data());
				assertThat(frame.binary()).isEqualTo(reconstructing);
				assertThat(packet == null).isEqualTo(decoder.reconstructing());
				checkInvariants(packet);
			}
		}
		catch (PacketFormatException ex) {
			assertThat(ex.getMessage()).containsPattern("^(unknown packet type (NaN|[789])|Illegal attachments"
					+ "|too many attachments|invalid payload|illegal attachments"
					+ "|got plaintext data when reconstructing a packet"
					+ "|got binary data when not reconstructing a packet)$");
			assertThat(decoder.reconstructing()).isFalse();
		}
	}

	private void checkInvariants(@Nullable Packet packet) {
		if (packet == null) {
			return;
		}
		if (packet.data() != null) {
			switch (packet.type()) {
				case EVENT -> {
					JsonNode name = ((ArrayNode) packet.data()).get(0);
					assertThat(name.isNumber() || !ReservedEvents.contains(name.stringValue())).isTrue();
				}
				case ACK -> assertThat(packet.data()).isInstanceOf(ArrayNode.class);
				case CONNECT -> assertThat(packet.data()).isInstanceOf(ObjectNode.class);
				default -> assertThat(packet.type()).isEqualTo(PacketType.CONNECT_ERROR);
			}
		}
		// What a client sends can be sent on to others
		assertThat(this.parser.encode(packet).frames()).isNotEmpty();
	}

	private static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
