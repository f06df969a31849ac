package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the reassembly of packets with attachments (section 2.3 of the protocol
 * notes). Names with a number refer to the edge cases of section 5.10.
 */
class JsonPacketBinaryTests {

	private static final byte[] ONE = { 1, 2, 3 };

	private static final byte[] TWO = { 4, 5 };

	private final JsonPacketParser parser = new JsonPacketParser(JsonMapper.builder().build());

	private final PacketDecoder decoder = this.parser.newDecoder(PacketLimits.defaults());

	@Test
	void edge146EventWithTwoAttachments() throws PacketFormatException {
		assertThat(text("52-[\"message\"," + placeholder(0) + "," + placeholder(1) + "]")).isNull();
		assertThat(this.decoder.reconstructing()).isTrue();
		assertThat(this.decoder.binary(ONE)).isNull();
		assertThat(this.decoder.reconstructing()).isTrue();
		Packet packet = this.decoder.binary(TWO);
		assertThat(this.decoder.reconstructing()).isFalse();
		assertThat(packet).isNotNull();
		assertThat(packet.type()).isEqualTo(PacketType.EVENT);
		assertThat(packet.id()).isEqualTo(Packet.NO_ID);
		assertThat(packet.namespace()).isEqualTo("/");
		assertThat((JsonNode) packet.data()).containsExactly(name("message"), BinaryNode.valueOf(ONE),
				BinaryNode.valueOf(TWO));
		assertThat(this.parser.encode(packet).frames()).containsExactly(
				EnginePacket.message("52-[\"message\"," + placeholder(0) + "," + placeholder(1) + "]"),
				EnginePacket.binary(ONE), EnginePacket.binary(TWO));
	}

	@Test
	void edge147EventWithId() throws PacketFormatException {
		Packet packet = decode("51-/a,789[\"m\"," + placeholder(0) + "]", ONE);
		assertThat(packet.id()).isEqualTo(789);
		assertThat(packet.namespace()).isEqualTo("/a");
		assertThat(packet.type()).isEqualTo(PacketType.EVENT);
	}

	@Test
	void ackWithAttachment() throws PacketFormatException {
		Packet packet = decode("61-789[" + placeholder(0) + "]", ONE);
		assertThat(packet.type()).isEqualTo(PacketType.ACK);
		assertThat(packet.id()).isEqualTo(789);
		assertThat((JsonNode) packet.data()).containsExactly(BinaryNode.valueOf(ONE));
	}

	@Test
	void edge148PlaceholdersSwappedRepeatedOrUnused() throws PacketFormatException {
		BinaryNode one = BinaryNode.valueOf(ONE);
		BinaryNode two = BinaryNode.valueOf(TWO);
		assertThat(data("52-[\"m\"," + placeholder(1) + "," + placeholder(0) + "]", ONE, TWO))
			.containsExactly(name("m"), two, one);
		assertThat(data("51-[\"m\"," + placeholder(0) + "," + placeholder(0) + "]", ONE)).containsExactly(name("m"),
				one, one);
		assertThat(data("52-[\"m\"," + placeholder(1) + "]", ONE, TWO)).containsExactly(name("m"), two);
		assertThat(data("52-[\"m\"]", ONE, TWO)).containsExactly(name("m"));
	}

	@Test
	void absentPayload() throws PacketFormatException {
		assertThat(decode("51-", ONE)).isEqualTo(new Packet(PacketType.EVENT, "/", Packet.NO_ID, null));
	}

	@Test
	void edge155PlaceholdersAtAnyDepth() throws PacketFormatException {
		JsonNode data = data("52-[\"m\",{\"a\":[null,{\"b\":" + placeholder(1) + "}],\"c\":" + placeholder(0) + "},[["
				+ placeholder(0) + "]],null,1]", ONE, TWO);
		assertThat(data.at("/1/a/1/b")).isEqualTo(BinaryNode.valueOf(TWO));
		assertThat(data.at("/1/c")).isEqualTo(BinaryNode.valueOf(ONE));
		assertThat(data.at("/2/0/0")).isEqualTo(BinaryNode.valueOf(ONE));
		assertThat(data).hasSize(5);
	}

	@Test
	void furtherMembersOfAPlaceholderAreIgnored() throws PacketFormatException {
		assertThat(data("51-[\"m\",{\"num\":0,\"x\":{},\"_placeholder\":true}]", ONE)).containsExactly(name("m"),
				BinaryNode.valueOf(ONE));
	}

