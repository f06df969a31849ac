package io.socketio.protocol;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.BinaryNode;

/**
 * Decoder of {@link JsonPacketParser}.
 */
final class JsonPacketDecoder implements PacketDecoder {

	private final ObjectReader reader;

	private final PacketLimits limits;

	private final List<BinaryNode> attachments = new ArrayList<>(0);

	/** The packet that waits for attachments. */
	private @Nullable Packet incomplete;

	private int expected;

	private @Nullable PacketFormatException failure;

	JsonPacketDecoder(ObjectReader reader, PacketLimits limits) {
		this.reader = reader;
		this.limits = limits;
	}

	@Override
	public boolean reconstructing() {
		return this.incomplete != null;
	}

	@Override
	public @Nullable Packet text(byte[] message) throws PacketFormatException {
		checkUsable();
		try {
			if (this.incomplete != null) {
				throw new PacketFormatException("got plaintext data when reconstructing a packet");
			}
			return decode(message);
		}
		catch (PacketFormatException ex) {
			throw fail(ex);
		}
	}

	@Override
	public @Nullable Packet binary(byte[] message) throws PacketFormatException {
		checkUsable();
		try {
			if (this.incomplete == null) {
				throw new PacketFormatException("got binary data when not reconstructing a packet");
			}
			return attach(this.incomplete, message);
		}
		catch (PacketFormatException ex) {
			throw fail(ex);
		}
	}

	private void checkUsable() throws PacketFormatException {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private PacketFormatException fail(PacketFormatException failure) {
		this.failure = failure;
		this.incomplete = null;
		this.attachments.clear();
		return failure;
	}

	private @Nullable Packet decode(byte[] message) throws PacketFormatException {
		JsonPacketHeader header = new JsonPacketHeader(message, this.limits);
		if (!Utf8.isValid(message)) {
			throw invalidPayload();
		}
		PacketType type = switch (header.type()) {
			case BINARY_EVENT -> PacketType.EVENT;
			case BINARY_ACK -> PacketType.ACK;
			default -> header.type();
		};
		JsonNode data = (header.length() < message.length) ? readData(type, message, header.length()) : null;
		Packet packet = new Packet(type, header.namespace(), header.id(), data);
		if (header.attachments() == 0) {
			return packet;
		}
		this.incomplete = packet;
		this.expected = header.attachments();
		return null;
	}

	private @Nullable Packet attach(Packet packet, byte[] message) throws PacketFormatException {
		this.attachments.add(BinaryNode.valueOf(message));
		if (this.attachments.size() < this.expected) {
			return null;
		}
		if (packet.data() instanceof JsonNode data) {
			Placeholders.replace(data, this.attachments);
		}
		this.incomplete = null;
		this.attachments.clear();
		return packet;
	}

	private JsonNode readData(PacketType type, byte[] message, int offset) throws PacketFormatException {
		int start = offset;
		while (start < message.length && isWhitespace(message[start])) {
			start++;
		}
		// Jackson would take a NUL here for a sign of UTF-16 or UTF-32, and a first byte
		// of that kind for a byte order mark
		if (start == message.length || !startsRight(type, message[start])
				|| (start + 1 < message.length && message[start + 1] == 0)) {
			throw invalidPayload();
		}
		JsonNode data;
		try {
			data = this.reader.readTree(message, start, message.length - start);
		}
		catch (RuntimeException ex) {
			// Mostly a JacksonException; but no input whatsoever may end otherwise than
			// as a malformed packet
			throw invalidPayload();
		}
		if (type == PacketType.EVENT && !isEventName(data.path(0))) {
			throw invalidPayload();
		}
		return data;
	}

	private static boolean startsRight(PacketType type, byte first) {
		return switch (type) {
			case EVENT, ACK, BINARY_EVENT, BINARY_ACK -> first == '[';
			case CONNECT -> first == '{';
			case CONNECT_ERROR -> first == '{' || first == '"';
			case DISCONNECT -> false;
		};
	}

	private static boolean isEventName(JsonNode name) {
		return name.isNumber() || (name.isString() && !ReservedEvents.contains(name.stringValue()));
	}

	private static boolean isWhitespace(byte b) {
		return b == ' ' || b == '\t' || b == '\n' || b == '\r';
	}

	private static PacketFormatException invalidPayload() {
		return new PacketFormatException("invalid payload");
	}

}
