package io.socketio.protocol;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JsonPacketDecoder}: what is accepted and what is refused (section 2.2
 * of the protocol notes). Names with a number refer to the edge cases of section 5.
 */
class JsonPacketDecodingTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final PacketDecoder decoder = new JsonPacketParser(MAPPER).newDecoder(PacketLimits.defaults());

	static Stream<Arguments> accepted() {
		return Stream.of(Arguments.of("0", Packet.connect("/", null)),
				Arguments.of("0{\"token\":\"123\"}", Packet.connect("/", json("{\"token\":\"123\"}"))),
				Arguments.of("0{}", Packet.connect("/", json("{}"))),
				Arguments.of("0/custom", Packet.connect("/custom", null)),
				Arguments.of("0/custom,", Packet.connect("/custom", null)),
				Arguments.of("0/custom,{\"a\":1}", Packet.connect("/custom", json("{\"a\":1}"))),
				Arguments.of("0/", Packet.connect("/", null)), Arguments.of("0/,", Packet.connect("/", null)),
				Arguments.of("0/,{}", Packet.connect("/", json("{}"))),
				Arguments.of("00", new Packet(PacketType.CONNECT, "/", 0, null)),
				Arguments.of("0/admin,12{}", new Packet(PacketType.CONNECT, "/admin", 12, json("{}"))),
				Arguments.of("0/admin?x=1,", Packet.connect("/admin?x=1", null)),
				Arguments.of("0/ä€😀,", Packet.connect("/ä€😀", null)), Arguments.of("1", Packet.disconnect("/")),
				Arguments.of("1/admin,", Packet.disconnect("/admin")),
				Arguments.of("1/admin", Packet.disconnect("/admin")),
				Arguments.of("2[\"hey\",\"Jude\"]", Packet.event("/", json("[\"hey\",\"Jude\"]"))),
				Arguments.of("2/admin,[\"hey\"]", Packet.event("/admin", json("[\"hey\"]"))),
				Arguments.of("212[\"ask\",1]", Packet.event("/", 12, json("[\"ask\",1]"))),
				Arguments.of("2/admin,7[\"ask\"]", Packet.event("/admin", 7, json("[\"ask\"]"))),
				Arguments.of("2007[\"ask\"]", Packet.event("/", 7, json("[\"ask\"]"))),
				Arguments.of("29007199254740992[\"ask\"]", Packet.event("/", 1L << 53, json("[\"ask\"]"))),
				Arguments.of("2[1,\"a\"]", Packet.event("/", json("[1,\"a\"]"))),
				Arguments.of("2[-1.5]", Packet.event("/", json("[-1.5]"))),
				Arguments.of("2[\"error\",\"x\"]", Packet.event("/", json("[\"error\",\"x\"]"))),
				Arguments.of("2[\"connection\"]", Packet.event("/", json("[\"connection\"]"))),
				Arguments.of("2[\"\"]", Packet.event("/", json("[\"\"]"))),
				Arguments.of("2[\"x\"] ", Packet.event("/", json("[\"x\"]"))),
				Arguments.of("2 \t\r\n[ \"x\" , 1 ]\n", Packet.event("/", json("[\"x\",1]"))),
				Arguments.of("2[\"x\",null,true,{\"a\":[1.5e3]}]",
						Packet.event("/", json("[\"x\",null,true,{\"a\":[1.5e3]}]"))),
				Arguments.of("2[\"a\",{\"_placeholder\":true,\"num\":0}]",
						Packet.event("/", json("[\"a\",{\"_placeholder\":true,\"num\":0}]"))),
				Arguments.of("2[\"ä€😀\\ud83d\"]", Packet.event("/", json("[\"ä€😀\\ud83d\"]"))),
				Arguments.of("2/admin[\"x\"]", new Packet(PacketType.EVENT, "/admin[\"x\"]", -1, null)),
				Arguments.of("30[]", Packet.ack("/", 0, json("[]"))),
				Arguments.of("312[\"answer\"]", Packet.ack("/", 12, json("[\"answer\"]"))),
				Arguments.of("3/a,12[[],null]", Packet.ack("/a", 12, json("[[],null]"))),
				Arguments.of("3[\"connect\"]", Packet.ack("/", -1, json("[\"connect\"]"))),
				Arguments.of("4/a,{\"message\":\"m\"}", Packet.connectError("/a", json("{\"message\":\"m\"}"))),
				Arguments.of("4\"x\"", Packet.connectError("/", json("\"x\""))),
				Arguments.of("4", Packet.connectError("/", null)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void accepted(String text, Packet packet) throws PacketFormatException {
		assertThat(decode(text)).isEqualTo(packet);
		assertThat(this.decoder.reconstructing()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			2|EVENT
			3|ACK
			2/a,|EVENT
			212|EVENT
			""")
	void edge141AbsentPayloadIsAccepted(String text, PacketType type) throws PacketFormatException {
		Packet packet = decode(text);
		assertThat(packet.type()).isEqualTo(type);
		assertThat(packet.data()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2[]", "2{}", "2[null]", "2[true]", "2[[\"a\"]]", "2[{}]", "2\"x\"", "21.5", "2null",
			"2[\"connect\"]", "2[\"connect_error\"]", "2[\"disconnect\"]", "2[\"disconnecting\"]", "2[\"newListener\"]",
			"2[\"removeListener\"]", "2[\"\\u0063onnect\"]", "2[\"x\"]garbage", "2[\"x\"][]", "2[\"x\"],", "2[\"x\"",
			"2[\"x\",]", "2abc[\"x\"]", "2-1[\"x\"]", "2 ", "2 1[\"x\"]", "21 2[\"x\"]", "2/a, ", "2[\"x\",NaN]",
			"2[\"x\",01]", "2[\"x\",'y']", "2[\"x\",{a:1}]", "2[\"x\"/**/]", "2[\"x\",\"\n\"]", "2[\"x\",.5]",
			"2[\"x\",+1]", "2[\"x\",\"\\x\"]", "2\ufeff[\"x\"]", "2[\"x\",\"\\ud8\"]", "29007199254740993[\"x\"]",
			"299999999999999999999[\"x\"]", "30{}", "3{}", "3\"x\"", "3null", "31.0[]", "1{}", "1[]", "1null", "1/a,{}",
			"1\"\"", "0[]", "0\"x\"", "0null", "0true", "01.5", "0{bad", "0admin", "0{}{}", "0/a,b", "0/a,b,{}", "4[]",
			"4null", "41.5", "4true", "4\"", "4{}x" })
	void edge137InvalidPayload(String text) {
		assertRefused(text, "invalid payload");
	}

	@ParameterizedTest
	@CsvSource({ "7[\"x\"],7", "7,7", "8,8", "9,9", "abc,NaN", "'',NaN", "-,NaN", "' ',NaN", "/,NaN", "€,NaN",
			"'[\"x\"]',NaN" })
	void edge137UnknownPacketType(String text, String type) {
		assertRefused(text, "unknown packet type " + type);
	}

	@Test
	void messageWithoutDataIsRefused() {
		assertRefused("", "unknown packet type NaN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "51", "5-", "5a-", "51.23-", "5-1-[\"x\"]", "51.0-[\"x\"]", "51e0-[\"x\"]",
			"5 1-[\"x\"]", "51 -[\"x\"]", "50x1-[\"x\"]", "5+1-[\"x\"]", "51[\"x\"]", "5[\"x\"]", "6", "61", "6a-",
			"599999999999999999999" })
	void edge153IllegalAttachments(String text) {
		assertRefused(text, "Illegal attachments");
	}

	@ParameterizedTest
	@ValueSource(strings = { "50-[\"x\"]", "500-[\"x\"]", "60-[]" })
	void edge154NoAttachmentsAreIllegal(String text) {
		assertRefused(text, "Illegal attachments");
	}

	@ParameterizedTest
	@ValueSource(strings = { "511-[\"a\"]", "611-[]", "5100-[\"a\"]", "54294967297-[\"a\"]",
			"599999999999999999999-[\"a\"]" })
	void edge152TooManyAttachments(String text) {
		assertRefused(text, "too many attachments");
	}

	@ParameterizedTest
	@ValueSource(strings = { "51-[\"a\"]", "59-[\"a\"]", "510-[\"a\"]", "501-[\"a\"]", "51-", "51-/a,", "61-[]",
			"61-/a,7[]" })
	void edge152HeaderWithAttachmentsIsAcceptedAndWaits(String text) throws PacketFormatException {
		assertThat(this.decoder.text(utf8(text))).isNull();
		assertThat(this.decoder.reconstructing()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "51-[]", "51-{}", "51-[{\"_placeholder\":true,\"num\":0}]", "51-[\"connect\"]",
			"51-[\"a\"]x", "61-{}", "51-abc" })
	void payloadOfABinaryPacketIsCheckedWithItsHeader(String text) {
		assertRefused(text, "invalid payload");
	}

	@Test
	void limitsAreThoseGiven() throws PacketFormatException {
		JsonPacketParser parser = new JsonPacketParser(MAPPER);
		PacketLimits limits = new PacketLimits(2, 5);
		assertThat(parser.newDecoder(limits).text(utf8("52-[\"a\"]"))).isNull();
		assertThatExceptionOfType(PacketFormatException.class)
			.isThrownBy(() -> parser.newDecoder(limits).text(utf8("53-[\"a\"]")))
			.withMessage("too many attachments");
		assertThat(parser.newDecoder(limits).text(utf8("0/abcd,"))).isEqualTo(Packet.connect("/abcd", null));
		for (String text : new String[] { "0/abcde,", "0/abcde", "0/ab€," }) {
			assertThatExceptionOfType(PacketFormatException.class)
				.isThrownBy(() -> parser.newDecoder(limits).text(utf8(text)))
				.withMessage("invalid payload");
		}
		assertThatExceptionOfType(PacketFormatException.class)
			.isThrownBy(() -> parser.newDecoder(new PacketLimits(0, 5)).text(utf8("51-[\"a\"]")))
			.withMessage("too many attachments");
	}

	@Test
	void nothingIsAcceptedAfterAFailure() {
		assertRefused("2[]", "invalid payload");
		assertRefused("2[\"x\"]", "invalid payload");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> this.decoder.binary(new byte[1]))
			.withMessage("invalid payload");
		assertThat(this.decoder.reconstructing()).isFalse();
	}

	@Test
	void exceptionIsCheap() {
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> decode("7"))
			.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(ints = { 501, 5_000, 100_000 })
	void deepNestingIsRefused(int depth) {
		assertRefused("2[\"x\"," + "[".repeat(depth) + "]".repeat(depth) + "]", "invalid payload");
	}

	@Test
	void deepNestingIsNoDangerWhereTheMapperAllowsIt() {
		JsonMapper mapper = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
				.build())
			.build();
		PacketDecoder lenient = new JsonPacketParser(mapper).newDecoder(PacketLimits.defaults());
		int depth = 200_000;
		String text = "51-[\"x\"," + "[".repeat(depth) + "]".repeat(depth) + "]";
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> {
			lenient.text(utf8(text));
			lenient.binary(new byte[1]);
		}).withMessage("invalid payload");
	}

	static Stream<byte[]> invalidUtf8() {
		return Stream.of(bytes(0x80), bytes(0xc3), bytes(0xc3, 0x28), bytes(0xc0, 0xaf), bytes(0xe2, 0x82),
				bytes(0xe0, 0x80, 0xaf), bytes(0xed, 0xa0, 0x80), bytes(0xf0, 0x80, 0x80, 0xaf),
				bytes(0xf0, 0x9f, 0x98), bytes(0xf4, 0x90, 0x80, 0x80), bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
				bytes(0xff), bytes(0xfe));
	}

	@ParameterizedTest
	@MethodSource
	void invalidUtf8(byte[] bytes) {
		for (String frame : new String[] { "2[\"|\"]", "2[\"x\",\"aaaaaaaaaaaaa|\"]", "2/|,[\"x\"]", "0/|",
				"2[\"x\"]|" }) {
			String text = frame.replace("|", new String(bytes, StandardCharsets.ISO_8859_1));
			PacketDecoder fresh = new JsonPacketParser(MAPPER).newDecoder(PacketLimits.defaults());
			assertThatExceptionOfType(PacketFormatException.class)
				.isThrownBy(() -> fresh.text(text.getBytes(StandardCharsets.ISO_8859_1)))
				.withMessage("invalid payload");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16" })
	void otherEncodingsOfJsonAreRefused(String charset) {
		for (String json : new String[] { "[\"x\"]", " [\"x\"]", "[1]" }) {
			byte[] payload = json.getBytes(Charset.forName(charset));
			byte[] message = new byte[1 + payload.length];
			message[0] = '2';
			System.arraycopy(payload, 0, message, 1, payload.length);
			PacketDecoder fresh = new JsonPacketParser(MAPPER).newDecoder(PacketLimits.defaults());
			assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> fresh.text(message))
				.withMessage("invalid payload");
		}
	}

	@Test
	void lenientMapperDoesNotMakeTheProtocolLenient() {
		JsonMapper mapper = JsonMapper.builder()
			.enable(JsonReadFeature.values())
			.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(DeserializationFeature.UNWRAP_ROOT_VALUE)
			.build();
		JsonPacketParser parser = new JsonPacketParser(mapper);
		for (String text : new String[] { "2[\"x\"][]", "2['x']", "2[\"x\",NaN]", "2[\"x\",]", "2[\"x\"]//",
				"2[\"x\",+1]", "0{a:1}" }) {
			assertThatExceptionOfType(PacketFormatException.class).as(text)
				.isThrownBy(() -> parser.newDecoder(PacketLimits.defaults()).text(utf8(text)))
				.withMessage("invalid payload");
		}
	}

	@Test
	void dataIsATree() throws PacketFormatException {
		assertThat(decode("2[\"x\"]").data()).isInstanceOf(ArrayNode.class);
		assertThat(decode("31[]").data()).isInstanceOf(ArrayNode.class);
		assertThat(decode("0{}").data()).isInstanceOf(ObjectNode.class);
	}

	@Test
	void lastOfDuplicateKeysWins() throws PacketFormatException {
		assertThat(decode("0{\"a\":1,\"a\":2}").data()).isEqualTo(json("{\"a\":2}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0{\"\\ud83d\":1}", "0{\"\\ude00\":1}", "0{\"\\ud83dx\":1}" })
	void loneSurrogatesInNamesAreRefusedUnlikeTheReference(String text) {
		assertRefused(text, "invalid payload");
	}

	@Test
	void messageIsNotModified() throws PacketFormatException {
		byte[] message = utf8("2/a,7[\"x\",{\"a\":\"ä\"}]");
		this.decoder.text(message);
		assertThat(message).isEqualTo(utf8("2/a,7[\"x\",{\"a\":\"ä\"}]"));
	}

	private Packet decode(String text) throws PacketFormatException {
		Packet packet = this.decoder.text(utf8(text));
		assertThat(packet).isNotNull();
		return packet;
	}

	private void assertRefused(String text, String message) {
		assertThatExceptionOfType(PacketFormatException.class).as(text)
			.isThrownBy(() -> this.decoder.text(utf8(text)))
			.withMessage(message);
	}

	private static JsonNode json(String json) {
		return MAPPER.readTree(json);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

}
