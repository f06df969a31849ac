package io.socketio.recovery;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An event in the log: the message as it was written, and whom it was for.
 *
 * @param <M> type of the messages
 * @param position number of the event
 * @param time when it was emitted, in nanoseconds of the log's clock
 * @param rooms rooms whose members got it; empty for all sockets
 * @param except rooms whose members did not
 * @param conflationKey of the events with one key only the newest is sent again;
 * {@code null} for none
 * @param message the message
 * @param cost memory it takes, in bytes
 * @since 0.1.0
 */
public record LoggedEvent<M>(long position, long time, Set<String> rooms, Set<String> except,
		@Nullable String conflationKey, M message, int cost) {

}
