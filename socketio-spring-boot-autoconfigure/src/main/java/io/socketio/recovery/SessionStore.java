package io.socketio.recovery;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Keeps sessions whose connection broke until their clients come back. A bean of this
 * type replaces the default, which keeps them in memory.
 * <p>
 * Implementations are called from event loops and must not block. An error of
 * {@link #claim} gives the client a new session; one of {@link #save} is logged and loses
 * this session. Clients wait for both, but for no longer than
 * {@code socketio.connection-state-recovery.store-timeout}: then what was returned is
 * cancelled, and that counts as an error.
 *
 * @since 0.1.0
 */
public interface SessionStore {

	/**
	 * Keep a session. A session with the same namespace and private id is replaced.
	 * @param session the session
	 * @param timeToLive how long to keep it
	 * @return completes when the session can be claimed
	 */
	Mono<Void> save(StoredSession session, Duration timeToLive);

	/**
	 * Take a session out of the store. Of many claims at once exactly one gets it.
	 * @param namespace name of the namespace
	 * @param privateId the secret id, as a client sent it: any string
	 * @return the session, or empty if there is none or its time has passed
	 */
	Mono<StoredSession> claim(String namespace, String privateId);

}