	@Test
	void integersMayBeWrittenAsFractions() throws PacketFormatException {
		assertThat(data("52-[\"m\",{\"_placeholder\":true,\"num\":1.0},{\"_placeholder\":true,\"num\":1e0}]", ONE, TWO))
			.containsExactly(name("m"), BinaryNode.valueOf(TWO), BinaryNode.valueOf(TWO));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"_placeholder\":false,\"num\":7}", "{\"_placeholder\":1,\"num\":7}",
			"{\"_placeholder\":\"true\",\"num\":7}", "{\"_placeholder\":null}", "{\"placeholder\":true,\"num\":7}",
			"[\"_placeholder\",true]" })
	void whatOnlyLooksLikeAPlaceholderStays(String json) throws PacketFormatException {
		assertThat(data("51-[\"m\"," + json + "]", ONE).get(1)).isEqualTo(JsonMapper.shared().readTree(json));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "10", "-1", "0.5", "\"0\"", "null", "true", "[0]", "{}", "1e400", "-1e400",
			"4294967296", "99999999999999999999999999999999" })
	void edge149IllegalPlaceholders(String number) throws PacketFormatException {
		assertIllegal("51-[\"m\",[{\"_placeholder\":true,\"num\":" + number + "}]]");
	}

	@Test
	void placeholderWithoutNumber() throws PacketFormatException {
		assertIllegal("51-[\"m\",{\"a\":{\"_placeholder\":true}}]");
	}

	private void assertIllegal(String text) throws PacketFormatException {
		assertThat(text(text)).isNull();
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> this.decoder.binary(ONE))
			.withMessage("illegal attachments");
		assertThat(this.decoder.reconstructing()).isFalse();
	}

	@Test
	void edge150TextWhileAttachmentsAreMissing() throws PacketFormatException {
		text("51-[\"m\"," + placeholder(0) + "]");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> text("2[\"m\"]"))
			.withMessage("got plaintext data when reconstructing a packet");
		assertThat(this.decoder.reconstructing()).isFalse();
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> this.decoder.binary(ONE));
	}

	@Test
	void edge151BinaryWithoutHeader() {
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> this.decoder.binary(ONE))
			.withMessage("got binary data when not reconstructing a packet");
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> text("2[\"m\"]"));
	}

	@Test
	void binaryBehindACompletePacket() throws PacketFormatException {
		decode("51-[\"m\"," + placeholder(0) + "]", ONE);
		assertThatExceptionOfType(PacketFormatException.class).isThrownBy(() -> this.decoder.binary(ONE))
			.withMessage("got binary data when not reconstructing a packet");
	}

	@Test
	void edge152TenAttachments() throws PacketFormatException {
		assertThat(text("510-[\"m\"," + placeholder(9) + "]")).isNull();
		for (byte i = 0; i < 9; i++) {
			assertThat(this.decoder.binary(new byte[] { i })).isNull();
		}
		Packet packet = this.decoder.binary(new byte[] { 9 });
		assertThat(packet).isNotNull();
		assertThat((JsonNode) packet.data()).containsExactly(name("m"), BinaryNode.valueOf(new byte[] { 9 }));
	}

	@Test
	void packetsWithAndWithoutAttachmentsInTurn() throws PacketFormatException {
		for (int i = 0; i < 3; i++) {
			assertThat(data("52-[\"m\"," + placeholder(1) + "]", ONE, TWO)).containsExactly(name("m"),
					BinaryNode.valueOf(TWO));
			assertThat(data("2[\"n\"]")).containsExactly(name("n"));
			assertThat(data("51-[\"m\"," + placeholder(0) + "]", ONE)).containsExactly(name("m"),
					BinaryNode.valueOf(ONE));
		}
	}

	@Test
	void attachmentsAreNotCopied() throws PacketFormatException {
		BinaryNode node = (BinaryNode) data("51-[\"m\"," + placeholder(0) + "]", ONE).get(1);
		assertThat(node.binaryValue()).isSameAs(ONE);
	}

	private JsonNode data(String text, byte[]... attachments) throws PacketFormatException {
		Packet packet = decode(text, attachments);
		assertThat(packet.data()).isInstanceOf(JsonNode.class);
		return (JsonNode) packet.data();
	}

	private Packet decode(String text, byte[]... attachments) throws PacketFormatException {
		Packet packet = text(text);
		for (byte[] attachment : List.of(attachments)) {
			assertThat(packet).isNull();
			packet = this.decoder.binary(attachment);
		}
		assertThat(packet).isNotNull();
		return packet;
	}

	private @Nullable Packet text(String text) throws PacketFormatException {
		return this.decoder.text(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String placeholder(int number) {
		return "{\"_placeholder\":true,\"num\":" + number + "}";
	}

	private static JsonNode name(String name) {
		return JsonNodeFactory.instance.stringNode(name);
	}

}
