package io.socketio.recovery;

import java.util.Map;
import java.util.Set;

/**
 * Application event: a socket whose connection broke did not come back, and its state was
 * given up. The moment to free what belongs to the client. Published on a thread of its
 * own, one event at a time: a slow listener delays the next event, and nothing else.
 *
 * @param namespace name of the namespace
 * @param socketId id of the socket
 * @param rooms rooms it was in, with the one named by its id
 * @param data the application's attributes of the socket
 * @param reason {@link RecoveryFailure#EXPIRED}, {@link RecoveryFailure#FORGOTTEN} or
 * {@link RecoveryFailure#TOO_MANY_SESSIONS}
 * @since 0.1.0
 */
public record SessionExpiredEvent(String namespace, String socketId, Set<String> rooms, Map<String, Object> data,
		RecoveryFailure reason) {

}
