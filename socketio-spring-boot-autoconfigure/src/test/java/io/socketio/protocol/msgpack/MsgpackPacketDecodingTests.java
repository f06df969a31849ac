package io.socketio.protocol.msgpack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketDecoder;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;
import io.socketio.protocol.PacketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MsgpackPacketDecoder}: what is accepted and what is refused, in the
 * order of section 2.2 of the protocol notes. Names with a number refer to the edge cases
 * of section 5.
 */
class MsgpackPacketDecodingTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final MsgpackPacketParser parser = new MsgpackPacketParser(MAPPER);

	@ParameterizedTest
	@ValueSource(strings = { "{'type':0,'nsp':'/'}", "{'type':0,'nsp':'/a','data':{'token':'t'}}",
			"{'type':0,'nsp':'/a?x=1','id':12,'data':{}}", "{'type':1,'nsp':'/ä€😀'}",
			"{'type':2,'nsp':'/','data':['x',null,true,{'a':[1.5]}]}", "{'type':2,'nsp':'/','data':[-1.5]}",
			"{'type':2,'nsp':'/','data':['error']}", "{'type':2,'nsp':'/','data':['']}",
			"{'type':2,'nsp':'/','id':9007199254740992,'data':['x']}", "{'type':3,'nsp':'/','data':['connect']}",
			"{'type':3,'nsp':'/','id':0,'data':[]}", "{'type':4,'nsp':'/','data':'x'}",
			"{'type':4,'nsp':'/','data':{'message':'m'}}" })
	void acceptedAsTheyAre(String json) throws Exception {
		assertThat(decode(message(json))).isEqualTo(MsgpackVectors.packet(json(json)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'nsp':'/','data':['x'],'type':2}", "{'type':2.0,'nsp':'/','data':['x']}",
			"{'type':2,'nsp':'/','data':['x'],'options':{'compress':true},'attachments':5,'x':[{}]}",
			"{'type':2,'nsp':'/','data':['x'],'nested':{'type':9,'nsp':7,'id':null}}" })
	void acceptedAsAnEvent(String json) throws Exception {
		assertThat(decode(message(json))).isEqualTo(Packet.event("/", json("['x']")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'nsp':'/','data':['x']}", "{'type':5,'nsp':'/','data':['x']}",
			"{'type':6,'nsp':'/','data':[],'attachments':1}", "{'type':7,'nsp':'/','data':['x']}",
			"{'type':-1,'nsp':'/'}", "{'type':'2','nsp':'/','data':['x']}", "{'type':null,'nsp':'/'}",
			"{'type':true,'nsp':'/'}", "{'type':1.5,'nsp':'/','data':['x']}", "{'type':[2],'nsp':'/','data':['x']}",
			"{'type':4294967298,'nsp':'/','data':['x']}", "{'type':18446744073709551618,'nsp':'/','data':['x']}", "{}",
			"[]", "[2,'/']", "null", "2", "'x'", "true" })
	void edge137UnknownPacketType(String json) throws Exception {
		assertRefused(message(json), "invalid packet type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'type':2,'data':['x']}", "{'type':2,'nsp':'','data':['x']}", "{'type':0,'nsp':'admin'}",
			"{'type':0,'nsp':'/a,b'}", "{'type':0,'nsp':null}", "{'type':0,'nsp':1}", "{'type':0,'nsp':['/']}" })
	void invalidNamespace(String json) throws Exception {
		assertRefused(message(json), "invalid namespace");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'type':2,'nsp':'/'}", "{'type':2,'nsp':'/','data':[]}", "{'type':2,'nsp':'/','data':{}}",
			"{'type':2,'nsp':'/','data':null}", "{'type':2,'nsp':'/','data':'x'}", "{'type':2,'nsp':'/','data':[null]}",
			"{'type':2,'nsp':'/','data':[true]}", "{'type':2,'nsp':'/','data':[['a']]}",
			"{'type':2,'nsp':'/','data':[{}]}", "{'type':2,'nsp':'/','data':['connect']}",
			"{'type':2,'nsp':'/','data':['connect_error']}", "{'type':2,'nsp':'/','data':['disconnect']}",
			"{'type':2,'nsp':'/','data':['disconnecting']}", "{'type':2,'nsp':'/','data':['newListener']}",
			"{'type':2,'nsp':'/','data':['removeListener']}", "{'type':3,'nsp':'/','id':0}",
			"{'type':3,'nsp':'/','id':0,'data':{}}", "{'type':3,'nsp':'/','id':0,'data':null}",
			"{'type':1,'nsp':'/','data':{}}", "{'type':1,'nsp':'/','data':[]}", "{'type':1,'nsp':'/','data':null}",
			"{'type':0,'nsp':'/','data':[]}", "{'type':0,'nsp':'/','data':'x'}", "{'type':0,'nsp':'/','data':null}",
			"{'type':0,'nsp':'/','data':1}", "{'type':4,'nsp':'/'}", "{'type':4,'nsp':'/','data':[]}",
			"{'type':4,'nsp':'/','data':null}" })
	void edge137InvalidPayload(String json) throws Exception {
		assertRefused(message(json), "invalid payload");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "null", "-1", "1.5", "'1'", "true", "[]", "9007199254740993", "18446744073709551615", "1e300" })
	void invalidId(String id) throws Exception {
		assertRefused(message("{'type':2,'nsp':'/','id':" + id + ",'data':['x']}"), "invalid packet id");
	}

	@ParameterizedTest
	@CsvSource({ "00, a464617461d40000a26964d40000, CONNECT", "01, a464617461d40000a178c0, DISCONNECT" })
	void undefinedIsAbsent(String type, String members, PacketType expected) throws PacketFormatException {
		byte[] message = MsgpackVectors.bytes("84a474797065" + type + "a36e7370a12f" + members);
		assertThat(decode(message)).isEqualTo(new Packet(expected, "/", Packet.NO_ID, null));
	}

	@Test
	void undefinedIsNullAmongElementsAndLeftOutAmongMembers() throws PacketFormatException {
		assertThat(argument("93d4000001d40000")).isEqualTo(json("[null,1,null]"));
		assertThat(argument("82a161d40000a16201")).isEqualTo(json("{'b':1}"));
		assertThat(argument("82a16101a161d40000")).as("also where it overrides a value").isEqualTo(json("{}"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			81c00a|{"null":10}
			81c30a|{"true":10}
			81050a|{"5":10}
			81d0800a|{"-128":10}
			81cfffffffffffffffff0a|{"18446744073709551615":10}
			82a16101a16102|{"a":2}
			""")
	void namesAreStringsAsInJavaScript(String hex, String json) throws PacketFormatException {
		assertThat(argument(hex)).isEqualTo(MAPPER.readTree(json));
	}

	@ParameterizedTest
	@ValueSource(strings = { "81cb3ff80000000000000a", "81900a", "81800a", "81c4000a", "81d400000a", "81ca3fc000000a" })
	void namesThatAreNoScalarsAreRefused(String hex) {
		assertRefused(MsgpackVectors.event(hex), "Could not parse");
	}

	@Test
	void numbersHaveTheTypesOfJson() throws PacketFormatException {
		assertThat(argument("05").isInt()).isTrue();
		assertThat(argument("cf0000000000000005").isInt()).isTrue();
		assertThat(argument("d3ffffffff00000000").isLong()).isTrue();
		assertThat(argument("cf7fffffffffffffff").longValue()).isEqualTo(Long.MAX_VALUE);
		assertThat(argument("cf8000000000000000").bigIntegerValue()).isEqualTo(BigInteger.ONE.shiftLeft(63));
		assertThat(argument("d38000000000000000").longValue()).isEqualTo(Long.MIN_VALUE);
		assertThat(argument("cb4014000000000000").isDouble()).isTrue();
		assertThat(MAPPER.treeToValue(argument("cb4014000000000000"), int.class)).isEqualTo(5);
	}

	@Test
	void datesAreTextAsInJson() throws PacketFormatException {
		assertThat(argument("d7000000018bcfe5687b").stringValue()).isEqualTo("2023-11-14T22:13:20.123Z");
		assertThat(argument("d700001eb208c2dc0000").stringValue()).isEqualTo("+275760-09-13T00:00:00.000Z");
		assertThat(argument("d700ffe14df73d240000").stringValue()).isEqualTo("-271821-04-20T00:00:00.000Z");
		assertThat(argument("d700001eb208c2dc0001").isNull()).as("no date any more").isTrue();
		assertThat(argument("d7008000000000000000").isNull()).isTrue();
		assertThat(argument("c70cff3b9ac9ff0000000000000001").stringValue()).as("timestamp, truncated")
			.isEqualTo("1970-01-01T00:00:01.999Z");
		assertThat(argument("c70cff000000007fffffffffffffff").isNull()).isTrue();
		assertThat(argument("c70cff000000008000000000000000").isNull()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "d40501, 5, 01", "d5000102, 0, 0102", "d60001020304, 0, 01020304", "c70105ff, 5, ff",
			"c70080, -128, ''", "d5ff0102, -1, 0102", "c702ff0102, -1, 0102" })
	void otherExtensionsAreTypeAndBinary(String hex, int type, String payload) throws PacketFormatException {
		ArrayNode array = (ArrayNode) argument(hex);
		assertThat(array.get(0).intValue()).isEqualTo(type);
		assertThat(array.get(1).binaryValue()).isEqualTo(MsgpackVectors.bytes(payload));
		assertThat(array.size()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a3eda080", "a180", "a2c328", "a1ff", "a4f8888080" })
	void malformedUtf8IsReplaced(String hex) throws PacketFormatException {
		assertThat(argument(hex).stringValue()).contains("\ufffd");
	}

	@Test
	void binaryIsACopy() throws PacketFormatException {
		byte[] message = MsgpackVectors.event("91c4020102");
		byte[] original = message.clone();
		JsonNode value = ((ArrayNode) decode(message).data()).get(1);
		assertThat(message).isEqualTo(original);
		message[message.length - 7] = 9;
		assertThat(value.get(0).binaryValue()).containsExactly(1, 2);
	}

	@Test
	void trailingBytesAreRefused() {
		byte[] event = MsgpackVectors.event("c0");
		assertRefused(MsgpackVectors.bytes(MsgpackVectors.hex(event) + "c0"), "1 trailing bytes");
		assertRefused(MsgpackVectors.bytes(MsgpackVectors.hex(event) + MsgpackVectors.hex(event)),
				event.length + " trailing bytes");
	}

	@Test
	void everyCutIsRefused() {
		byte[] event = MsgpackVectors.event("94cb3ff8000000000000c403010203d7000000018bcfe5687b81a16bd903616263");
		for (int length = 0; length < event.length; length++) {
			byte[] cut = new byte[length];
			System.arraycopy(event, 0, cut, 0, length);
			assertRefused(cut, "Could not parse");
		}
	}

	// Headers that promise more than there is, by themselves and nested, where each
	// could make room for all that the outer ones have promised
	@ParameterizedTest
	@ValueSource(strings = { "dd7fffffff", "ddffffffff", "dcffff", "df7fffffff", "dfffffffff", "deffff", "db7fffffff",
			"dbffffffff", "daffff", "d9ff", "c67fffffff", "c6ffffffff", "c5ffff", "c4ff", "c97fffffff00",
			"c9ffffffff00", "c97fffffff05", "c8ffff05", "c7ffff", "d8", "cf", "c1", "dd000fffffdd000fffff",
			"df000fffffa161df000fffff" })
	void claimedLengthsAreNotBelieved(String hex) {
		assertRefused(MsgpackVectors.event(hex), "Could not parse");
	}

	@Test
	void claimsAreNotAllocated() {
		// Half of the bytes are headers that claim as many elements as bytes follow
		byte[] message = new byte[1_000_000];
		int depth = 400;
		for (int i = 0; i < depth; i++) {
			message[5 * i] = (byte) 0xdd;
			int claim = message.length - 5 * (i + 1);
			message[5 * i + 1] = (byte) (claim >> 24);
			message[5 * i + 2] = (byte) (claim >> 16);
			message[5 * i + 3] = (byte) (claim >> 8);
			message[5 * i + 4] = (byte) claim;
		}
		message[message.length - 1] = (byte) 0xc1;
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		assertRefused(message, "Could not parse");
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(40_000_000);
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 5_000, 100_000 })
	void deepNestingIsRefused(int depth) throws Exception {
		assertRefused(nested(depth, true), "too deeply nested");
		assertRefused(nested(depth, false), "too deeply nested");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void deepestNestingIsThatOfJson(boolean arrays) throws Exception {
		byte[] message = nested(499, arrays);
		assertThat(this.parser.encode(decode(message)).size()).as("both ways").isPositive();
		String json = arrays ? "[".repeat(499) + "]".repeat(499) : "{\"a\":".repeat(498) + "[]" + "}".repeat(498);
		JsonPacketParser other = new JsonPacketParser(MAPPER);
		Packet same = other.newDecoder(PacketLimits.defaults())
			.text(("2[\"x\"," + json + "]").getBytes(StandardCharsets.UTF_8));
		assertThat(decode(message)).isEqualTo(same);
	}

	@Test
	void deepNestingIsNoDangerWhereTheMapperAllowsIt() throws Exception {
		JsonMapper mapper = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
				.build())
			.build();
		PacketDecoder lenient = new MsgpackPacketParser(mapper).newDecoder(PacketLimits.defaults());
		byte[] message = nested(200_000, true);
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> lenient.binary(message))
			.withMessage("too deeply nested");
	}

	@Test
	void limitOfTheNamespaceIsThatGiven() throws Exception {
		PacketLimits limits = new PacketLimits(0, 5);
		assertThat(this.parser.newDecoder(limits).binary(message("{'type':0,'nsp':'/abcd'}")))
			.isEqualTo(Packet.connect("/abcd", null));
		for (String name : new String[] { "/abcde", "/ab€" }) {
			byte[] message = message("{'type':0,'nsp':'" + name + "'}");
			assertThatExceptionOfType(PacketFormatException.class)
				.isThrownBy(() -> this.parser.newDecoder(limits).binary(message))
				.withMessage("invalid namespace");
		}
	}

	@Test
	void textIsRefused() {
		PacketDecoder decoder = this.parser.newDecoder(PacketLimits.defaults());
		assertThatExceptionOfType(PacketFormatException.class)
			.isThrownBy(() -> decoder.text("0".getBytes(StandardCharsets.UTF_8)))
			.withMessage("got plaintext data instead of msgpack")
			.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
	}

	@Test
	void nothingIsAcceptedAfterAFailure() throws Exception {
		byte[] good = MsgpackVectors.event("c0");
		PacketDecoder decoder = this.parser.newDecoder(PacketLimits.defaults());
		assertThat(decoder.binary(good)).isNotNull();
		byte[] bad = message("{'type':2,'nsp':'/','data':[]}");
		for (byte[] message : new byte[][] { bad, good }) {
			assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> decoder.binary(message))
				.withMessage("invalid payload");
		}
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> decoder.text(new byte[1]))
			.withMessage("invalid payload");
		assertThat(decoder.reconstructing()).isFalse();
	}

	// An event with an argument of that many arrays or objects
	private static byte[] nested(int depth, boolean arrays) throws IOException {
		return pack((packer) -> {
			packer.packMapHeader(3).packString("type").packInt(2).packString("nsp").packString("/");
			packer.packString("data").packArrayHeader(2).packString("x");
			for (int i = 1; i < depth; i++) {
				if (arrays) {
					packer.packArrayHeader(1);
				}
				else {
					packer.packMapHeader(1).packString("a");
				}
			}
			packer.packArrayHeader(0);
		});
	}

	// By the library, so that the parser's own encoder takes no part in these tests
	private static byte[] message(String json) throws IOException {
		return pack((packer) -> packNode(packer, json(json)));
	}

	private static void packNode(MessagePacker packer, JsonNode node) throws IOException {
		switch (node.getNodeType()) {
			case ARRAY -> {
				packer.packArrayHeader(node.size());
				for (JsonNode element : node) {
					packNode(packer, element);
				}
			}
			case OBJECT -> {
				packer.packMapHeader(node.size());
				for (Map.Entry<String, JsonNode> member : node.properties()) {
					packer.packString(member.getKey());
					packNode(packer, member.getValue());
				}
			}
			case STRING -> packer.packString(node.stringValue());
			case BOOLEAN -> packer.packBoolean(node.booleanValue());
			case NULL -> packer.packNil();
			default -> packNumber(packer, node);
		}
	}

	private static void packNumber(MessagePacker packer, JsonNode node) throws IOException {
		if (!node.isIntegralNumber()) {
			packer.packDouble(node.doubleValue());
		}
		else if (node.bigIntegerValue().bitLength() <= Long.SIZE) {
			packer.packBigInteger(node.bigIntegerValue());
		}
		else {
			packer.packDouble(node.bigIntegerValue().doubleValue());
		}
	}

	private static byte[] pack(Packing packing) throws IOException {
		try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
			packing.pack(packer);
			return packer.toByteArray();
		}
	}

	private JsonNode argument(String hex) throws PacketFormatException {
		return ((ArrayNode) decode(MsgpackVectors.event(hex)).data()).get(1);
	}

	private Packet decode(byte[] message) throws PacketFormatException {
		Packet packet = this.parser.newDecoder(PacketLimits.defaults()).binary(message);
		assertThat(packet).isNotNull();
		return packet;
	}

	private void assertRefused(byte[] message, String reason) {
		assertThatExceptionOfType(PacketFormatException.class).as(() -> MsgpackVectors.hex(message))
			.isThrownBy(() -> decode(message))
			.withMessage(reason);
	}

	private static JsonNode json(String json) {
		return MAPPER.readTree(json.replace('\'', '"'));
	}

	private interface Packing {

		void pack(MessagePacker packer) throws IOException;

	}

}
