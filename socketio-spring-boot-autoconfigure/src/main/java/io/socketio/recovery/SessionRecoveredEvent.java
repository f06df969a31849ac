package io.socketio.recovery;

import java.time.Duration;

/**
 * Application event: a client got its connection state back. Published on the
 * connection's event loop: listeners must not block.
 *
 * @param namespace name of the namespace
 * @param socketId id of the socket
 * @param missedEvents number of events that were sent again
 * @param away time from the disconnect to the recovery
 * @since 0.1.0
 */
public record SessionRecoveredEvent(String namespace, String socketId, int missedEvents, Duration away) {

}
