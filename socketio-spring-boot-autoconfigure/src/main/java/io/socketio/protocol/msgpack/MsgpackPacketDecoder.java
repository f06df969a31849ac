package io.socketio.protocol.msgpack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketDecoder;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;
import io.socketio.protocol.PacketType;
import io.socketio.protocol.ReservedEvents;

/**
 * Decoder of {@link MsgpackPacketParser}.
 */
final class MsgpackPacketDecoder implements PacketDecoder {

	/** Ids above it have lost precision in the JavaScript that made them. */
	private static final long MAX_ID = 1L << 53;

	private static final PacketType[] TYPES = { PacketType.CONNECT, PacketType.DISCONNECT, PacketType.EVENT,
			PacketType.ACK, PacketType.CONNECT_ERROR };

	private final JsonNodeFactory nodes;

	private final int maxDepth;

	private final PacketLimits limits;

	private @Nullable PacketFormatException failure;

	MsgpackPacketDecoder(JsonNodeFactory nodes, int maxDepth, PacketLimits limits) {
		this.nodes = nodes;
		this.maxDepth = maxDepth;
		this.limits = limits;
	}

	@Override
	public boolean reconstructing() {
		return false;
	}

	@Override
	public @Nullable Packet text(byte[] message) throws PacketFormatException {
		checkUsable();
		this.failure = new PacketFormatException("got plaintext data instead of msgpack");
		throw this.failure;
	}

	@Override
	public Packet binary(byte[] message) throws PacketFormatException {
		checkUsable();
		try {
			return decode(message);
		}
		catch (PacketFormatException ex) {
			this.failure = ex;
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			// Mostly an exception of the library; but no input whatsoever may end
			// otherwise than as a malformed packet
			this.failure = new PacketFormatException("Could not parse");
			throw this.failure;
		}
	}

	private void checkUsable() throws PacketFormatException {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private Packet decode(byte[] message) throws IOException, PacketFormatException {
		MsgpackTreeReader reader = new MsgpackTreeReader(message, this.nodes, this.maxDepth);
		if (!(reader.read() instanceof ObjectNode fields)) {
			throw new PacketFormatException("invalid packet type");
		}
		if (reader.remaining() != 0) {
			throw new PacketFormatException(reader.remaining() + " trailing bytes");
		}
		PacketType type = type(fields.get("type"));
		String namespace = namespace(fields.get("nsp"));
		JsonNode data = fields.get("data");
		checkData(type, data);
		return new Packet(type, namespace, id(fields.get("id")), data);
	}

	private static PacketType type(@Nullable JsonNode node) throws PacketFormatException {
		long number = integer(node);
		if (number < 0 || number >= TYPES.length) {
			throw new PacketFormatException("invalid packet type");
		}
		return TYPES[(int) number];
	}

	private String namespace(@Nullable JsonNode node) throws PacketFormatException {
		String name = (node != null && node.isString()) ? node.stringValue() : "";
		int maxLength = this.limits.maxNamespaceLength();
		if (!name.startsWith("/") || name.indexOf(',') >= 0 || name.length() > maxLength
				|| name.getBytes(StandardCharsets.UTF_8).length > maxLength) {
			throw new PacketFormatException("invalid namespace");
		}
		return name;
	}

	private static long id(@Nullable JsonNode node) throws PacketFormatException {
		if (node == null) {
			return Packet.NO_ID;
		}
		long id = integer(node);
		if (id < 0 || id > MAX_ID) {
			throw new PacketFormatException("invalid packet id");
		}
		return id;
	}

	// The integer as JavaScript has it, where 1.0 is one; -1 for everything else
	private static long integer(@Nullable JsonNode node) {
		if (node == null || !node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToLong()) {
			return -1;
		}
		return node.longValue();
	}

	private static void checkData(PacketType type, @Nullable JsonNode data) throws PacketFormatException {
		boolean valid = switch (type) {
			case CONNECT -> data == null || data instanceof ObjectNode;
			case DISCONNECT -> data == null;
			case CONNECT_ERROR -> data instanceof ObjectNode || (data != null && data.isString());
			case EVENT -> data instanceof ArrayNode && isEventName(data.path(0));
			default -> data instanceof ArrayNode;
		};
		if (!valid) {
			throw new PacketFormatException("invalid payload");
		}
	}

	private static boolean isEventName(JsonNode name) {
		return name.isNumber() || (name.isString() && !ReservedEvents.contains(name.stringValue()));
	}

}
