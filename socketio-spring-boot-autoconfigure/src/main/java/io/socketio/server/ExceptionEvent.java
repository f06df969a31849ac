package io.socketio.server;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The event that tells a client what was wrong with an event of its own for which it
 * asked no acknowledgement: the way in for programming models. Any client can provoke as
 * many as it likes, so they are not kept for recovery, where they would take the place of
 * what others may have missed.
 *
 * @since 0.1.0
 */
public final class ExceptionEvent {

	static final String NAME = "exception";

	private ExceptionEvent() {
	}

	/**
	 * What clients are told of an error, in this event or in an acknowledgement.
	 * @param message the message
	 * @return a new map, to which details may be added: a map, since the names of its
	 * fields are the same under every configuration of the application's mapper
	 */
	public static Map<String, Object> reply(String message) {
		Map<String, Object> reply = new LinkedHashMap<>(4);
		reply.put("status", "error");
		reply.put("message", message);
		return reply;
	}

	/**
	 * Send the event. Returns at once; usable from any thread. A client that is not
	 * connected any more does not get it.
	 * @param socket the socket of the client
	 * @param reply what the client is told; what the {@code JsonMapper} can write
	 * @throws IllegalArgumentException if it cannot be written
	 */
	public static void send(SocketIoSocket socket, @Nullable Object reply) {
		if (socket instanceof DefaultSocket recoverable) {
			recoverable.emitUnlogged(NAME, reply);
		}
		else {
			socket.emit(NAME, reply);
		}
	}

}
