package io.socketio.protocol.msgpack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePack.Code;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.PacketFormatException;

/**
 * Reads the values of one message as trees: the same ones that JSON would have brought,
 * and binary. Nothing is allocated because a header claims it: a tree grows with the
 * bytes that are there.
 * <p>
 * Besides what it declares, the methods throw the library's runtime exceptions for
 * malformed input.
 */
final class MsgpackTreeReader {

	private final byte[] message;

	private final JsonNodeFactory nodes;

	private final int maxDepth;

	private final MessageUnpacker unpacker;

	/**
	 * Create a reader.
	 * @param message the message
	 * @param nodes makes the nodes
	 * @param maxDepth how many arrays and objects may be nested in the outermost one
	 */
	MsgpackTreeReader(byte[] message, JsonNodeFactory nodes, int maxDepth) {
		this.message = message;
		this.nodes = nodes;
		this.maxDepth = maxDepth;
		this.unpacker = MessagePack.newDefaultUnpacker(message);
	}

	/**
	 * Return how many bytes have not been read.
	 * @return the number of bytes behind the last value
	 */
	int remaining() {
		return this.message.length - position();
	}

	private int position() {
		return (int) this.unpacker.getTotalReadBytes();
	}

	/**
	 * Read a value.
	 * @return the value, or {@code null} for JavaScript's {@code undefined}; of an
	 * object's members, those that are undefined are left out
	 * @throws PacketFormatException if it is malformed or nested too deeply
	 * @throws IOException never
	 */
	@Nullable JsonNode read() throws IOException, PacketFormatException {
		return read(0);
	}

	private @Nullable JsonNode read(int depth) throws IOException, PacketFormatException {
		MessageFormat format = this.unpacker.getNextFormat();
		return switch (format.getValueType()) {
			case MAP -> readObject(depth);
			case ARRAY -> readArray(depth);
			case EXTENSION -> readExtension();
			default -> readScalar(format);
		};
	}

	private ObjectNode readObject(int depth) throws IOException, PacketFormatException {
		checkDepth(depth);
		int size = this.unpacker.unpackMapHeader();
		if (size > remaining() / 2) {
			throw malformed();
		}
		ObjectNode object = this.nodes.objectNode();
		for (int i = 0; i < size; i++) {
			String name = readName();
			JsonNode value = read(depth + 1);
			if (value != null) {
				object.set(name, value);
			}
			else {
				object.remove(name);
			}
		}
		return object;
	}

	// As in JavaScript, names that are no strings become strings
	private String readName() throws IOException, PacketFormatException {
		MessageFormat format = this.unpacker.getNextFormat();
		return switch (format.getValueType()) {
			case STRING -> readString();
			case INTEGER, BOOLEAN, NIL -> readScalar(format).toString();
			default -> throw malformed();
		};
	}

	private ArrayNode readArray(int depth) throws IOException, PacketFormatException {
		checkDepth(depth);
		int size = this.unpacker.unpackArrayHeader();
		if (size > remaining()) {
			throw malformed();
		}
		ArrayNode array = this.nodes.arrayNode();
		for (int i = 0; i < size; i++) {
			JsonNode value = read(depth + 1);
			array.add((value != null) ? value : this.nodes.nullNode());
		}
		return array;
	}

	private void checkDepth(int depth) throws PacketFormatException {
		if (depth > this.maxDepth) {
			throw new PacketFormatException("too deeply nested");
		}
	}

	private JsonNode readScalar(MessageFormat format) throws IOException, PacketFormatException {
		return switch (format) {
			case NIL -> {
				this.unpacker.unpackNil();
				yield this.nodes.nullNode();
			}
			case BOOLEAN -> this.nodes.booleanNode(this.unpacker.unpackBoolean());
			case FLOAT32, FLOAT64 -> this.nodes.numberNode(this.unpacker.unpackDouble());
			case UINT64 -> unsigned(this.unpacker.unpackBigInteger());
			case FIXSTR, STR8, STR16, STR32 -> this.nodes.stringNode(readString());
			case BIN8, BIN16, BIN32 -> this.nodes.binaryNode(readBytes(this.unpacker.unpackBinaryHeader()));
			case POSFIXINT, NEGFIXINT, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 ->
				integer(this.unpacker.unpackLong());
			default -> throw malformed();
		};
	}

	// In the type that a JSON parser gives it
	private JsonNode integer(long value) {
		return (value == (int) value) ? this.nodes.numberNode((int) value) : this.nodes.numberNode(value);
	}

	private JsonNode unsigned(BigInteger value) {
		return (value.bitLength() < Long.SIZE) ? integer(value.longValue()) : this.nodes.numberNode(value);
	}

	private @Nullable JsonNode readExtension() throws IOException, PacketFormatException {
		boolean fixed = switch (this.message[position()]) {
			case Code.EXT8, Code.EXT16, Code.EXT32 -> false;
			default -> true;
		};
		ExtensionTypeHeader header = this.unpacker.unpackExtensionTypeHeader();
		int length = header.getLength();
		if (header.getType() == MsgpackExtensions.JAVASCRIPT && (!fixed || length == 1 || length == 8)) {
			byte[] payload = readBytes(length);
			return !fixed ? this.nodes.binaryNode(payload)
					: (length == 8) ? date(Instant.ofEpochMilli(new BigInteger(payload).longValue())) : null;
		}
		if (header.isTimestampType() && (length == 4 || length == 8 || length == 12)) {
			return readTimestamp(header);
		}
		return this.nodes.arrayNode().add((int) header.getType()).add(this.nodes.binaryNode(readBytes(length)));
	}

	private JsonNode readTimestamp(ExtensionTypeHeader header) throws IOException {
		try {
			return date(this.unpacker.unpackTimestamp(header));
		}
		catch (DateTimeException | ArithmeticException ex) {
			return this.nodes.nullNode();
		}
	}

	private JsonNode date(Instant instant) {
		String text = MsgpackExtensions.dateText(instant);
		return (text != null) ? this.nodes.stringNode(text) : this.nodes.nullNode();
	}

	// Malformed UTF-8 is replaced, as JavaScript does it
	private String readString() throws IOException, PacketFormatException {
		int length = this.unpacker.unpackRawStringHeader();
		int start = skip(length);
		return new String(this.message, start, length, StandardCharsets.UTF_8);
	}

	private byte[] readBytes(int length) throws IOException, PacketFormatException {
		byte[] bytes = new byte[checkLength(length)];
		this.unpacker.readPayload(bytes);
		return bytes;
	}

	private int skip(int length) throws IOException, PacketFormatException {
		int start = position();
		this.unpacker.readPayloadAsReference(checkLength(length));
		return start;
	}

	private int checkLength(int length) throws PacketFormatException {
		if (length > remaining()) {
			throw malformed();
		}
		return length;
	}

	private static PacketFormatException malformed() {
		return new PacketFormatException("Could not parse");
	}

}
