package io.socketio.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.engine.RequestQuery;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketType;

/**
 * The Socket.IO protocol before revision 5, which clients of Socket.IO 1 and 2 speak over
 * Engine.IO revision 3 (section 1.15 of the protocol notes). They compute the ids of
 * their sockets from that of their session, and may put a query behind the name of a
 * namespace, which takes the place of the auth object.
 */
final class Revision4Dialect implements Dialect {

	private static final String MAIN_NAMESPACE = "/";

	private final String sessionId;

	Revision4Dialect(String sessionId) {
		this.sessionId = sessionId;
	}

	@Override
	public boolean joinsMainNamespace() {
		return true;
	}

	@Override
	public boolean recovers() {
		return false;
	}

	@Override
	public String socketId(String namespace) {
		return MAIN_NAMESPACE.equals(namespace) ? this.sessionId : namespace + "#" + this.sessionId;
	}

	@Override
	public Packet received(Packet packet) {
		String name = packet.namespace();
		int end = name.indexOf('?');
		String path = (end < 0) ? name : name.substring(0, end);
		Object data = (packet.type() == PacketType.CONNECT) ? auth((end < 0) ? null : name.substring(end + 1))
				: packet.data();
		return new Packet(packet.type(), path, packet.id(), data);
	}

	private static ObjectNode auth(@Nullable String query) {
		ObjectNode auth = JsonNodeFactory.instance.objectNode();
		RequestQuery.parse(query).forEach(auth::put);
		return auth;
	}

	@Override
	public Packet connected(DefaultSocket socket) {
		return Packet.connect(socket.namespace().name(), null);
	}

	@Override
	public Packet refused(String namespace, String message, @Nullable Object data) {
		return Packet.connectError(namespace, (data != null) ? data : message);
	}

}
