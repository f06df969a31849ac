package io.socketio.handler;

import org.jspecify.annotations.Nullable;

import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoSocket;

/**
 * One call of a handler method: what argument resolvers take arguments from.
 *
 * @since 0.1.0
 */
public interface EventContext {

	/**
	 * The socket that sent the event, has joined or has left.
	 * @return the socket
	 */
	SocketIoSocket socket();

	/**
	 * Name of the event.
	 * @return the name, or {@code null} when the socket has joined or left
	 */
	@Nullable String event();

	/**
	 * Arguments of the event.
	 * @return the arguments, without any when the socket has joined or left
	 */
	EventArguments arguments();

	/**
	 * The way to answer the event.
	 * @return the acknowledgement, never requested when the socket has joined or left
	 */
	Acknowledgement acknowledgement();

	/**
	 * Why the socket has left.
	 * @return the reason, or {@code null} unless it has left
	 */
	@Nullable DisconnectReason reason();

}
