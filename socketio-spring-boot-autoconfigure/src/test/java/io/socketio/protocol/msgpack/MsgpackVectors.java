package io.socketio.protocol.msgpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketType;

/**
 * Bytes that JavaScript has made, with what they stand for: JSON, in which
 * <code>{"$bin":hex}</code> is binary and <code>{"$number":text}</code> what JSON does
 * not have.
 */
final class MsgpackVectors {

	/** What stands before the second element of an event's data. */
	private static final String HEAD = "83a47479706502a46461746192a176";

	/** What stands behind the data. */
	private static final String TAIL = "a36e7370a12f";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private MsgpackVectors() {
	}

	/**
	 * Read the lines of a file.
	 * @param file name of the file, without its extension
	 * @return description, bytes and object of each line
	 */
	static Stream<Arguments> read(String file) {
		try (InputStream stream = MsgpackVectors.class.getResourceAsStream(file + ".jsonl")) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map(MAPPER::readTree)
				.map((line) -> Arguments.of(line.path("description").asString(), line.path("hex").asString(), line));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return an event in MessagePack.
	 * @param hex its argument
	 * @return the bytes of the message
	 */
	static byte[] event(String hex) {
		return bytes(HEAD + hex + TAIL);
	}

	static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	/**
	 * Return the argument of an event in MessagePack.
	 * @param message the message
	 * @return its argument in hexadecimal digits
	 */
	static String argument(byte[] message) {
		String hex = hex(message);
		if (!hex.startsWith(HEAD) || !hex.endsWith(TAIL)) {
			throw new AssertionError("No event with one argument: " + hex);
		}
		return hex.substring(HEAD.length(), hex.length() - TAIL.length());
	}

	static Packet packet(JsonNode fields) {
		return new Packet(PacketType.values()[fields.path("type").asInt()], fields.path("nsp").asString(),
				fields.path("id").asLong(Packet.NO_ID), value(fields.get("data")));
	}

	/**
	 * Return the tree that JSON with marks stands for.
	 * @param node the JSON, which is modified
	 * @return the tree
	 */
	static @Nullable JsonNode value(@Nullable JsonNode node) {
		if (node instanceof ObjectNode object) {
			if (object.has("$bin")) {
				return MAPPER.getNodeFactory().binaryNode(bytes(object.get("$bin").asString()));
			}
			if (object.has("$number")) {
				return MAPPER.getNodeFactory().numberNode(Double.parseDouble(object.get("$number").asString()));
			}
			for (Map.Entry<String, JsonNode> member : object.properties()) {
				member.setValue(value(member.getValue()));
			}
		}
		else if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				array.set(i, value(array.get(i)));
			}
		}
		return node;
	}

}
