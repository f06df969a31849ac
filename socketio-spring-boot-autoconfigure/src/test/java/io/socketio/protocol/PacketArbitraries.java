package io.socketio.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Generators of packets and of what may look like them.
 */
final class PacketArbitraries {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private PacketArbitraries() {
	}

	static Arbitrary<byte[]> bytes() {
		return Arbitraries.bytes().array(byte[].class).ofMaxSize(100).withSizeDistribution(RandomDistribution.biased());
	}

	/**
	 * Bytes that get further into a decoder than random ones, since they consist of what
	 * packets consist of.
	 */
	static Arbitrary<byte[]> likelyBytes() {
		Arbitrary<String> tokens = Arbitraries.of("0", "1", "2", "3", "4", "5", "6", "7", "-", "1-", "2-", "/", "/a",
				",", "[", "]", "{", "}", "\"", "\"a\"", "\"connect\"", ":", "null", "true", "1.5", "1e9", "\\", "\\u",
				"\\ud83d", "b", "AQID", "=", "\u001e", " ", "\n", "\u0000", "ä", "😀", "[\"a\"",
				"{\"_placeholder\":true,\"num\":0}", "{\"_placeholder\":true,\"num\":", "99999999999999999999");
		Arbitrary<byte[]> text = tokens.list()
			.ofMaxSize(12)
			.map((list) -> String.join("", list).getBytes(StandardCharsets.UTF_8));
		return Arbitraries.frequencyOf(Tuple.of(4, text), Tuple.of(1, bytes()));
	}

	/**
	 * Changes of some bytes: replaced, inserted, removed, or the end cut off.
	 */
	static Arbitrary<List<Mutation>> mutations() {
		Arbitrary<Byte> values = Arbitraries.oneOf(Arbitraries.bytes(),
				Arbitraries.of("0123456789-/,[]{}\"\\:".chars().mapToObj((c) -> (byte) c).toList()));
		return Combinators.combine(Arbitraries.of(MutationKind.class), Arbitraries.integers().between(0, 1000), values)
			.as(Mutation::new)
			.list()
			.ofMinSize(1)
			.ofMaxSize(4);
	}

