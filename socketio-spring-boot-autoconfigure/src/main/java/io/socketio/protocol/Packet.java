package io.socketio.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A packet of Socket.IO v5 (section 2.1 of the protocol notes).
 * <p>
 * Whether a packet has attachments is no property of the packet: an
 * {@link PacketType#EVENT EVENT} or {@link PacketType#ACK ACK} whose data holds binary is
 * written as BINARY_EVENT or BINARY_ACK, and read back as EVENT or ACK.
 * <p>
 * A packet to be encoded has whatever the parser can write as its data. For EVENT and ACK
 * that is an {@code Object[]}, a {@link java.util.Collection} or a JSON array node;
 * {@code byte[]} and {@link java.nio.ByteBuffer} in it, at any depth, become attachments.
 * A packet that was decoded from JSON has a {@link tools.jackson.databind.JsonNode}: an
 * array node for EVENT and ACK, an object node for CONNECT, an object or string node for
 * CONNECT_ERROR, with {@link tools.jackson.databind.node.BinaryNode} for attachments; or
 * {@code null}, which a client may send for any type.
 *
 * @param type the type, never a BINARY one
 * @param namespace the namespace, which starts with a slash
 * @param id the id of the acknowledgement asked for or given, or {@link #NO_ID}
 * @param data the data
 * @since 0.1.0
 */
public record Packet(PacketType type, String namespace, long id, @Nullable Object data) {

	/** Stands for the absence of an id. */
	public static final long NO_ID = -1;

	/**
	 * Create a packet.
	 * @param type the type, never a BINARY one
	 * @param namespace the namespace, which starts with a slash
	 * @param id the id of the acknowledgement asked for or given, or {@link #NO_ID}
	 * @param data the data
	 * @throws IllegalArgumentException if the type is a BINARY one, if a DISCONNECT has
	 * data, if the namespace does not start with a slash or has a comma, or if the id is
	 * below {@link #NO_ID}
	 */
	public Packet {
		if (type == PacketType.BINARY_EVENT || type == PacketType.BINARY_ACK) {
			throw new IllegalArgumentException("A packet with attachments is an EVENT or an ACK, not a " + type);
		}
		if (type == PacketType.DISCONNECT && data != null) {
			throw new IllegalArgumentException("A DISCONNECT has no data");
		}
		if (namespace.isEmpty() || namespace.charAt(0) != '/' || namespace.indexOf(',') >= 0) {
			throw new IllegalArgumentException("A namespace starts with '/' and has no ',': '" + namespace + "'");
		}
		if (id < NO_ID) {
			throw new IllegalArgumentException("Negative id " + id);
		}
	}

	/**
	 * Return a CONNECT.
	 * @param namespace the namespace
	 * @param data the auth object of a client, or the reply of a server
	 * @return the packet
	 */
	public static Packet connect(String namespace, @Nullable Object data) {
		return new Packet(PacketType.CONNECT, namespace, NO_ID, data);
	}

	/**
	 * Return a DISCONNECT.
	 * @param namespace the namespace
	 * @return the packet
	 */
	public static Packet disconnect(String namespace) {
		return new Packet(PacketType.DISCONNECT, namespace, NO_ID, null);
	}

	/**
	 * Return an EVENT that asks for no acknowledgement.
	 * @param namespace the namespace
	 * @param args the event's name and its arguments, an {@code Object[]}, collection or
	 * array node
	 * @return the packet
	 */
	public static Packet event(String namespace, Object args) {
		return new Packet(PacketType.EVENT, namespace, NO_ID, args);
	}

	/**
	 * Return an EVENT that asks for an acknowledgement.
	 * @param namespace the namespace
	 * @param id the id that the acknowledgement is to carry, or {@link #NO_ID}
	 * @param args the event's name and its arguments, an {@code Object[]}, collection or
	 * array node
	 * @return the packet
	 */
	public static Packet event(String namespace, long id, Object args) {
		return new Packet(PacketType.EVENT, namespace, id, args);
	}

	/**
	 * Return an ACK.
	 * @param namespace the namespace
	 * @param id the id of the event that is acknowledged
	 * @param args the arguments, an {@code Object[]}, collection or array node
	 * @return the packet
	 */
	public static Packet ack(String namespace, long id, Object args) {
		return new Packet(PacketType.ACK, namespace, id, args);
	}

	/**
	 * Return a CONNECT_ERROR.
	 * @param namespace the namespace that is refused
	 * @param data an object with a {@code message} and, if there is any, {@code data}
	 * @return the packet
	 */
	public static Packet connectError(String namespace, @Nullable Object data) {
		return new Packet(PacketType.CONNECT_ERROR, namespace, NO_ID, data);
	}

}
