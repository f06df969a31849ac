package io.socketio.server;

/**
 * A session that a client has claimed.
 *
 * @param session the session
 * @param processed position of the last event the client has processed
 * @param held to be called as soon as a socket holds the session, so that the next claim
 * can take it over
 */
record RestoredSession(AwaySession session, long processed, Runnable held) {

}
