package io.socketio.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Sends events to many sockets of a namespace. Immutable: a modifier returns a new
 * operator. Usable from any thread; events emitted by one thread arrive in their order,
 * and two sockets that both get two events get them in the same order.
 *
 * @since 0.1.0
 */
public interface BroadcastOperator {

	/**
	 * Address the members of rooms, in addition to those already addressed. Without any
	 * room all sockets of the namespace are addressed. Each gets an event once. The id of
	 * a socket is a room with that socket alone.
	 * @param rooms names of the rooms
	 * @return a new operator
	 */
	BroadcastOperator to(String... rooms);

	/**
	 * Same as {@link #to}.
	 * @param rooms names of the rooms
	 * @return a new operator
	 */
	BroadcastOperator in(String... rooms);

	/**
	 * Leave out the members of rooms.
	 * @param rooms names of the rooms
	 * @return a new operator
	 */
	BroadcastOperator except(String... rooms);

	/**
	 * Address sockets of this node only.
	 * @return a new operator
	 */
	BroadcastOperator local();

	/**
	 * Let events be dropped for connections that cannot take them at once. Such events
	 * are never recovered.
	 * @return a new operator
	 */
	BroadcastOperator volatileEvents();

	/**
	 * Set whether the events may be compressed (long-polling only). Default is
	 * {@code true}.
	 * @param compress whether to compress
	 * @return a new operator
	 */
	BroadcastOperator compress(boolean compress);

	/**
	 * Give events a conflation key: of those that a client missed and that have one key,
	 * connection state recovery sends only the newest. For states of which the last one
	 * counts, such as a price.
	 * @param key the key, common to all events of the namespace
	 * @return a new operator
	 */
	BroadcastOperator conflate(String key);

	/**
	 * Send an event. Returns at once; it is encoded once, before this method returns.
	 * Membership counts as it is at this moment.
	 * @param event name of the event
	 * @param args what the {@code JsonMapper} can write, and {@code byte[]} or
	 * {@code ByteBuffer} at any depth
	 * @throws IllegalArgumentException if the name is reserved or an argument cannot be
	 * written
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Set the time to wait for acknowledgements, instead of the server's default.
	 * @param timeout the time to wait
	 * @return a new operator
	 */
	BroadcastOperator timeout(Duration timeout);

	/**
	 * Send an event and wait for the acknowledgements of all who are addressed and
	 * connected at this moment. The event is sent on subscription, anew for each. It
	 * carries no offset; a client whose connection breaks before it has answered gets the
	 * event again when its state is recovered on this node.
	 * <p>
	 * Acknowledgements are signalled on the event loops of the clients' connections, one
	 * at a time, and the timeout on {@code Schedulers.parallel()}. What follows must not
	 * block there.
	 * @param event name of the event
	 * @param args as in {@link #emit}
	 * @return the arguments of each acknowledgement in the order of arrival; completes
	 * when the last one is there, at once if nobody is addressed, or fails with
	 * {@link java.util.concurrent.TimeoutException} after the timeout, behind what did
	 * arrive
	 * @throws IllegalArgumentException as {@link #emit}, as an error signal
	 */
	Flux<EventArguments> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Find the connected sockets that are addressed.
	 * @return the sockets; those of this node are {@link SocketIoSocket}s
	 */
	Flux<RemoteSocket> fetchSockets();

	/**
	 * Make sockets join rooms. With connection state recovery this holds for sockets
	 * whose client is away, too. A socket that would be in more rooms than
	 * {@code socketio.limits.max-rooms-per-socket} joins none of them, which is logged.
	 * @param rooms names of the rooms
	 */
	void socketsJoin(String... rooms);

	/**
	 * Make sockets leave rooms. With connection state recovery this holds for sockets
	 * whose client is away, too.
	 * @param rooms names of the rooms
	 */
	void socketsLeave(String... rooms);

	/**
	 * Disconnect sockets. The state of those whose client is away is forgotten.
	 */
	default void disconnectSockets() {
		disconnectSockets(false);
	}

	/**
	 * Disconnect sockets. The state of those whose client is away is forgotten.
	 * @param close whether to close their connections too
	 */
	void disconnectSockets(boolean close);

}
