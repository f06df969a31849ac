package io.socketio.test;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * A client in one namespace, on a connection of its own.
 * <p>
 * What the server sends is kept in the order of arrival until the test takes it:
 * {@link #expect} takes the first event of a name and leaves all others, {@link #next()}
 * takes the first of all, {@link #drain()} takes what there is. They wait where they have
 * to, for the timeout of the {@link SocketIoTester}, and fail with a message that says
 * what did arrive.
 * <p>
 * Heartbeats are answered. A connection that breaks, by {@link #cut()} or by the server,
 * comes back by {@link #reconnect()} only, with what an official client would send for
 * connection state recovery.
 * <p>
 * All methods can be called from any thread that may block.
 *
 * @since 0.1.0
 * @see SocketIoTester#connect(String)
 */
public interface TestSocket extends AutoCloseable {

	/**
	 * Name of the namespace.
	 * @return the name
	 */
	String namespace();

	/**
	 * Public id that the server gave the socket when it connected last.
	 * @return the id
	 */
	String id();

	/**
	 * Whether the socket is in its namespace.
	 * @return {@code false} after {@link #cut()}, {@link #close()}, and when the server
	 * has ended the connection or disconnected the socket
	 */
	boolean connected();

	/**
	 * Whether connection state recovery gave the socket its session back when it
	 * connected last.
	 * @return {@code false} if it is a new session
	 */
	boolean recovered();

	/**
	 * From now on, wait for that time at most. Until then it is the timeout of the
	 * {@link SocketIoTester}.
	 * @param timeout the time, positive
	 * @return this socket
	 */
	TestSocket timeout(Duration timeout);

	/**
	 * Emit an event. Does not wait.
	 * @param event name of the event
	 * @param args the arguments; binary as {@code byte[]} or {@code ByteBuffer}, at any
	 * depth
	 * @throws IllegalArgumentException if the name is reserved, or if the arguments
	 * cannot be written
	 * @throws IllegalStateException if the socket is not connected
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Emit an event and wait for the acknowledgement.
	 * @param event name of the event
	 * @param args the arguments
	 * @return the arguments of the acknowledgement
	 * @throws AssertionError if none arrives in time, or if the connection ends before
	 * @throws IllegalArgumentException if the name is reserved, or if the arguments
	 * cannot be written
	 * @throws IllegalStateException if the socket is not connected
	 */
	TestArguments emitWithAck(String event, @Nullable Object... args);

	/**
	 * Take the first event of a name. Events of other names stay where they are.
	 * @param event name of the event
	 * @return the event
	 * @throws AssertionError if none arrives in time, or if the connection ends before
	 */
	TestEvent expect(String event);

	/**
	 * Take the first event of a name, and convert its first argument.
	 * @param <T> the type
	 * @param event name of the event
	 * @param type the type
	 * @return the first argument
	 * @throws AssertionError if none arrives in time, if the connection ends before, or
	 * if it has no such argument
	 */
	default <T> T expect(String event, Class<T> type) {
		return expect(event).as(type);
	}

	/**
	 * Take the first event of a name, and convert its first argument to a generic type.
	 * @param <T> the type
	 * @param event name of the event
	 * @param type the type
	 * @return the first argument
	 * @throws AssertionError if none arrives in time, if the connection ends before, or
	 * if it has no such argument
	 */
	default <T> T expect(String event, ParameterizedTypeReference<T> type) {
		return expect(event).as(type);
	}

	/**
	 * Take the first event, whatever its name.
	 * @return the event
	 * @throws AssertionError if none arrives in time, or if the connection ends before
	 */
	TestEvent next();

	/**
	 * Take everything that the server has emitted to this socket until now, after a
	 * {@link #roundTrip()}.
	 * @return the events in their order
	 */
	List<TestEvent> drain();

	/**
	 * Make sure that there is no event to take, after a {@link #roundTrip()}.
	 * @throws AssertionError if there is one
	 */
	void expectNoEvent();

	/**
	 * Make sure that there is no event of a name to take, after a {@link #roundTrip()}.
	 * @param event name of the event
	 * @throws AssertionError if there is one
	 */
	void expectNoEvent(String event);

	/**
	 * Wait until everything has arrived that the server emitted to this socket before
	 * this call: in the test itself, or in a handler whose acknowledgement has arrived,
	 * at this socket or another. What a handler emits later is not waited for, so there
	 * is no need to let time pass.
	 * <p>
	 * It is done by asking for a namespace that no server should have, which answers in
	 * order. Does nothing if the socket is not connected, since nothing more can arrive.
	 * @throws AssertionError if the server does not answer in time
	 */
	void roundTrip();

	/**
	 * Wait until the server disconnects the socket or ends the connection.
	 * @return why, in the words of the JavaScript client: {@code "io server disconnect"},
	 * {@code "transport close"}, {@code "transport error"} or {@code "parse error"}
	 * @throws AssertionError if it does not in time
	 */
	String expectDisconnect();

	/**
	 * Drop the connection without a word, as a network does. What the server sends from
	 * now on does not arrive. Does nothing if there is no connection.
	 */
	void cut();

	/**
	 * Connect again, and ask for the session with its private id and the newest offset
	 * that arrived, if the server has connection state recovery. A connection that is
	 * still open is {@link #cut()} before. Missed events can then be taken.
	 * @return this socket, connected; {@link #recovered()} says whether the session is
	 * the old one
	 * @throws AssertionError if the server refuses, or does not answer in time
	 */
	TestSocket reconnect();

	/**
	 * Leave the namespace and end the connection. The server knows that the socket has
	 * left when this returns, but handlers of that may still run. Events that have
	 * arrived can still be taken.
	 */
	@Override
	void close();

}
