package io.socketio.server;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the handlers of a socket. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public interface IncomingEvent {

	/**
	 * Name of the event.
	 * @return the name
	 */
	String name();

	/**
	 * Give the event another name.
	 * @param name the name
	 */
	void rename(String name);

	/**
	 * The arguments.
	 * @return the arguments, without the name
	 */
	EventArguments arguments();

	/**
	 * Replace the arguments.
	 * @param arguments what the {@code JsonMapper} can write, and {@code byte[]} or
	 * {@code ByteBuffer} at any depth
	 * @throws IllegalArgumentException if one cannot be written
	 */
	void replaceArguments(@Nullable Object... arguments);

	/**
	 * The way to answer.
	 * @return the acknowledgement
	 */
	Acknowledgement acknowledgement();

}
