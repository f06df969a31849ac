package io.socketio.server;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A socket of whichever node, as {@link BroadcastOperator#fetchSockets()} finds it. On
 * this node it is the {@link SocketIoSocket} itself; of a socket on another node it is
 * what was true at the moment of the answer, and what changes it is sent there. Usable
 * from any thread.
 *
 * @since 0.1.0
 */
public interface RemoteSocket extends SocketEmitter {

	/**
	 * Public id of the socket, 20 characters. Never the secret id of the connection, but
	 * for clients of Socket.IO 1 and 2 ({@code socketio.allow-eio3}): theirs ends with
	 * it.
	 * @return the id
	 */
	String id();

	/**
	 * The handshake.
	 * @return the handshake
	 */
	Handshake handshake();

	/**
	 * Rooms this socket is in, with the one named by its id.
	 * @return a copy; empty after the disconnect
	 */
	Set<String> rooms();

	/**
	 * Attributes of the application. Values are what JSON can say.
	 * @return the attributes
	 */
	Map<String, Object> data();

	/**
	 * An attribute as a type. A value of another type, such as the map that an object has
	 * become on its way to another node, is converted by the {@code JsonMapper}.
	 * @param <T> the type
	 * @param key name of the attribute
	 * @param type the type
	 * @return the value, or {@code null} if there is none
	 * @throws IllegalArgumentException if it cannot be converted
	 */
	<T> @Nullable T data(String key, Class<T> type);

	/**
	 * Join rooms.
	 * @param rooms names of the rooms
	 * @throws IllegalStateException if the socket would be in more rooms than
	 * {@code socketio.limits.max-rooms-per-socket}; it joins none of them then
	 */
	void join(String... rooms);

	/**
	 * Leave rooms.
	 * @param rooms names of the rooms
	 */
	void leave(String... rooms);

	/**
	 * Disconnect from the namespace: same as {@code disconnect(false)}.
	 */
	default void disconnect() {
		disconnect(false);
	}

	/**
	 * Disconnect from the namespace. The client is told and does not reconnect by itself;
	 * its state is not kept for recovery.
	 * @param close whether to leave all namespaces and close the connection
	 */
	void disconnect(boolean close);

}
