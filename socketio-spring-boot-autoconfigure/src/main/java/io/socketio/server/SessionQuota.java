package io.socketio.server;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.socketio.recovery.RecoveryFailure;

/**
 * Limits how many sessions all namespaces keep together: beyond the limit the oldest go,
 * whichever namespace keeps them, but for those that somebody is about to get. Usable
 * from any thread.
 */
final class SessionQuota {

	/**
	 * Any moment: values of {@link System#nanoTime()} are only comparable by their
	 * differences.
	 */
	private static final long ORIGIN = System.nanoTime();

	private static final Comparator<AwaySession> OLDEST_FIRST = Comparator
		.<AwaySession>comparingLong((session) -> session.absence().sinceNanos() - ORIGIN)
		.thenComparing(AwaySession::privateId);

	private final int max;

	/**
	 * Sessions that may be given up. Guarded by this object's monitor.
	 */
	private final TreeMap<AwaySession, SessionKeeper> candidates = new TreeMap<>(OLDEST_FIRST);

	/**
	 * Number of all sessions. Guarded by this object's monitor.
	 */
	private int total;

	SessionQuota(int max) {
		this.max = max;
	}

	// Called under the sequencer of the session's namespace

	synchronized void add(AwaySession session, SessionKeeper keeper) {
		this.total++;
		this.candidates.put(session, keeper);
	}

	synchronized void remove(AwaySession session) {
		this.total--;
		this.candidates.remove(session);
	}

	synchronized void spare(AwaySession session) {
		this.candidates.remove(session);
	}

	synchronized void unspare(AwaySession session, SessionKeeper keeper) {
		this.candidates.put(session, keeper);
	}

	/**
	 * Give up what is beyond the limit. Called without any sequencer.
	 */
	void enforce() {
		for (Map.Entry<AwaySession, SessionKeeper> oldest = excess(); oldest != null; oldest = excess()) {
			oldest.getValue().giveUp(oldest.getKey(), RecoveryFailure.TOO_MANY_SESSIONS);
		}
	}

	private synchronized Map.@Nullable Entry<AwaySession, SessionKeeper> excess() {
		return (this.total > this.max) ? this.candidates.firstEntry() : null;
	}

}
