package io.socketio.server;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.SecretIds;
import io.socketio.protocol.Packet;

/**
 * The Socket.IO protocol, revision 5: clients ask for each namespace and get a public id
 * for it, and a private one where their state can be recovered.
 */
final class Revision5Dialect implements Dialect {

	static final Dialect INSTANCE = new Revision5Dialect();

	private Revision5Dialect() {
	}

	@Override
	public boolean joinsMainNamespace() {
		return false;
	}

	@Override
	public boolean recovers() {
		return true;
	}

	@Override
	public String socketId(String namespace) {
		return SecretIds.next();
	}

	@Override
	public Packet received(Packet packet) {
		return packet;
	}

	@Override
	public Packet connected(DefaultSocket socket) {
		Map<String, Object> reply = new LinkedHashMap<>(4);
		reply.put("sid", socket.id());
		if (socket.privateId() != null) {
			reply.put("pid", socket.privateId());
		}
		return Packet.connect(socket.namespace().name(), reply);
	}

	@Override
	public Packet refused(String namespace, String message, @Nullable Object data) {
		Map<String, Object> payload = new LinkedHashMap<>(4);
		payload.put("message", message);
		if (data != null) {
			payload.put("data", data);
		}
		return Packet.connectError(namespace, payload);
	}

}
