package io.socketio.server;

import java.security.Principal;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * The server's end of one client in one namespace. Usable from any thread.
 * <p>
 * With connection state recovery a client that comes back gets a new socket object with
 * the same id, rooms and data; listeners are registered anew.
 *
 * @since 0.1.0
 */
public interface SocketIoSocket extends RemoteSocket {

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
	 * Join rooms. Takes effect before the method returns; no effect after the disconnect.
	 * @param rooms names of the rooms
	 * @throws IllegalStateException if the socket would be in more rooms than
	 * {@code socketio.limits.max-rooms-per-socket}; it joins none of them then
	 */
	@Override
	void join(String... rooms);

	/**
	 * Leave rooms. Takes effect before the method returns.
	 * @param rooms names of the rooms
	 */
	@Override
	void leave(String... rooms);

	/**
	 * Attributes of the application, kept by connection state recovery. Values are what
	 * JSON can say, since they travel with the session to other nodes.
	 * @return the mutable attributes
	 */
	@Override
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
	 * Handle an event of this socket. What a listener throws is logged and answered by an
	 * object that shows nothing of the inside, in the acknowledgement, or by an event
	 * named {@code exception} where the client asked for none.
	 * @param event name of the event
	 * @param listener the listener
	 */
	void on(String event, EventListener listener);

	/**
	 * Handle an event of this socket by its first argument. One that cannot be converted
	 * is answered as an error.
	 * @param <T> type of the argument
	 * @param event name of the event
	 * @param type type of the argument
	 * @param listener the listener
	 */
	<T> void on(String event, Class<T> type, TypedEventListener<T> listener);

	/**
	 * Handle an event of this socket by its first argument, of a generic type.
	 * @param <T> type of the argument
	 * @param event name of the event
	 * @param type type of the argument
	 * @param listener the listener
	 */
	<T> void on(String event, ParameterizedTypeReference<T> type, TypedEventListener<T> listener);

	/**
	 * Handle an event of this socket by its first two arguments.
	 * @param <T> type of the first argument
	 * @param <U> type of the second argument
	 * @param event name of the event
	 * @param first type of the first argument
	 * @param second type of the second argument
	 * @param listener the listener
	 */
	<T, U> void on(String event, Class<T> first, Class<U> second, BiEventListener<T, U> listener);

	/**
	 * Get every event that arrives, before its middlewares and listeners.
	 * @param listener the listener, behind those added before
	 */
	void onAny(AnyEventListener listener);

	/**
	 * Get every event that arrives, before its middlewares and listeners.
	 * @param listener the listener, in front of those added before
	 */
	void prependAny(AnyEventListener listener);

	/**
	 * Remove a catch-all listener.
	 * @param listener the listener
	 */
	void offAny(AnyEventListener listener);

	/**
	 * Remove all catch-all listeners.
	 */
	void offAny();

	/**
	 * Get every event that is sent to this socket.
	 * @param listener the listener, behind those added before
	 */
	void onAnyOutgoing(OutgoingEventListener listener);

	/**
	 * Get every event that is sent to this socket.
	 * @param listener the listener, in front of those added before
	 */
	void prependAnyOutgoing(OutgoingEventListener listener);

	/**
	 * Remove a catch-all listener of what is sent.
	 * @param listener the listener
	 */
	void offAnyOutgoing(OutgoingEventListener listener);

	/**
	 * Remove all catch-all listeners of what is sent.
	 */
	void offAnyOutgoing();

	/**
	 * Check each event that arrives, before its handlers: listeners and annotated ones.
	 * @param middleware the middleware, behind those added before
	 */
	void use(EventMiddleware middleware);

	/**
	 * Get the errors of this socket's middlewares. Without such a listener they are
	 * logged at level DEBUG.
	 * @param listener gets the error
	 */
	void onError(Consumer<Throwable> listener);

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

}
