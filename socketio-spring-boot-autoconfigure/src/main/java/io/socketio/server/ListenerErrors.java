package io.socketio.server;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.log.LogMessage;

/**
 * Answers for listeners of events that fail: as annotated handlers do, in the
 * acknowledgement, or by an event where the client asked for none, and without showing
 * anything of the inside.
 */
final class ListenerErrors {

	private static final Log logger = LogFactory.getLog(ListenerErrors.class);

	private ListenerErrors() {
	}

	/**
	 * A listener failed.
	 * @param socket the socket
	 * @param event name of the event
	 * @param acknowledgement the way to answer
	 * @param ex why
	 */
	static void failed(SocketIoSocket socket, String event, Acknowledgement acknowledgement, RuntimeException ex) {
		if (ex instanceof InvalidArgument) {
			logger.debug(LogMessage.format("Event %s of socket %s refused: %s", event, socket.id(), ex.getCause()));
			answer(socket, acknowledgement, String.valueOf(ex.getMessage()));
		}
		else {
			logger.error(LogMessage.format("A listener of event %s failed for socket %s", event, socket.id()), ex);
			answer(socket, acknowledgement, "Internal server error");
		}
	}

	private static void answer(SocketIoSocket socket, Acknowledgement acknowledgement, String message) {
		Map<String, Object> reply = ExceptionEvent.reply(message);
		if (acknowledgement.requested()) {
			acknowledgement.send(reply);
		}
		else {
			ExceptionEvent.send(socket, reply);
		}
	}

	/**
	 * An argument is not what its listener takes.
	 */
	static final class InvalidArgument extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		InvalidArgument(int index, IllegalArgumentException cause) {
			super("argument " + index + " is invalid", cause);
		}

	}

}
