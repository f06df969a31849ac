package io.socketio.protocol;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;
import tools.jackson.databind.util.TokenBuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the encoding of {@link JsonPacketParser} and for {@link EncodedPacket}
 * (section 2.1 of the protocol notes).
 */
class JsonPacketEncodingTests {

	private static final byte[] BYTES = { 1, 2, 3 };

	private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

	private final JsonPacketParser parser = new JsonPacketParser(JsonMapper.builder().build());

	static Stream<Arguments> packets() {
		return Stream.of(Arguments.of("0", Packet.connect("/", null)),
				Arguments.of("0{\"sid\":\"S\"}", Packet.connect("/", Map.of("sid", "S"))),
				Arguments.of("0/admin,", Packet.connect("/admin", null)),
				Arguments.of("0/admin,{\"sid\":\"S\"}", Packet.connect("/admin", Map.of("sid", "S"))),
				Arguments.of("1", Packet.disconnect("/")), Arguments.of("1/admin,", Packet.disconnect("/admin")),
				Arguments.of("2[\"hey\",\"Jude\"]", Packet.event("/", new Object[] { "hey", "Jude" })),
				Arguments.of("2/admin,[\"hey\"]", Packet.event("/admin", List.of("hey"))),
				Arguments.of("2/ä/€?x=1,[\"hey\"]", Packet.event("/ä/€?x=1", List.of("hey"))),
				Arguments.of("212[\"ask\",1]", Packet.event("/", 12, List.of("ask", 1))),
				Arguments.of("2/admin,0[\"ask\"]", Packet.event("/admin", 0, List.of("ask"))),
				Arguments.of("2[1,\"a\"]", Packet.event("/", List.of(1, "a"))), Arguments.of("2", event(null)),
				Arguments.of("312[\"answer\"]", Packet.ack("/", 12, List.of("answer"))),
				Arguments.of("312[]", Packet.ack("/", 12, new Object[0])),
				Arguments.of("3/admin,9007199254740992[]", Packet.ack("/admin", 1L << 53, List.of())),
				Arguments.of("4/admin,{\"message\":\"nope\",\"data\":{\"code\":1}}",
						Packet.connectError("/admin", ordered("message", "nope", "data", Map.of("code", 1)))),
				Arguments.of("4\"nope\"", Packet.connectError("/", "nope")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void packets(String expected, Packet packet) {
		EncodedPacket encoded = this.parser.encode(packet);
		assertThat(encoded.frames()).containsExactly(EnginePacket.message(expected));
		assertThat(encoded.size()).isEqualTo(encoded.frames().get(0).data().length);
		assertThat(encoded.hasOffset()).isFalse();
	}

	@Test
	void binaryEvent() {
		EncodedPacket encoded = this.parser.encode(Packet.event("/", new Object[] { "bin", BYTES }));
		assertThat(encoded.frames()).containsExactly(EnginePacket.message("51-[\"bin\"," + PLACEHOLDER + "]"),
				EnginePacket.binary(BYTES));
		assertThat(encoded.size()).isEqualTo(encoded.frames().get(0).data().length + 3);
	}

	@Test
	void binaryEventWithNamespaceIdAndSeveralAttachments() {
		EncodedPacket encoded = this.parser
			.encode(Packet.event("/admin", 7, new Object[] { "b", BYTES, new byte[] { 4 } }));
		assertThat(encoded.frames()).containsExactly(
				EnginePacket.message("52-/admin,7[\"b\"," + PLACEHOLDER + ",{\"_placeholder\":true,\"num\":1}]"),
				EnginePacket.binary(BYTES), EnginePacket.binary(new byte[] { 4 }));
	}

	@Test
	void edge159BinaryAck() {
		EncodedPacket encoded = this.parser.encode(Packet.ack("/", 789, new Object[] { BYTES }));
		assertThat(encoded.frames()).containsExactly(EnginePacket.message("61-789[" + PLACEHOLDER + "]"),
				EnginePacket.binary(BYTES));
	}

	@Test
	void numberOfAttachmentsMayHaveSeveralDigits() {
		List<Object> args = new ArrayList<>(Collections.nCopies(1234, BYTES));
		args.add(0, "many");
		EncodedPacket encoded = this.parser.encode(Packet.event("/some/namespace", Long.MAX_VALUE, args));
		assertThat(encoded.frames()).hasSize(1235);
		assertThat(encoded.frames().get(0).text())
			.startsWith("51234-/some/namespace,9223372036854775807[\"many\",{\"_placeholder\":true,\"num\":0},")
			.endsWith("{\"_placeholder\":true,\"num\":1233}]");
	}

	@Test
	void emptyBinaryIsAnAttachment() {
		assertThat(frames("a", new byte[0])).containsExactly(EnginePacket.message("51-[\"a\"," + PLACEHOLDER + "]"),
				EnginePacket.binary(new byte[0]));
	}

	static Stream<Arguments> binaryAtAnyDepth() {
		ArrayNode node = JsonNodeFactory.instance.arrayNode();
		node.addObject().put("b", BYTES);
		TokenBuffer tokens = TokenBuffer.forGeneration();
		tokens.writeBinary(BYTES);
		ByteBuffer direct = ByteBuffer.allocateDirect(5).put((byte) 9).put(BYTES).put((byte) 9).flip();
		direct.position(1).limit(4);
		ByteBuffer slice = ByteBuffer.wrap(new byte[] { 9, 9, 1, 2, 3, 9 }, 1, 4).slice();
		slice.position(1);
		return Stream.of(Arguments.of("record", new Picture("p", BYTES), "{\"name\":\"p\",\"content\":@}"),
				Arguments.of("bean", new Bean(), "{\"content\":@}"),
				Arguments.of("map", Map.of("m", Map.of("n", BYTES)), "{\"m\":{\"n\":@}}"),
				Arguments.of("list", List.of(List.of(1, BYTES)), "[[1,@]]"),
				Arguments.of("array", new Object[][] { { BYTES } }, "[[@]]"), Arguments.of("node", node, "[{\"b\":@}]"),
				Arguments.of("binary node", JsonNodeFactory.instance.binaryNode(BYTES), "@"),
				Arguments.of("pojo node", JsonNodeFactory.instance.pojoNode(BYTES), "@"),
				Arguments.of("token buffer", tokens, "@"), Arguments.of("heap buffer", ByteBuffer.wrap(BYTES), "@"),
				Arguments.of("slice", slice, "@"),
				Arguments.of("read-only buffer", ByteBuffer.wrap(BYTES).asReadOnlyBuffer(), "@"),
				Arguments.of("direct buffer", direct, "@"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void binaryAtAnyDepth(String name, Object argument, String json) {
		assertThat(frames("a", argument)).containsExactly(
				EnginePacket.message("51-[\"a\"," + json.replace("@", PLACEHOLDER) + "]"), EnginePacket.binary(BYTES));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void edge156CallersDataIsNeitherModifiedNorKept(boolean direct) {
		ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(8) : ByteBuffer.allocate(8);
		buffer.put(2, (byte) 7).position(2).limit(5);
		byte[] bytes = BYTES.clone();
		Map<String, Object> map = new HashMap<>(Map.of("k", bytes));
		Object[] args = { "a", buffer, bytes, map };
		EncodedPacket encoded = this.parser.encode(Packet.event("/", args));
		assertThat(args).containsExactly("a", buffer, bytes, map);
		assertThat(map).containsExactly(Map.entry("k", bytes));
		assertThat(buffer.position()).isEqualTo(2);
		assertThat(buffer.limit()).isEqualTo(5);
		buffer.put(2, (byte) 8);
		bytes[0] = 8;
		assertThat(encoded.frames()).extracting(EnginePacket::data)
			.last()
			.isEqualTo(BYTES)
			.isNotSameAs(encoded.frames().get(2).data());
		assertThat(encoded.frames().get(1).data()).containsExactly(7, 0, 0);
		assertThat(encoded.frames().get(2).data()).isEqualTo(BYTES);
	}

	@Test
	void framesCannotBeModified() {
		List<EnginePacket> frames = frames("a", BYTES);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(frames::clear);
	}

	@Test
	void connectAndConnectErrorAreNeverBinary() {
		Map<String, Object> data = Map.of("b", BYTES);
		assertThat(this.parser.encode(Packet.connect("/", data)).frames())
			.containsExactly(EnginePacket.message("0{\"b\":\"AQID\"}"));
		assertThat(this.parser.encode(Packet.connectError("/", data)).frames())
			.containsExactly(EnginePacket.message("4{\"b\":\"AQID\"}"));
	}

	@Test
	void serializerThatStreamsBinary() {
		ByteBuffer buffer = ByteBuffer.wrap(BYTES);
		JsonPacketParser custom = new JsonPacketParser(mapperWith(Instant.class, (generator) -> {
			generator.writeStartArray();
			generator.writeBinary(new ByteArrayInputStream(BYTES), 3);
			generator.writeBinary(Base64Variants.MODIFIED_FOR_URL, new ByteArrayInputStream(BYTES), -1);
			generator.writeEmbeddedObject(BYTES);
			generator.writeEmbeddedObject(buffer);
			generator.writeEmbeddedObject(null);
			generator.writeEndArray();
		}));
		List<EnginePacket> frames = custom.encode(Packet.event("/", List.of("a", Instant.EPOCH))).frames();
		assertThat(frames.get(0).text()).matches("54-\\[\"a\",\\[(\\{\"_placeholder\":true,\"num\":[0-3]},){4}null]]");
		assertThat(frames).hasSize(5).endsWith(EnginePacket.binary(BYTES));
		assertThat(buffer.remaining()).isEqualTo(3);
	}

	@Test
	void serializerThatWritesEncodedText() {
		JsonPacketParser custom = new JsonPacketParser(mapperWith(Instant.class, (generator) -> {
			generator.writeStartArray();
			generator.writeUTF8String("a\"€".getBytes(StandardCharsets.UTF_8), 0, 5);
			generator.writeRawUTF8String("a\\n€".getBytes(StandardCharsets.UTF_8), 0, 6);
			generator.writeEndArray();
		}));
		assertThat(custom.encode(Packet.event("/", List.of("a", Instant.EPOCH))).frames())
			.containsExactly(EnginePacket.message("2[\"a\",[\"a\\\"€\",\"a\\n€\"]]"));
	}

	static Stream<Arguments> values() {
		return Stream.of(Arguments.of("null", null), Arguments.of("null", Double.NaN),
				Arguments.of("null", Float.NEGATIVE_INFINITY),
				Arguments.of("[1.5,null,null]", new double[] { 1.5, Double.NaN, Double.POSITIVE_INFINITY }),
				Arguments.of("[null,2.5]", new float[] { Float.NaN, 2.5f }),
				Arguments.of("{\"a\":null}", Map.of("a", Double.NaN)),
				Arguments.of("null", JsonNodeFactory.instance.numberNode(Double.NaN)),
				Arguments.of("[null]", List.of(Float.NaN)), Arguments.of("9007199254740993", 9007199254740993L),
				Arguments.of("1.10", new BigDecimal("1.10")), Arguments.of("true", true),
				Arguments.of("\"a/b\"", "a/b"), Arguments.of("\"\u2028\u2029\"", "\u2028\u2029"),
				Arguments.of("\"ä€😀\"", "ä€😀"), Arguments.of("\"\\u001e\\u0000\\n\\\"\\\\\"", "\u001e\0\n\"\\"),
				Arguments.of("\"\u007f\"", "\u007f"), Arguments.of("{\"ä€😀\":1}", Map.of("ä€😀", 1)),
				Arguments.of("\"\\ud83d\"", "\ud83d"), Arguments.of("\"\\ude00\"", "\ude00"),
				Arguments.of("\"\\ud83dx\"", "\ud83dx"), Arguments.of("\"\\ud83d\\\"\"", "\ud83d\""),
				Arguments.of("\"\\ude00\\ud83d\"", "\ude00\ud83d"), Arguments.of("\"\\ud83d😀\"", "\ud83d😀"),
				Arguments.of("\"\\ud83d€\"", "\ud83d€"), Arguments.of("{\"\\ud83d\":\"ä\"}", Map.of("\ud83d", "ä")),
				Arguments.of("[1, 2]", new RawValue("[1, 2]")),
				Arguments.of("[\"a\",\"\\ud83d\"]", new String[] { "a", "\ud83d" }));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void values(String json, @Nullable Object value) {
		assertThat(this.parser.encode(Packet.event("/", new Object[] { "a", value })).frames())
			.containsExactly(EnginePacket.message("2[\"a\"," + json + "]"));
	}

	@Test
	void longTextOfAnyKindIsWrittenAcrossBuffers() {
		for (int prefix = 0; prefix < 4; prefix++) {
			String text = "x".repeat(prefix) + "aä€😀".repeat(20_000);
			assertThat(this.parser.encode(Packet.event("/", List.of("a", text))).frames())
				.containsExactly(EnginePacket.message("2[\"a\",\"" + text + "\"]"));
		}
	}

	@Test
	void loneSurrogatesAtAnyPositionOfALongText() {
		for (int length = 3990; length < 4010; length++) {
			String text = "x".repeat(length);
			assertThat(this.parser.encode(Packet.event("/", List.of("a", text + "\ud83d", "\ude00"))).frames())
				.containsExactly(EnginePacket.message("2[\"a\",\"" + text + "\\ud83d\",\"\\ude00\"]"));
		}
	}

	@Test
	void dataMayBeAnArrayACollectionOrAnArrayNode() {
		Collection<Object> set = new LinkedHashSet<>(List.of("a", 1));
		ArrayNode node = JsonNodeFactory.instance.arrayNode().add("a").add(1);
		for (Object data : List.of(new Object[] { "a", 1 }, List.of("a", 1), set, node)) {
			assertThat(this.parser.encode(Packet.event("/", data)).frames())
				.containsExactly(EnginePacket.message("2[\"a\",1]"));
		}
		assertThat(this.parser.encode(Packet.event("/", new String[] { "a", "b" })).frames())
			.containsExactly(EnginePacket.message("2[\"a\",\"b\"]"));
	}

	@Test
	void dataOfAnotherKindIsRefused() {
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
			.isThrownBy(() -> this.parser.encode(Packet.ack("/", 1, List.of(value))))
			.withMessageStartingWith("Cannot write ACK in namespace '/': ");
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> this.parser.encode(Packet.connectError("/", Map.of("data", value))));
		// The parser is none the worse for it
		assertThat(frames("a", 1)).containsExactly(EnginePacket.message("2[\"a\",1]"));
	}

	@Test
	void serializerThatPromisesMoreBytesThanThereAre() {
		JsonPacketParser custom = new JsonPacketParser(
				mapperWith(Instant.class, (generator) -> generator.writeBinary(new ByteArrayInputStream(BYTES), 4)));
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> custom.encode(Packet.event("/", List.of("a", Instant.EPOCH))))
			.withMessageContaining("3 bytes instead of 4");
	}

	@Test
	void configurationOfTheMapperDoesNotBreakTheProtocol() {
		JsonMapper mapper = JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE)
			.disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES)
			.build();
		JsonPacketParser custom = new JsonPacketParser(mapper);
		assertThat(custom.encode(Packet.event("/", new Object[] { "a", Map.of("k", BYTES) })).frames()).containsExactly(
				EnginePacket.message("51-[\"a\",{\"k\":" + PLACEHOLDER + "}]"), EnginePacket.binary(BYTES));
		assertThat(custom.encode(Packet.connect("/", Map.of("sid", "S"))).frames())
			.containsExactly(EnginePacket.message("0{\"sid\":\"S\"}"));
		assertThat(custom.encode(Packet.event("/", List.of("a")), "o-1").frames())
			.containsExactly(EnginePacket.message("2[\"a\",\"o-1\"]"));
	}

	@Test
	void configurationOfTheMapperIsUsed() {
		JsonPacketParser custom = new JsonPacketParser(
				JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
		assertThat(custom.encode(Packet.event("/", List.of("ä"))).frames().get(0).text())
			.isEqualToIgnoringCase("2[\"\\u00e4\"]");
		JsonPacketParser instants = new JsonPacketParser(
				mapperWith(Instant.class, (generator) -> generator.writeString("now")));
		assertThat(instants.encode(Packet.event("/", List.of("a", Instant.EPOCH))).frames())
			.containsExactly(EnginePacket.message("2[\"a\",\"now\"]"));
	}

	@Test
	void offsetIsTheLastElement() {
		EncodedPacket encoded = this.parser.encode(Packet.event("/", new Object[] { "hey", 1 }), "Q85fneL");
		assertThat(encoded.hasOffset()).isTrue();
		assertThat(encoded.frames()).containsExactly(EnginePacket.message("2[\"hey\",1,\"Q85fneL\"]"));
		encoded.fillOffset("0000000");
		assertThat(encoded.frames()).containsExactly(EnginePacket.message("2[\"hey\",1,\"0000000\"]"));
		encoded.fillOffset("aZ_-.09");
		assertThat(encoded.frames()).containsExactly(EnginePacket.message("2[\"hey\",1,\"aZ_-.09\"]"));
	}

	@Test
	void offsetOfABinaryEventWithEverything() {
		EncodedPacket encoded = this.parser.encode(Packet.event("/ä", 7, List.of("bin😀", BYTES)), "x");
		encoded.fillOffset("9");
		assertThat(encoded.frames()).containsExactly(
				EnginePacket.message("51-/ä,7[\"bin😀\"," + PLACEHOLDER + ",\"9\"]"), EnginePacket.binary(BYTES));
	}

	@Test
	void onlyEventsHaveAnOffset() {
		for (Packet packet : List.of(Packet.connect("/", null), Packet.disconnect("/"),
				Packet.ack("/", 1, List.of("a")), Packet.connectError("/", null))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.parser.encode(packet, "x"));
		}
		assertThatExceptionOfType(PacketEncodingException.class)
			.isThrownBy(() -> this.parser.encode(Packet.event("/", List.of()), "x"));
		assertThatExceptionOfType(PacketEncodingException.class).isThrownBy(() -> this.parser.encode(event(null), "x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\"b", "ä", "a b", "a\n" })
	void offsetIsPlainAscii(String offset) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.parser.encode(Packet.event("/", List.of("a")), offset));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "12", "1234", "a\"b", "ääa" })
	void offsetIsReplacedByOneOfTheSameWidthOnly(String offset) {
		EncodedPacket encoded = this.parser.encode(Packet.event("/", List.of("a")), "123");
		assertThatIllegalArgumentException().isThrownBy(() -> encoded.fillOffset(offset));
		assertThat(encoded.frames()).containsExactly(EnginePacket.message("2[\"a\",\"123\"]"));
	}

	@Test
	void withoutOffsetThereIsNothingToFill() {
		EncodedPacket encoded = this.parser.encode(Packet.event("/", List.of("a")));
		assertThatIllegalStateException().isThrownBy(() -> encoded.fillOffset("x"));
	}

	@Test
	void encodedPacketChecksItsArguments() {
		List<EnginePacket> frames = List.of(EnginePacket.message("abc"));
		assertThatIllegalArgumentException().isThrownBy(() -> new EncodedPacket(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> new EncodedPacket(frames, 0, 4));
		assertThatIllegalArgumentException().isThrownBy(() -> new EncodedPacket(frames, 3, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new EncodedPacket(frames, -2, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new EncodedPacket(frames, 0, 0));
		EncodedPacket encoded = new EncodedPacket(frames, 1, 2);
		encoded.fillOffset("yz");
		assertThat(encoded).hasToString("[MESSAGE[ayz]]");
	}

	private List<EnginePacket> frames(@Nullable Object... args) {
		return this.parser.encode(Packet.event("/", Arrays.asList(args))).frames();
	}

	private static Packet event(@Nullable Object data) {
		return new Packet(PacketType.EVENT, "/", Packet.NO_ID, data);
	}

	private static Map<String, Object> ordered(String key1, Object value1, String key2, Object value2) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put(key1, value1);
		map.put(key2, value2);
		return map;
	}

	private static <T> JsonMapper mapperWith(Class<T> type, Writing writing) {
		SimpleModule module = new SimpleModule();
		module.addSerializer(type, new ValueSerializer<T>() {

			@Override
			public void serialize(T value, JsonGenerator generator, SerializationContext context) {
				writing.write(generator);
			}

		});
		return JsonMapper.builder().addModule(module).build();
	}

	record Picture(String name, byte[] content) {

	}

	static final class Bean {

		@JsonProperty
		final byte[] content = BYTES;

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
