package io.socketio.protocol.msgpack;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;
import tools.jackson.databind.util.TokenBuffer;

import io.socketio.protocol.EncodedPacket;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketEncodingException;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the encoding of {@link MsgpackPacketParser}.
 */
class MsgpackPacketEncodingTests {

	private static final byte[] BYTES = { 1, 2, 3 };

	private static final String BIN = "c403010203";

	private final MsgpackPacketParser parser = new MsgpackPacketParser(JsonMapper.builder().build());

	static Stream<Arguments> binaryAtAnyDepth() {
		ArrayNode node = JsonNodeFactory.instance.arrayNode();
		node.addObject().put("b", BYTES);
		TokenBuffer tokens = TokenBuffer.forGeneration();
		tokens.writeBinary(BYTES);
		ByteBuffer direct = ByteBuffer.allocateDirect(5).put((byte) 9).put(BYTES).put((byte) 9).flip();
		direct.position(1).limit(4);
		ByteBuffer slice = ByteBuffer.wrap(new byte[] { 9, 9, 1, 2, 3, 9 }, 1, 4).slice();
		slice.position(1);
		return Stream.of(Arguments.of("bytes", BYTES, BIN),
				Arguments.of("record", new Picture("p", BYTES), "82a46e616d65a170a7636f6e74656e74" + BIN),
				Arguments.of("bean", new Bean(), "81a7636f6e74656e74" + BIN),
				Arguments.of("map", Map.of("m", Map.of("n", BYTES)), "81a16d81a16e" + BIN),
				Arguments.of("list", List.of(List.of(1, BYTES)), "919201" + BIN),
				Arguments.of("array", new Object[][] { { BYTES } }, "9191" + BIN),
				Arguments.of("node", node, "9181a162" + BIN),
				Arguments.of("binary node", JsonNodeFactory.instance.binaryNode(BYTES), BIN),
				Arguments.of("pojo node", JsonNodeFactory.instance.pojoNode(BYTES), BIN),
				Arguments.of("token buffer", tokens, BIN), Arguments.of("heap buffer", ByteBuffer.wrap(BYTES), BIN),
				Arguments.of("slice", slice, BIN),
				Arguments.of("read-only buffer", ByteBuffer.wrap(BYTES).asReadOnlyBuffer(), BIN),
				Arguments.of("direct buffer", direct, BIN));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void binaryAtAnyDepth(String name, Object argument, String hex) {
		assertThat(argument(argument)).isEqualTo(hex);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 255, 256, 65_535, 65_536, 100_000 })
	void binaryOfAnyLength(int length) throws PacketFormatException {
		JsonNode value = decoded(new byte[length]);
		assertThat(value.binaryValue()).hasSize(length);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void edge156CallersDataIsNeitherModifiedNorKept(boolean direct) {
		ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(8) : ByteBuffer.allocate(8);
		buffer.put(2, (byte) 7).position(2).limit(5);
		byte[] bytes = BYTES.clone();
		Map<String, Object> map = new HashMap<>(Map.of("k", bytes));
		Object[] args = { "v", List.of(buffer, bytes, map) };
		EncodedPacket encoded = this.parser.encode(Packet.event("/", args));
		assertThat(map).containsExactly(Map.entry("k", bytes));
		assertThat(buffer.position()).isEqualTo(2);
		assertThat(buffer.limit()).isEqualTo(5);
		buffer.put(2, (byte) 8);
		bytes[0] = 8;
		assertThat(MsgpackVectors.argument(encoded.frames().get(0).data()))
			.isEqualTo("93c403070000" + BIN + "81a16b" + BIN);
	}

	static Stream<Arguments> values() {
		return Stream.of(Arguments.of("c0", null), Arguments.of("05", 5.0), Arguments.of("05", 5.0f),
				Arguments.of("00", -0.0), Arguments.of("05", (short) 5), Arguments.of("05", (byte) 5),
				Arguments.of("05", BigInteger.valueOf(5)), Arguments.of("05", new BigDecimal("5.00")),
				Arguments.of("cb3ff199999999999a", new BigDecimal("1.10")), Arguments.of("cb3fb999999999999a", 0.1f),
				Arguments.of("cb7ff8000000000000", Double.NaN),
				Arguments.of("cbfff0000000000000", Float.NEGATIVE_INFINITY),
				Arguments.of("92cb7ff8000000000000cb4004000000000000", new float[] { Float.NaN, 2.5f }),
				Arguments.of("9201cb3ff8000000000000", new double[] { 1, 1.5 }),
				Arguments.of("930102d1ff38", new int[] { 1, 2, -200 }),
				Arguments.of("cf0020000000000001", 9007199254740993L),
				Arguments.of("cf7fffffffffffffff", Long.MAX_VALUE), Arguments.of("d38000000000000000", Long.MIN_VALUE),
				Arguments.of("d38000000000000000", -0x1p63), Arguments.of("cf8000000000000000", 0x1p63),
				Arguments.of("cffffffffffffff800", 0x1.fffffffffffffp63), Arguments.of("cb43f0000000000000", 0x1p64),
				Arguments.of("cbc3e0000000000001", -0x1.0000000000001p63),
				Arguments.of("cf8000000000000001", BigInteger.ONE.shiftLeft(63).add(BigInteger.ONE)),
				Arguments.of("cb43f0000000000000", BigInteger.ONE.shiftLeft(64)),
				Arguments.of("cbc3f0000000000000", BigInteger.ONE.shiftLeft(64).negate()),
				Arguments.of("a3efbfbd", "\ud83d"), Arguments.of("a4efbfbd78", "\ude00x"),
				Arguments.of("a7efbfbdf09f9880", "\ud83d😀"), Arguments.of("81a3efbfbda178", Map.of("\ud83d", "x")),
				Arguments.of("a161", 'a'), Arguments.of("a6535245414d31", new StringBuilder("SREAM1")),
				Arguments.of("d924" + MsgpackVectors.hex("00000000-0000-0001-0000-000000000002".getBytes()),
						new UUID(1, 2)),
				Arguments.of("b4" + MsgpackVectors.hex("1970-01-01T00:00:00Z".getBytes()), Instant.EPOCH),
				Arguments.of("93010281a16ba178", new RawValue("[1, 2, {\"k\":\"x\"}]")),
				Arguments.of("81a3726177cb3ff8000000000000", new Raw()), Arguments.of("81a13101", Map.of(1, 1)));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource
	void values(String hex, @Nullable Object value) {
		assertThat(argument(value)).isEqualTo(hex);
	}

	// Sizes around those where a header becomes longer, told and not told in advance
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 17, 65_535, 65_536, 70_000 })
	void collectionsOfAnySize(int size) throws PacketFormatException {
		List<Integer> list = new ArrayList<>();
		Map<String, Object> map = new HashMap<>();
		for (int i = 0; i < size; i++) {
			list.add(i);
			map.put("k" + i, i);
		}
		JsonMapper mapper = JsonMapper.builder().build();
		for (Object value : List.of(list, map, list.stream().toList().iterator(), List.of(map, List.of(list)))) {
			JsonNode expected = (value instanceof Iterator) ? mapper.valueToTree(list) : mapper.valueToTree(value);
			assertThat(decoded(value)).isEqualTo(expected);
		}
	}

