package io.socketio.protocol.msgpack;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import io.socketio.protocol.EncodedPacket;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketDecoder;
import io.socketio.protocol.PacketEncodingException;
import io.socketio.protocol.PacketLimits;
import io.socketio.protocol.PacketParser;
import io.socketio.protocol.PacketType;

/**
 * MessagePack instead of JSON, for clients with the parser of the npm package
 * {@code socket.io-msgpack-parser} 3.x: each packet is one binary message with an object
 * of {@code type}, {@code data}, {@code id} and {@code nsp}, and binary stays where it
 * is.
 * <p>
 * How values are written is the mapper's business, so a client sees what it would see by
 * JSON; except that there are binary values, {@code NaN} and infinities. What is read is
 * what JSON would have brought, a {@code Date} as the string that JSON has for it. A
 * packet has no attachments here, so their limit does not apply.
 *
 * @since 0.1.0
 */
public final class MsgpackPacketParser implements PacketParser {

	/** A mapper may allow any nesting; the stack of a thread does not. */
	private static final int MAX_DEPTH = 1000;

	private static final byte[] NO_BYTES = new byte[0];

	private final JsonMapper mapper;

	private final TokenStreamFactory factory;

	private final int maxDepth;

	/**
	 * Create a parser.
	 * @param mapper writes arguments, and limits how deeply they may be nested
	 */
	public MsgpackPacketParser(JsonMapper mapper) {
		// A virtual machine that the library does not work on is noticed here and not
		// with the first packet
		MessagePack.newDefaultUnpacker(NO_BYTES);
		this.mapper = mapper;
		this.factory = mapper.tokenStreamFactory();
		this.maxDepth = Math.min(this.factory.streamReadConstraints().getMaxNestingDepth(), MAX_DEPTH);
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
		return new MsgpackPacketDecoder(this.mapper.getNodeFactory(), this.maxDepth, limits);
	}

	private EncodedPacket doEncode(Packet packet, @Nullable String offset) {
		// On failure the buffers are left to the garbage collector, in whatever state
		// they are
		BufferRecycler recycler = this.factory._getBufferRecycler();
		MsgpackBuffer buffer = new MsgpackBuffer(recycler);
		MsgpackGenerator generator = new MsgpackGenerator(this.mapper._serializationContext(), ioContext(recycler),
				buffer);
		int offsetEnd;
		try {
			offsetEnd = write(packet, offset, generator, buffer);
		}
		catch (PacketEncodingException ex) {
			throw ex;
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new PacketEncodingException("Cannot write " + describe(packet) + ": " + ex.getMessage(), ex);
		}
		List<EnginePacket> frames = List.of(EnginePacket.binary(buffer.finish()));
		return (offset != null) ? new EncodedPacket(frames, offsetEnd - offset.length(), offset.length())
				: new EncodedPacket(frames);
	}

	private IOContext ioContext(BufferRecycler recycler) {
		return new IOContext(this.factory.streamReadConstraints(), this.factory.streamWriteConstraints(),
				this.factory.errorReportConfiguration(), recycler, ContentReference.unknown(), false,
				JsonEncoding.UTF8);
	}

	// Returns where the data ends, whose last element is the offset if there is one
	private static int write(Packet packet, @Nullable String offset, JsonGenerator generator, MsgpackBuffer buffer) {
		boolean hasData = packet.data() != null || offset != null;
		boolean hasId = packet.id() != Packet.NO_ID;
		buffer.writeMapHeader(2 + (hasData ? 1 : 0) + (hasId ? 1 : 0));
		buffer.writeString("type");
		buffer.writeInteger(packet.type().ordinal());
		if (hasData) {
			buffer.writeString("data");
			writeData(packet, offset, generator);
		}
		int end = buffer.position();
		if (hasId) {
			buffer.writeString("id");
			buffer.writeInteger(packet.id());
		}
		buffer.writeString("nsp");
		buffer.writeString(packet.namespace());
		return end;
	}

	private static void writeData(Packet packet, @Nullable String offset, JsonGenerator generator) {
		if (packet.type() != PacketType.EVENT && packet.type() != PacketType.ACK) {
			generator.writePOJO(packet.data());
			return;
		}
		@Nullable Object[] elements = elements(packet);
		if (offset != null && elements.length == 0) {
			throw new PacketEncodingException("Cannot write " + describe(packet) + ": it has no name");
		}
		generator.writeStartArray(elements, elements.length + ((offset != null) ? 1 : 0));
		for (Object element : elements) {
			generator.writePOJO(element);
		}
		if (offset != null) {
			generator.writeString(offset);
		}
		generator.writeEndArray();
	}

	private static @Nullable Object[] elements(Packet packet) {
		Object data = packet.data();
		if (data instanceof Object[] array) {
			return array;
		}
		if (data instanceof Collection<?> collection) {
			return collection.toArray();
		}
		if (data instanceof ArrayNode node) {
			return node.values().toArray();
		}
		if (data == null) {
			return new Object[0];
		}
		throw new PacketEncodingException("Cannot write " + describe(packet)
				+ ": data must be an array, a collection or an array node, not " + data.getClass());
	}

	private static String describe(Packet packet) {
		StringBuilder description = new StringBuilder().append(packet.type());
		if (packet.type() == PacketType.EVENT && packet.data() instanceof Object[] array && array.length != 0
				&& array[0] instanceof String name) {
			description.append(" '").append(name).append('\'');
		}
		return description.append(" in namespace '").append(packet.namespace()).append('\'').toString();
	}

}
