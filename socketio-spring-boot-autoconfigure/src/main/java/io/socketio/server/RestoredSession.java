package io.socketio.server;

import java.util.concurrent.ConcurrentMap;

/**
 * A session that a client has claimed.
 *
 * @param session the session
 * @param data the attributes of the socket that gets it: a draft where the socket may be
 * refused
 * @param processed position of the last event the client has processed
 * @param held to be called as soon as a socket holds the session, so that the next claim
 * can take it over
 */
record RestoredSession(AwaySession session, ConcurrentMap<String, Object> data, long processed, Runnable held) {

}
