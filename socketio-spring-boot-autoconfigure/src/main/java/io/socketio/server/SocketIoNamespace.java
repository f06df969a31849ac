package io.socketio.server;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A namespace: a channel of communication with its own sockets, rooms, middlewares and
 * handlers, that shares the connection with others. Its broadcasts address all sockets of
 * the namespace.
 *
 * @since 0.1.0
 */
public interface SocketIoNamespace extends BroadcastOperator {

	/**
	 * Name of the namespace, with its leading slash.
	 * @return the name
	 */
	String name();

	/**
	 * Add a middleware. It applies to sockets that connect from now on.
	 * @param middleware the middleware
	 * @return this namespace
	 */
	SocketIoNamespace use(NamespaceMiddleware middleware);

	/**
	 * Add a listener that gets each socket that has joined, after the CONNECT reply was
	 * sent, on the connection's event loop: it must not block.
	 * @param listener the listener
	 * @return this namespace
	 */
	SocketIoNamespace onConnection(Consumer<SocketIoSocket> listener);

	/**
	 * Add a handler for everything the sockets of this namespace do. It applies to
	 * sockets that connect from now on.
	 * @param handler the handler
	 * @return this namespace
	 */
	SocketIoNamespace handler(NamespaceHandler handler);

	/**
	 * Hear of the rooms of this namespace on this node.
	 * @param listener the listener
	 * @return this namespace
	 */
	SocketIoNamespace onRooms(RoomListener listener);

	/**
	 * Send an event to the other nodes of the cluster: to their listeners of
	 * {@link #onServerSide}, not to clients. Returns at once. On a single node nobody
	 * gets it.
	 * @param event name of the event
	 * @param args what the {@code JsonMapper} can write, and {@code byte[]} or
	 * {@code ByteBuffer} at any depth
	 * @throws IllegalArgumentException if the name is reserved
	 */
	void serverSideEmit(String event, @Nullable Object... args);

	/**
	 * Send an event to the other nodes of the cluster and wait for their answers. It is
	 * sent on subscription, anew for each.
	 * @param event name of the event
	 * @param args as in {@link #serverSideEmit}
	 * @return the arguments of each answer in the order of arrival; completes when the
	 * last node has answered, at once on a single node, or fails with
	 * {@link java.util.concurrent.TimeoutException} behind what did arrive
	 * @throws IllegalArgumentException as {@link #serverSideEmit}, as an error signal
	 */
	Flux<EventArguments> serverSideEmitWithAck(String event, @Nullable Object... args);

	/**
	 * Handle an event that other nodes of the cluster send by {@link #serverSideEmit}.
	 * @param event name of the event
	 * @param listener the listener, called on a thread of the adapter: it must not block
	 * @return this namespace
	 */
	SocketIoNamespace onServerSide(String event, EventListener listener);

	/**
	 * Forget the state of a socket whose client is away, so that it cannot be recovered:
	 * as after a logout. Connected sockets are not touched.
	 * @param socketId id of the socket
	 * @return {@code false} if no such state is kept
	 */
	boolean forgetSession(String socketId);

}
