package io.socketio.server;

import reactor.core.publisher.Mono;

/**
 * Decides whether an event of one socket reaches its handlers, and may change it. Called
 * for each event, after the catch-all listeners, in the order of registration, on the
 * connection's event loop: it must not block. Events of the socket that arrive while it
 * decides wait behind.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventMiddleware {

	/**
	 * Check an event.
	 * @param event the event, which may be changed
	 * @return completes to let the event pass; an error keeps it from the handlers and
	 * goes to the listeners of {@link SocketIoSocket#onError}. The client is told
	 * nothing, unless the middleware acknowledges the event
	 */
	Mono<Void> apply(IncomingEvent event);

}
