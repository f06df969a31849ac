package io.socketio.protocol.msgpack;

import java.math.BigInteger;
import java.util.Arrays;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.EncodedPacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;
import io.socketio.protocol.PacketType;
import io.socketio.protocol.ReservedEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests for {@link MsgpackPacketParser}.
 */
class MsgpackPacketPropertyTests {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final PacketLimits LIMITS = new PacketLimits(0, 10_000);

	private final MsgpackPacketParser parser = new MsgpackPacketParser(JsonMapper.builder().build());

	@Provide
	Arbitrary<Packet> packets() {
		Arbitrary<Packet> acks = Combinators.combine(namespaces(), ids(), trees().list().ofMaxSize(4))
			.as((namespace, id, args) -> Packet.ack(namespace, id, NODES.arrayNode().addAll(args)));
		Arbitrary<Packet> connects = Combinators.combine(namespaces(), objects(trees()).injectNull(0.2))
			.as(Packet::connect);
		Arbitrary<JsonNode> errors = Arbitraries.oneOf(text().map(NODES::stringNode), objects(trees()));
		Arbitrary<Packet> connectErrors = Combinators.combine(namespaces(), errors).as(Packet::connectError);
		return Arbitraries.frequencyOf(Tuple.of(4, events()), Tuple.of(3, acks), Tuple.of(1, connects),
				Tuple.of(1, connectErrors), Tuple.of(1, namespaces().map(Packet::disconnect)));
	}

	@Provide
	Arbitrary<Packet> events() {
		Arbitrary<JsonNode> names = text().filter((name) -> !ReservedEvents.contains(name)).map(NODES::stringNode);
		return Combinators.combine(namespaces(), ids(), names, trees().list().ofMaxSize(4))
			.as((namespace, id, name, args) -> Packet.event(namespace, id, NODES.arrayNode().add(name).addAll(args)));
	}