	@Test
	void textOfAnyLengthIsWrittenAcrossBuffers() throws PacketFormatException {
		for (String character : new String[] { "a", "ä", "€", "😀" }) {
			for (int length : new int[] { 7, 8, 15, 31, 32, 63, 64, 127, 128, 255, 256, 4095, 4096, 4097, 21_845,
					21_846, 65_535, 65_536, 100_000 }) {
				String text = character.repeat(length);
				assertThat(decoded(text).stringValue()).isEqualTo(text);
				assertThat(decoded("x" + text).stringValue()).isEqualTo("x" + text);
				assertThat(decoded(Map.of(text, text)).properties()).singleElement()
					.satisfies((member) -> assertThat(member.getKey()).isEqualTo(text));
			}
		}
	}

	@Test
	void serializersMayUseWhatTheyLike() {
		ByteBuffer buffer = ByteBuffer.wrap(BYTES);
		assertThat(written((generator) -> {
			generator.writeStartArray();
			generator.writeBinary(new ByteArrayInputStream(BYTES), 3);
			generator.writeBinary(Base64Variants.MODIFIED_FOR_URL, new ByteArrayInputStream(BYTES), -1);
			generator.writeEmbeddedObject(BYTES);
			generator.writeEmbeddedObject(buffer);
			generator.writeEmbeddedObject(null);
			generator.writeUTF8String("a€".getBytes(StandardCharsets.UTF_8), 0, 4);
			generator.writeRawUTF8String("a\\n".getBytes(StandardCharsets.UTF_8), 0, 3);
			generator.writeString(new StringReader("abc"), 2);
			generator.writeString(new StringReader("abc"), -1);
			generator.writeString("abc".toCharArray(), 1, 2);
			generator.writeNumber("1.5");
			generator.writeRawValue("true".toCharArray(), 0, 4);
			generator.writeStartObject();
			generator.writePropertyId(7);
			generator.writeNull();
			generator.writeEndObject();
			generator.writeEndArray();
		})).isEqualTo("9d" + BIN + BIN + BIN + BIN + "c0" + "a461e282ac" + "a2610a" + "a26162" + "a3616263" + "a26263"
				+ "cb3ff8000000000000" + "c3" + "81a137c0");
		assertThat(buffer.remaining()).isEqualTo(3);
	}

