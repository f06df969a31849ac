package io.socketio.server;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.EngineSession;
import io.socketio.protocol.Packet;

/**
 * How the clients of one revision of the Socket.IO protocol join namespaces. All else is
 * the same in the revisions that are served, and what clients send is translated into the
 * newest one.
 */
interface Dialect {

	/**
	 * Choose the dialect of a connection.
	 * @param session the connection
	 * @return the dialect that its client speaks
	 */
	static Dialect of(EngineSession session) {
		return switch (session.request().revision()) {
			case V3 -> new Revision4Dialect(session.id());
			case V4 -> Revision5Dialect.INSTANCE;
		};
	}

	/**
	 * Whether clients are in the main namespace without asking for it.
	 * @return {@code true} if the server has to let them in
	 */
	boolean joinsMainNamespace();

	/**
	 * Whether clients know how to claim the state of a broken connection.
	 * @return {@code false} if their state need not be kept
	 */
	boolean recovers();

	/**
	 * Make the id of a new socket.
	 * @param namespace name of its namespace
	 * @return the id
	 */
	String socketId(String namespace);

	/**
	 * Translate a packet of the client.
	 * @param packet the packet as it was decoded
	 * @return the packet with the name of its namespace, and the client's auth object as
	 * the data of a CONNECT
	 */
	Packet received(Packet packet);

	/**
	 * Make the reply to a client that was let in.
	 * @param socket its socket
	 * @return the packet
	 */
	Packet connected(DefaultSocket socket);

	/**
	 * Make the reply to a client that middlewares have refused.
	 * @param namespace name of the namespace
	 * @param message what the client is told
	 * @param data details, or {@code null}
	 * @return the packet
	 */
	Packet refused(String namespace, String message, @Nullable Object data);

}