	/** What consists of the beginnings of values gets further than random bytes. */
	@Provide
	Arbitrary<byte[]> anyBytes() {
		Arbitrary<String> tokens = Arbitraries.of("81", "82", "83", "84", "8f", "de0002", "df00000001", "90", "91",
				"92", "9f", "dc0001", "dd00000001", "a474797065", "a464617461", "a36e7370", "a26964", "a12f", "a161",
				"a0", "d9", "da00", "db000000", "c0", "c1", "c2", "c3", "00", "01", "02", "03", "04", "05", "ff", "cc",
				"cd", "ce", "cf", "d0", "d1", "d2", "d3", "ca", "cb", "c400", "c40101", "c5", "c6ffffffff", "d40000",
				"d700", "d6ff", "c70cff", "c70000", "c9ffffffff00", "83a47479706502a36e7370a12fa464617461",
				"82a47479706500a36e7370a12f");
		Arbitrary<byte[]> likely = tokens.list()
			.ofMaxSize(12)
			.map((list) -> MsgpackVectors.bytes(String.join("", list)));
		return Arbitraries.frequencyOf(Tuple.of(4, likely),
				Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(60)));
	}

	@Property
	void decodedPacketIsThePacket(@ForAll("packets") Packet packet) throws PacketFormatException {
		EncodedPacket encoded = this.parser.encode(packet);
		assertThat(encoded.frames()).hasSize(1).allMatch((frame) -> frame.binary());
		assertThat(decode(encoded)).isEqualTo(packet);
	}

	@Property(tries = 300)
	void offsetIsAddedToTheArguments(@ForAll("events") Packet packet, @ForAll @IntRange(min = 1, max = 40) int width)
			throws PacketFormatException {
		EncodedPacket encoded = this.parser.encode(packet, "x".repeat(width));
		encoded.fillOffset("-".repeat(width));
		ArrayNode expected = ((ArrayNode) packet.data()).deepCopy().add("-".repeat(width));
		assertThat(decode(encoded)).isEqualTo(Packet.event(packet.namespace(), packet.id(), expected));
	}

	@Property(tries = 2000)
	void anyBytesAreAPacketOrRefused(@ForAll("anyBytes") byte[] bytes) {
		decodeAnything(bytes);
	}

	@Property
	void changedPacketIsAPacketOrRefused(@ForAll("packets") Packet packet, @ForAll @IntRange(max = 1000) int position,
			@ForAll byte value, @ForAll boolean cut) {
		byte[] bytes = this.parser.encode(packet).frames().get(0).data();
		int at = position % bytes.length;
		if (cut) {
			bytes = Arrays.copyOf(bytes, at);
		}
		else {
			bytes[at] = value;
		}
		decodeAnything(bytes);
	}

	private void decodeAnything(byte[] bytes) {
		try {
			Packet packet = this.parser.newDecoder(LIMITS).binary(bytes);
			assertThat(packet).isNotNull();
			checkInvariants(packet);
		}
		catch (PacketFormatException ex) {
			assertThat(ex.getMessage()).matches(
					"Could not parse|too deeply nested|\\d+ trailing bytes|invalid (packet type|namespace|payload|packet id)");
		}
	}

	private void checkInvariants(Packet packet) {
		switch (packet.type()) {
			case EVENT -> {
				JsonNode name = ((ArrayNode) packet.data()).get(0);
				assertThat(name.isNumber() || !ReservedEvents.contains(name.stringValue())).isTrue();
			}
			case ACK -> assertThat(packet.data()).isInstanceOf(ArrayNode.class);
			case CONNECT -> assertThat(packet.data() == null || packet.data() instanceof ObjectNode).isTrue();
			case DISCONNECT -> assertThat(packet.data()).isNull();
			default -> assertThat(packet.type()).isEqualTo(PacketType.CONNECT_ERROR);
		}
		// What a client sends can be sent on to others
		assertThat(this.parser.encode(packet).frames()).isNotEmpty();
	}

	private Packet decode(EncodedPacket encoded) throws PacketFormatException {
		return this.parser.newDecoder(LIMITS).binary(encoded.frames().get(0).data());
	}

	private static Arbitrary<String> namespaces() {
		return Arbitraries.oneOf(Arbitraries.just("/"), Arbitraries.just("/admin"),
				text().map((name) -> "/" + name.replace(",", "")));
	}

	private static Arbitrary<Long> ids() {
		return Arbitraries.oneOf(Arbitraries.just(Packet.NO_ID), Arbitraries.longs().between(0, 1L << 53));
	}

	/** Well-formed text of all planes, with lengths around those of the headers. */
	private static Arbitrary<String> text() {
		Arbitrary<Integer> codePoints = Arbitraries
			.oneOf(Arbitraries.integers().between(0, 0x7f), Arbitraries.integers().between(0x80, 0x7ff),
					Arbitraries.integers().between(0x800, 0xffff), Arbitraries.integers().between(0x10000, 0x10ffff))
			.filter((value) -> value < 0xd800 || value > 0xdfff);
		Arbitrary<String> some = codePoints.array(int[].class)
			.ofMaxSize(12)
			.map((points) -> new String(points, 0, points.length));
		return Combinators.combine(some, Arbitraries.frequency(Tuple.of(20, 1), Tuple.of(2, 5), Tuple.of(1, 30)))
			.as(String::repeat);
	}

	private static Arbitrary<JsonNode> trees() {
		return Arbitraries.recursive(MsgpackPacketPropertyTests::scalars, MsgpackPacketPropertyTests::containers, 0, 2);
	}

	private static Arbitrary<JsonNode> containers(Arbitrary<JsonNode> elements) {
		Arbitrary<JsonNode> arrays = elements.list()
			.ofMaxSize(18)
			.withSizeDistribution(RandomDistribution.biased())
			.map((list) -> NODES.arrayNode().addAll(list));
		return Arbitraries.oneOf(elements, arrays, objects(elements));
	}

	private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> values) {
		return Arbitraries.maps(text(), values)
			.ofMaxSize(18)
			.withSizeDistribution(RandomDistribution.biased())
			.map((map) -> NODES.objectNode().setAll(map));
	}

	private static Arbitrary<JsonNode> scalars() {
		Arbitrary<JsonNode> constants = Arbitraries.of(NODES.nullNode(), NODES.booleanNode(true),
				NODES.booleanNode(false));
		Arbitrary<JsonNode> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(50).map(NODES::binaryNode);
		return Arbitraries.frequencyOf(Tuple.of(3, text().map(NODES::stringNode)), Tuple.of(1, constants),
				Tuple.of(3, numbers()), Tuple.of(2, bytes));
	}

	/**
	 * Numbers in the types in which they come back: integers in the smallest one, and no
	 * doubles without a fraction but those that no integer can be.
	 */
	private static Arbitrary<JsonNode> numbers() {
		BigInteger min = BigInteger.ONE.shiftLeft(63);
		BigInteger max = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
		Arbitrary<Double> special = Arbitraries.of(0x1p64, -0x1.1p63, 1e300, Double.NaN, Double.POSITIVE_INFINITY,
				Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE);
		return Arbitraries.oneOf(Arbitraries.integers().map(NODES::numberNode),
				Arbitraries.longs().filter((value) -> value != value.intValue()).map(NODES::numberNode),
				Arbitraries.bigIntegers().between(min, max).map(NODES::numberNode),
				Arbitraries.doubles().filter((value) -> value != Math.rint(value)).map(NODES::numberNode),
				special.map(NODES::numberNode));
	}

}