	@Test
	void datesOfJavaScriptAreForSerializersThatWantThem() {
		assertThat(written((generator) -> generator.writeEmbeddedObject(Instant.ofEpochMilli(1_700_000_000_123L))))
			.isEqualTo("d7000000018bcfe5687b");
		assertThat(written((generator) -> generator.writeEmbeddedObject(new Date(-1))))
			.isEqualTo("d700ffffffffffffffff");
	}

	static Stream<Writing> wrongTokens() {
		return Stream.of((generator) -> generator.writeEndArray(), (generator) -> generator.writeName("a"),
				(generator) -> generator.writeStartObject().writeNumber(1),
				(generator) -> generator.writeStartObject().writeName("a").writeName("b"),
				(generator) -> generator.writeStartObject().writeEndArray(),
				(generator) -> generator.writeStartArray().writeEndObject(), (generator) -> generator.writeRaw("1"),
				(generator) -> generator.writeRawValue("{"), (generator) -> generator.writeEmbeddedObject(new Object()),
				(generator) -> generator.writeBinary(new ByteArrayInputStream(BYTES), 4));
	}

	@ParameterizedTest
	@MethodSource
	void wrongTokens(Writing writing) {
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> written(writing));
	}

	@Test
	void dataMayBeAnArrayACollectionOrAnArrayNode() {
		Collection<Object> set = new LinkedHashSet<>(List.of("v", 1));
		ArrayNode node = JsonNodeFactory.instance.arrayNode().add("v").add(1);
		for (Object data : List.of(new Object[] { "v", 1 }, List.of("v", 1), set, node)) {
			assertThat(MsgpackVectors.argument(message(Packet.event("/", data)))).isEqualTo("01");
		}
		assertThat(MsgpackVectors.argument(message(Packet.event("/", new String[] { "v", "b" })))).isEqualTo("a162");
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> this.parser.encode(Packet.event("/chat", Map.of("a", 1))))
			.withMessageContaining("EVENT in namespace '/chat'");
	}

	static Stream<Object> unwritable() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(List.of(cycle));
		Map<String, Object> map = new HashMap<>();
		map.put("map", map);
		return Stream.of(cycle, map, new Node(), new Failing());
	}

	@ParameterizedTest
	@MethodSource
	void unwritable(Object value) {
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> this.parser.encode(Packet.event("/chat", new Object[] { "hello", value })))
			.withMessageStartingWith("Cannot write EVENT 'hello' in namespace '/chat': ")
			.satisfies((ex) -> assertThat(ex.getCause()).isNotNull());
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> this.parser.encode(Packet.connectError("/", Map.of("data", value))));
		// The parser is none the worse for it
		assertThat(argument(1)).isEqualTo("01");
	}

	@Test
	void configurationOfTheMapperDoesNotBreakTheProtocol() {
		JsonMapper mapper = JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE)
			.build();
		MsgpackPacketParser custom = new MsgpackPacketParser(mapper);
		byte[] message = custom.encode(Packet.event("/", new Object[] { "v", Map.of("k", BYTES) }))
			.frames()
			.get(0)
			.data();
		assertThat(MsgpackVectors.argument(message)).isEqualTo("81a16b" + BIN);
	}

	@Test
	void offsetIsTheLastElement() {
		Packet packet = Packet.event("/", 7, new Object[] { "v", Map.of("k", BYTES) });
		EncodedPacket encoded = this.parser.encode(packet, "Q85fneL");
		assertThat(encoded.hasOffset()).isTrue();
		assertThat(encoded.frames())
			.isEqualTo(this.parser.encode(Packet.event("/", 7, List.of("v", Map.of("k", BYTES), "Q85fneL"))).frames());
		encoded.fillOffset("aZ_-.09");
		assertThat(encoded.frames())
			.isEqualTo(this.parser.encode(Packet.event("/", 7, List.of("v", Map.of("k", BYTES), "aZ_-.09"))).frames());
		assertThatIllegalArgumentException().isThrownBy(() -> encoded.fillOffset("12345678"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 13, 14, 15, 65_533, 65_534 })
	void offsetBehindAnyNumberOfArguments(int count) throws PacketFormatException {
		List<Object> args = new ArrayList<>(List.of("v"));
		for (int i = 0; i < count; i++) {
			args.add(i);
		}
		EncodedPacket encoded = this.parser.encode(Packet.event("/", args), "x".repeat(32));
		encoded.fillOffset("y".repeat(32));
		Packet packet = this.parser.newDecoder(PacketLimits.defaults()).binary(encoded.frames().get(0).data());
		ArrayNode data = (ArrayNode) packet.data();
		assertThat(data.size()).isEqualTo(count + 2);
		assertThat(data.get(count + 1).stringValue()).isEqualTo("y".repeat(32));
	}

	@Test
	void onlyEventsWithANameHaveAnOffset() {
		for (Packet packet : List.of(Packet.connect("/", null), Packet.disconnect("/"),
				Packet.ack("/", 1, List.of("a")), Packet.connectError("/", null))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.parser.encode(packet, "x"));
		}
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> this.parser.encode(Packet.event("/", List.of()), "x"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.parser.encode(Packet.event("/", List.of("a")), "a\"b"));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.parser.encode(Packet.event("/", List.of("a"))).fillOffset("x"));
	}

	private String argument(@Nullable Object value) {
		return MsgpackVectors.argument(message(Packet.event("/", new Object[] { "v", value })));
	}

	private JsonNode decoded(Object value) throws PacketFormatException {
		byte[] message = message(Packet.event("/", new Object[] { "v", value }));
		return ((ArrayNode) this.parser.newDecoder(PacketLimits.defaults()).binary(message).data()).get(1);
	}

	private byte[] message(Packet packet) {
		List<EnginePacket> frames = this.parser.encode(packet).frames();
		assertThat(frames).hasSize(1);
		assertThat(frames.get(0).binary()).isTrue();
		return frames.get(0).data();
	}

	private static String written(Writing writing) {
		SimpleModule module = new SimpleModule();
		module.addSerializer(Picture.class, new ValueSerializer<Picture>() {

			@Override
			public void serialize(Picture value, JsonGenerator generator, SerializationContext context) {
				writing.write(generator);
			}

		});
		MsgpackPacketParser custom = new MsgpackPacketParser(JsonMapper.builder().addModule(module).build());
		Object[] args = { "v", new Picture("p", BYTES) };
		return MsgpackVectors.argument(custom.encode(Packet.event("/", args)).frames().get(0).data());
	}

	record Picture(String name, byte[] content) {

	}

	static final class Bean {

		@JsonProperty
		final byte[] content = BYTES;

	}

	static final class Raw {

		@JsonRawValue
		@JsonProperty
		final String raw = "1.5";

	}

	static final class Node {

		@JsonProperty
		final Node self = this;

	}

	static final class Failing {

		@JsonProperty
		String value() {
			throw new IllegalStateException("broken accessor");
		}

	}

	interface Writing {

		void write(JsonGenerator generator);

	}

}
