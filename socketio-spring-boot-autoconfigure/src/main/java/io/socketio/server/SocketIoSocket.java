package io.socketio.server;

import java.security.Principal;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The server's end of one client in one namespace. Usable from any thread.
 * <p>
 * With connection state recovery a client that comes back gets a new socket object with
 * the same id, rooms and data; listeners are registered anew.
 *
 * @since 0.1.0
 */
public interface SocketIoSocket extends SocketEmitter {

	/**
	 * Public id of the socket, 20 characters. Never the secret id of the connection.
	 * @return the id
	 */
	String id();

	/**
	 * Whether the connection state was recovered: same id, rooms and data, and every
	 * missed event was sent.
	 * @return {@code true} if it was
	 */
	boolean recovered();

	/**
	 * Whether the socket is in its namespace: {@code false} in middlewares and after the
	 * disconnect.
	 * @return {@code true} if it is
	 */
	boolean connected();

	/**
	 * The handshake.
	 * @return the handshake
	 */
	Handshake handshake();

	/**
	 * Who the client is in this namespace: what a {@link SocketAuthenticator} has found
	 * in its CONNECT payload, or else the principal of the handshake.
	 * @return the principal, or {@code null} if the client is not authenticated
	 */
	@Nullable Principal principal();

	/**
	 * What surrounds code that runs on behalf of this socket.
	 * @return the context
	 */
	SocketContext context();

	/**
	 * The namespace of this socket.
	 * @return the namespace
	 */
	SocketIoNamespace namespace();

	/**
	 * Rooms this socket is in, with the one named by its id.
	 * @return a copy; empty after the disconnect
	 */
	Set<String> rooms();

	/**
	 * Join rooms. Takes effect before the method returns; no effect after the disconnect.
	 * @param rooms names of the rooms
	 */
	void join(String... rooms);

	/**
	 * Leave rooms. Takes effect before the method returns.
	 * @param rooms names of the rooms
	 */
	void leave(String... rooms);

	/**
	 * Attributes of the application, kept by connection state recovery. Values are what
	 * JSON can say, since they travel with the session to other nodes.
	 * @return the mutable attributes
	 */
	ConcurrentMap<String, Object> data();

	/**
	 * Address members of rooms, but this socket.
	 * @param rooms names of the rooms
	 * @return an operator
	 */
	BroadcastOperator to(String... rooms);

	/**
	 * Same as {@link #to}.
	 * @param rooms names of the rooms
	 * @return an operator
	 */
	BroadcastOperator in(String... rooms);

	/**
	 * Address all sockets of the namespace but this one and the members of rooms.
	 * @param rooms names of the rooms
	 * @return an operator
	 */
	BroadcastOperator except(String... rooms);

	/**
	 * Address all sockets of the namespace but this one.
	 * @return an operator
	 */
	BroadcastOperator broadcast();

	/**
	 * Handle an event of this socket.
	 * @param event name of the event
	 * @param listener the listener
	 */
	void on(String event, EventListener listener);

	/**
	 * Add a listener for the moment before the socket leaves its rooms.
	 * @param listener gets the reason
	 */
	void onDisconnecting(Consumer<DisconnectReason> listener);

	/**
	 * Add a listener for the disconnect, when all rooms are left.
	 * @param listener gets the reason
	 */
	void onDisconnect(Consumer<DisconnectReason> listener);

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
