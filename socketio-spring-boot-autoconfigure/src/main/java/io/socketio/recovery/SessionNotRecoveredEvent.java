package io.socketio.recovery;

import org.jspecify.annotations.Nullable;

/**
 * Application event: a client asked for its connection state and got a new session.
 * Listeners must not block.
 *
 * @param namespace name of the namespace
 * @param socketId id of the socket whose state it was, or {@code null} if unknown
 * @param reason why it was not recovered
 * @since 0.1.0
 */
public record SessionNotRecoveredEvent(String namespace, @Nullable String socketId, RecoveryFailure reason) {

}
