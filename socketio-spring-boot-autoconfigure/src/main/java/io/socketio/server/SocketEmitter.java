package io.socketio.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends events to one socket. Immutable: a modifier returns a new emitter. Usable from
 * any thread; events emitted by one thread arrive in their order.
 *
 * @since 0.1.0
 */
public interface SocketEmitter {

	/**
	 * Send an event. Returns at once; arguments are encoded before it returns, so later
	 * changes to them have no effect.
	 * @param event name of the event
	 * @param args what the {@code JsonMapper} can write, and {@code byte[]} or
	 * {@code ByteBuffer} at any depth
	 * @throws IllegalArgumentException if the name is reserved or an argument cannot be
	 * written
	 */
	void emit(String event, @Nullable Object... args);

	/**
	 * Send an event and wait for the client's acknowledgement. The event is sent on
	 * subscription, anew for each; the timeout begins then, also where the socket is not
	 * let in yet.
	 * <p>
	 * The acknowledgement is signalled on the event loop of the client's connection, and
	 * so is the timeout while there is one, else on {@code Schedulers.parallel()}. What
	 * follows must not block there.
	 * @param event name of the event
	 * @param args as in {@link #emit}
	 * @return the arguments of the acknowledgement, or
	 * {@link java.util.concurrent.TimeoutException} after the timeout, or
	 * {@link IllegalStateException} if the socket is not let in
	 * @throws IllegalArgumentException as {@link #emit}, as an error signal
	 */
	Mono<EventArguments> emitWithAck(String event, @Nullable Object... args);

	/**
	 * Set the time to wait for an acknowledgement, instead of the server's default.
	 * @param timeout the time to wait
	 * @return a new emitter
	 */
	SocketEmitter timeout(Duration timeout);

	/**
	 * Let events be dropped when the connection cannot take them at once. Such events are
	 * never recovered.
	 * @return a new emitter
	 */
	SocketEmitter volatileEvents();

	/**
	 * Set whether the events may be compressed (long-polling only). Default is
	 * {@code true}.
	 * @param compress whether to compress
	 * @return a new emitter
	 */
	SocketEmitter compress(boolean compress);

	/**
	 * Give events a conflation key: of those that a client missed and that have one key,
	 * connection state recovery sends only the newest. For states of which the last one
	 * counts, such as a price.
	 * @param key the key, common to all events of the namespace
	 * @return a new emitter
	 */
	SocketEmitter conflate(String key);

}
