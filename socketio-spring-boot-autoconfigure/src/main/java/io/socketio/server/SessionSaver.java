package io.socketio.server;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.recovery.EventLog;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;

/**
 * Saves the sessions of one namespace when they have changed. The saves of one session go
 * one after the other; what changes meanwhile is saved once, behind. The store is called
 * without the sequencer.
 */
final class SessionSaver {

	private static final Log logger = LogFactory.getLog(SessionSaver.class);

	private static final Runnable NOTHING = () -> {
	};

	private final String namespace;

	private final SessionStore store;

	private final RecoveryOptions options;

	private final Object sequencer;

	private final EventLog<?> log;

	SessionSaver(String namespace, SessionStore store, RecoveryOptions options, Object sequencer, EventLog<?> log) {
		this.namespace = namespace;
		this.store = store;
		this.options = options;
		this.sequencer = sequencer;
		this.log = log;
	}

	// Guarded by the sequencer

	/**
	 * A session has changed.
	 * @param session the session
	 * @return saves it; to be called without the sequencer
	 */
	Runnable changed(AwaySession session) {
		Saves saves = session.saves();
		saves.missed = false;
		if (saves.current != null) {
			if (saves.next == null) {
				saves.next = Sinks.empty();
			}
			return NOTHING;
		}
		saves.current = Sinks.empty();
		return () -> Mono.defer(() -> save(session)).repeat(() -> more(session)).subscribe();
	}

	/**
	 * A claim of the session has failed, for which changes were not saved.
	 * @param session the session
	 * @return saves them; to be called without the sequencer
	 */
	Runnable unclaimed(AwaySession session) {
		return session.saves().missed ? changed(session) : NOTHING;
	}

	/**
	 * Wait for the store.
	 * @param session the session
	 * @return completes without the sequencer when all changes up to now are saved, or
	 * are not to be saved any more
	 */
	Mono<Void> saved(AwaySession session) {
		Saves saves = session.saves();
		Sinks.Empty<Void> last = (saves.next != null) ? saves.next : saves.current;
		return (last != null) ? last.asMono() : Mono.empty();
	}

	// From any thread

	private Mono<Void> save(AwaySession session) {
		StoredSession stored;
		synchronized (this.sequencer) {
			if (session.givenUp() != null) {
				return Mono.empty();
			}
			if (session.claimed()) { // whoever has claimed it keeps the change
				session.saves().missed = true;
				return Mono.empty();
			}
			stored = session.store(this.namespace, this.log);
		}
		return Mono.defer(() -> this.store.save(stored, session.timeLeft(this.options.maxDisconnectionDuration())))
			.timeout(this.options.storeTimeout())
			.doOnError(
					(ex) -> logger.error("A session of " + this.namespace + " could not be saved and may be lost", ex))
			.onErrorComplete();
	}

	private boolean more(AwaySession session) {
		Sinks.Empty<Void> done;
		boolean more;
		synchronized (this.sequencer) {
			Saves saves = session.saves();
			done = saves.current;
			saves.current = saves.next;
			saves.next = null;
			more = saves.current != null;
		}
		if (done != null) {
			done.tryEmitEmpty();
		}
		return more;
	}

	/**
	 * The saves of one session. Guarded by the sequencer.
	 */
	static final class Saves {

		private Sinks.@Nullable Empty<Void> current;

		private Sinks.@Nullable Empty<Void> next;

		/**
		 * Whether a change was not saved, since the session was claimed.
		 */
		private boolean missed;

	}

}