	/**
	 * Any sequence of chars, lone surrogates included.
	 */
	static Arbitrary<String> strings() {
		return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(10),
				Arbitraries.strings().ascii().ofMaxLength(40), unicode());
	}

	/**
	 * Well-formed text of all planes.
	 */
	static Arbitrary<String> unicode() {
		Arbitrary<Integer> codePoint = Arbitraries
			.oneOf(Arbitraries.integers().between(0, 0x7f), Arbitraries.integers().between(0x80, 0x7ff),
					Arbitraries.integers().between(0x800, 0xffff), Arbitraries.integers().between(0x10000, 0x10ffff))
			.filter((value) -> value < 0xd800 || value > 0xdfff);
		return codePoint.array(int[].class).ofMaxSize(12).map((points) -> new String(points, 0, points.length));
	}

	static Arbitrary<EnginePacket> enginePackets() {
		Arbitrary<EnginePacket> texts = Combinators
			.combine(Arbitraries.of(EnginePacketType.class), Arbitraries.oneOf(unicode(), Arbitraries.just("")))
			.as(EnginePacket::of);
		return Arbitraries.oneOf(texts, bytes().map(EnginePacket::binary));
	}

	static Arbitrary<Packet> packets() {
		Arbitrary<Packet> acks = Combinators.combine(namespaces(), ids(), trees(true).list().ofMaxSize(4))
			.as((namespace, id, args) -> Packet.ack(namespace, id, NODES.arrayNode().addAll(args)));
		Arbitrary<Packet> connects = Combinators.combine(namespaces(), objects(trees(false)).injectNull(0.2))
			.as(Packet::connect);
		Arbitrary<JsonNode> errors = Arbitraries.oneOf(strings().map(NODES::stringNode), objects(trees(false)));
		Arbitrary<Packet> connectErrors = Combinators.combine(namespaces(), errors.injectNull(0.2))
			.as(Packet::connectError);
		Arbitrary<Packet> withoutData = Combinators
			.combine(Arbitraries.of(PacketType.EVENT, PacketType.ACK), namespaces(), ids())
			.as((type, namespace, id) -> new Packet(type, namespace, id, null));
		return Arbitraries.frequencyOf(Tuple.of(8, events()), Tuple.of(6, acks), Tuple.of(2, connects),
				Tuple.of(2, connectErrors), Tuple.of(1, namespaces().map(Packet::disconnect)),
				Tuple.of(1, withoutData));
	}

	static Arbitrary<Packet> events() {
		return Combinators.combine(namespaces(), ids(), eventNames(), trees(true).list().ofMaxSize(4))
			.as((namespace, id, name, args) -> Packet.event(namespace, id, NODES.arrayNode().add(name).addAll(args)));
	}

	private static Arbitrary<String> namespaces() {
		return Arbitraries.oneOf(Arbitraries.just("/"), Arbitraries.just("/admin"),
				unicode().map((name) -> "/" + name.replace(",", "")));
	}

	private static Arbitrary<Long> ids() {
		return Arbitraries.oneOf(Arbitraries.just(Packet.NO_ID), Arbitraries.longs().between(0, 1L << 53));
	}

	private static Arbitrary<JsonNode> eventNames() {
		Arbitrary<JsonNode> texts = strings().filter((name) -> !ReservedEvents.contains(name)).map(NODES::stringNode);
		return Arbitraries.frequencyOf(Tuple.of(4, texts), Tuple.of(1, numbers()));
	}

	private static Arbitrary<JsonNode> trees(boolean binary) {
		return Arbitraries.recursive(() -> scalars(binary), PacketArbitraries::containers, 0, 2);
	}

	private static Arbitrary<JsonNode> containers(Arbitrary<JsonNode> elements) {
		Arbitrary<JsonNode> arrays = elements.list().ofMaxSize(4).map((list) -> NODES.arrayNode().addAll(list));
		return Arbitraries.oneOf(elements, arrays, objects(elements));
	}

	private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> values) {
		// Jackson writes lone surrogates in names, but does not read them
		return Arbitraries.maps(unicode(), values).ofMaxSize(4).map((map) -> NODES.objectNode().setAll(map));
	}

	private static Arbitrary<JsonNode> scalars(boolean binary) {
		Arbitrary<JsonNode> texts = strings().map(NODES::stringNode);
		Arbitrary<JsonNode> constants = Arbitraries.of(NODES.nullNode(), NODES.booleanNode(true),
				NODES.booleanNode(false));
		Arbitrary<JsonNode> bytes = bytes().map(NODES::binaryNode);
		return Arbitraries.frequencyOf(Tuple.of(3, texts), Tuple.of(1, constants), Tuple.of(2, numbers()),
				Tuple.of(binary ? 3 : 0, bytes));
	}

	/**
	 * Numbers in the types that a parser gives them, so that equal numbers are equal
	 * nodes.
	 */
	private static Arbitrary<JsonNode> numbers() {
		BigInteger min = BigInteger.valueOf(Long.MIN_VALUE);
		BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
		return Arbitraries.oneOf(Arbitraries.integers().map(NODES::numberNode),
				Arbitraries.longs().filter((value) -> value != value.intValue()).map(NODES::numberNode),
				Arbitraries.bigIntegers()
					.between(min.shiftLeft(20), max.shiftLeft(20))
					.filter((value) -> value.compareTo(min) < 0 || value.compareTo(max) > 0)
					.map(NODES::numberNode),
				Arbitraries.doubles().map(NODES::numberNode));
	}

	enum MutationKind {

		REPLACE, INSERT, REMOVE, CUT

	}

	record Mutation(MutationKind kind, int position, byte value) {

		static byte[] apply(List<Mutation> mutations, byte[] bytes) {
			byte[] result = bytes;
			for (Mutation mutation : mutations) {
				result = mutation.apply(result);
			}
			return result;
		}

		byte[] apply(byte[] bytes) {
			int at = this.position % (bytes.length + 1);
			int next = Math.min(at + 1, bytes.length);
			byte[] inserted = { this.value };
			return switch (this.kind) {
				case REPLACE -> join(bytes, at, inserted, next);
				case INSERT -> join(bytes, at, inserted, at);
				case REMOVE -> join(bytes, at, new byte[0], next);
				case CUT -> Arrays.copyOf(bytes, at);
			};
		}

		private static byte[] join(byte[] bytes, int head, byte[] middle, int tail) {
			byte[] result = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
			System.arraycopy(middle, 0, result, head, middle.length);
			System.arraycopy(bytes, tail, result, head + middle.length, bytes.length - tail);
			return result;
		}

	}

}
