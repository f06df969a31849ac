package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The protocol's own format: a short header and JSON, attachments as binary messages
 * behind it (sections 2.1 to 2.3 of the protocol notes).
 * <p>
 * How values are written is the mapper's business; that it is JSON without superfluous
 * characters, and that only JSON is read, is ensured here. Numbers that JSON does not
 * have become {@code null}; binary at any depth becomes attachments, except in CONNECT
 * and CONNECT_ERROR, which have none.
 *
 * @since 0.1.0
 */
public final class JsonPacketParser implements PacketParser {

	private static final String MAIN_NAMESPACE = "/";

	private static final byte[] NO_NAMESPACE = new byte[0];

	/** Type, number of attachments with its dash, comma behind the namespace, id. */
	private static final int HEADROOM = 1 + 11 + 1 + 19;

	private final TokenStreamFactory factory;

	private final ObjectWriter writer;

	private final ObjectReader reader;

	/**
	 * Create a parser.
	 * @param mapper writes arguments and reads trees
	 */
	public JsonPacketParser(JsonMapper mapper) {
		this.factory = mapper.tokenStreamFactory();
		this.writer = mapper.writer()
			.without(SerializationFeature.INDENT_OUTPUT, SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
			.with(JsonWriteFeature.QUOTE_PROPERTY_NAMES)
			.withoutFeatures(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, JsonWriteFeature.WRITE_HEX_UPPER_CASE);
		this.reader = mapper.reader()
			.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.without(DeserializationFeature.UNWRAP_ROOT_VALUE)
			.withoutFeatures(JsonReadFeature.values());
	}

	@Override
	public EncodedPacket encode(Packet packet) {
		return doEncode(packet, null);
	}

	@Override
	public EncodedPacket encode(Packet packet, String offset) {
		if (packet.type() != PacketType.EVENT) {
			throw new IllegalArgumentException("Only an EVENT has an offset, not a " + packet.type());
		}
		EncodedPacket.checkOffset(offset);
		return doEncode(packet, offset);
	}

	@Override
	public PacketDecoder newDecoder(PacketLimits limits) {
		return new JsonPacketDecoder(this.reader, limits);
	}

	private EncodedPacket doEncode(Packet packet, @Nullable String offset) {
		byte[] namespace = MAIN_NAMESPACE.equals(packet.namespace()) ? NO_NAMESPACE
				: packet.namespace().getBytes(StandardCharsets.UTF_8);
		// On failure the buffers are left to the garbage collector, in whatever state
		// they are
		JsonText text = new JsonText(this.factory._getBufferRecycler(), HEADROOM + namespace.length);
		List<EnginePacket> attachments;
		try {
			attachments = writeData(packet, offset, text);
		}
		catch (PacketEncodingException ex) {
			throw ex;
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new PacketEncodingException("Cannot write " + describe(packet) + ": " + ex.getMessage(), ex);
		}
		writeHeader(packet, namespace, attachments.size(), text);
		byte[] message = text.finish();
		List<EnginePacket> frames = frames(EnginePacket.message(message), attachments);
		if (offset == null) {
			return new EncodedPacket(frames);
		}
		// The offset is followed by its quote and the end of the array
		return new EncodedPacket(frames, message.length - 2 - offset.length(), offset.length());
	}

	private List<EnginePacket> writeData(Packet packet, @Nullable String offset, JsonText text) {
		boolean list = packet.type() == PacketType.EVENT || packet.type() == PacketType.ACK;
		Object data = packet.data();
		if (data == null && offset == null) {
			return List.of();
		}
		AttachmentGenerator generator = new AttachmentGenerator(this.writer.createGenerator(text), list);
		if (list) {
			writeList(packet, offset, generator);
		}
		else {
			generator.writePOJO(data);
		}
		generator.close();
		return generator.attachments();
	}

	private void writeList(Packet packet, @Nullable String offset, JsonGenerator generator) {
		generator.writeStartArray();
		boolean empty = true;
		if (packet.data() instanceof Object[] array) {
			empty = array.length == 0;
			for (Object element : array) {
				generator.writePOJO(element);
			}
		}
		else if (packet.data() instanceof Collection<?> || packet.data() instanceof ArrayNode) {
			for (Object element : (Iterable<?>) packet.data()) {
				empty = false;
				generator.writePOJO(element);
			}
		}
		else if (packet.data() != null) {
			throw new PacketEncodingException("Cannot write " + describe(packet)
					+ ": data must be an array, a collection or an array node, not " + packet.data().getClass());
		}
		if (offset != null) {
			if (empty) {
				throw new PacketEncodingException("Cannot write " + describe(packet) + ": it has no name");
			}
			// Raw, since it is plain ASCII and no configured escape may change its width
			generator.writeRawValue('"' + offset + '"');
		}
		generator.writeEndArray();
	}

	private static void writeHeader(Packet packet, byte[] namespace, int attachments, JsonText text) {
		if (packet.id() != Packet.NO_ID) {
			text.prependNumber(packet.id());
		}
		if (namespace.length != 0) {
			text.prepend(',');
			text.prepend(namespace);
		}
		PacketType type = packet.type();
		if (attachments != 0) {
			text.prepend('-');
			text.prependNumber(attachments);
			type = (type == PacketType.EVENT) ? PacketType.BINARY_EVENT : PacketType.BINARY_ACK;
		}
		text.prepend((char) ('0' + type.ordinal()));
	}

	private static List<EnginePacket> frames(EnginePacket message, List<EnginePacket> attachments) {
		if (attachments.isEmpty()) {
			return List.of(message);
		}
		List<EnginePacket> frames = new ArrayList<>(1 + attachments.size());
		frames.add(message);
		frames.addAll(attachments);
		return frames;
	}

	private static String describe(Packet packet) {
		StringBuilder description = new StringBuilder().append(packet.type());
		if (packet.type() == PacketType.EVENT) {
			Object name = null;
			if (packet.data() instanceof Object[] array && array.length != 0) {
				name = array[0];
			}
			else if (packet.data() instanceof List<?> list && !list.isEmpty()) {
				name = list.get(0);
			}
			else if (packet.data() instanceof ArrayNode node && !node.isEmpty()) {
				name = node.get(0).asString("?");
			}
			if (name instanceof String) {
				description.append(" '").append(name).append('\'');
			}
		}
		return description.append(" in namespace '").append(packet.namespace()).append('\'').toString();
	}

}
