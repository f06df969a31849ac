package io.socketio.server;

import java.security.Principal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.socketio.adapter.Audience;
import io.socketio.adapter.Broadcast;
import io.socketio.engine.EngineMessage;
import io.socketio.recovery.EventLog;
import io.socketio.recovery.LogBudget;
import io.socketio.recovery.LoggedEvent;
import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.RecoveryOptions;

/**
 * Connection state recovery of one namespace: numbers and logs its events, and sends a
 * recovered socket those that it missed. What its clients left behind is kept by
 * {@link #sessions()}.
 */
final class NamespaceRecovery {

	private final String namespace;

	private final RecoveryOptions options;

	private final RecoveryMonitor monitor;

	private final Object sequencer;

	private final EventLog<EngineMessage> log;

	private final LogBudget budget;

	private final SessionKeeper sessions;

	private NamespaceRecovery(String namespace, ServerContext context, RecoveryContext recovery, Object sequencer,
			Runnable forgotten) {
		this.namespace = namespace;
		this.options = recovery.options();
		this.monitor = recovery.monitor();
		this.sequencer = sequencer;
		this.budget = recovery.budget();
		this.log = new EventLog<>(this.options.maxDisconnectionDuration().plus(recovery.detection()),
				this.options.maxLogBytes(), this.options.maxLogEvents(), recovery.budget(), System::nanoTime,
				sequencer);
		this.sessions = new SessionKeeper(namespace, context, recovery, sequencer, this.log, forgotten);
	}

	/**
	 * Create the recovery of a namespace.
	 * @param namespace name of the namespace
	 * @param context the server
	 * @param sequencer guards the log
	 * @param forgotten called without the sequencer when a session is forgotten
	 * @return the recovery, or {@code null} if it is off
	 */
	static @Nullable NamespaceRecovery create(String namespace, ServerContext context, Object sequencer,
			Runnable forgotten) {
		RecoveryContext recovery = context.recovery();
		return (recovery != null) ? new NamespaceRecovery(namespace, context, recovery, sequencer, forgotten) : null;
	}

	SessionKeeper sessions() {
		return this.sessions;
	}

	boolean skipMiddlewares() {
		return this.options.skipMiddlewares();
	}

	void trim() {
		synchronized (this.sequencer) {
			this.log.trim();
		}
	}

	void clear() {
		synchronized (this.sequencer) {
			this.log.clear();
		}
	}

	/**
	 * Remove the oldest events of all namespaces if there are too many. Called without
	 * any sequencer.
	 */
	void enforceBudget() {
		this.budget.enforce();
	}

	// Guarded by the sequencer

	EventLog<EngineMessage> log() {
		return this.log;
	}

	/**
	 * Whether an event without any recipient here need not be kept either.
	 * @param broadcast the event
	 * @return {@code true} if no session that is away can be addressed by it
	 */
	boolean unheard(Broadcast broadcast) {
		return broadcast.dropIfBusy() || !this.sessions.anyIn(broadcast.audience().rooms());
	}

	/**
	 * Give an event its offset and log it. A volatile event is not logged and carries the
	 * newest offset, which is as valid for its recipients.
	 * @param broadcast the event
	 * @param message the event as it is written
	 * @return its position, or 0 if it is not logged
	 */
	long number(Broadcast broadcast, EngineMessage message) {
		if (broadcast.dropIfBusy()) {
			broadcast.encoded().fillOffset(this.log.offset(this.log.last()));
			return 0;
		}
		broadcast.encoded().fillOffset(this.log.offset(this.log.last() + 1));
		Audience audience = broadcast.audience();
		this.log.append(audience.rooms(), audience.except(), broadcast.conflationKey(), message, message.size());
		return this.log.last();
	}

	/**
	 * Send a recovered socket what it missed.
	 * @param socket the socket
	 * @return the outcome
	 */
	Replay replay(DefaultSocket socket) {
		RestoredSession restored = socket.restored();
		if (restored == null) {
			socket.positions(this.log.last(), this.log.last());
			return Replay.NONE;
		}
		AwaySession session = restored.session();
		RecoveryFailure failure = session.givenUp();
		if (failure != null) {
			return Replay.refused(() -> this.monitor.notRecovered(this.namespace, session.id(), failure));
		}
		if (!session.complete(restored.processed(), socket.memberships(), this.log)) {
			Runnable removed = this.sessions.remove(session, RecoveryFailure.LOG_OVERFLOW);
			return Replay.refused(() -> {
				removed.run();
				this.monitor.notRecovered(this.namespace, session.id(), RecoveryFailure.LOG_OVERFLOW);
			});
		}
		this.sessions.recovered(session);
		List<LoggedEvent<EngineMessage>> missed = this.log.missed(restored.processed(), socket.memberships());
		List<PendingAcks.Event> unanswered = session.acks().events();
		send(socket, missed, unanswered);
		long newest = missed.isEmpty() ? 0 : missed.get(missed.size() - 1).position();
		socket.positions(session.connectPosition(), Math.max(session.lastPosition(), newest));
		return Replay
			.complete(() -> this.monitor.recovered(this.namespace, session, missed.size() + unanswered.size()));
	}

	// Both in the order of emitting
	private static void send(DefaultSocket socket, List<LoggedEvent<EngineMessage>> missed,
			List<PendingAcks.Event> unanswered) {
		int next = 0;
		for (LoggedEvent<EngineMessage> event : missed) {
			while (next < unanswered.size() && unanswered.get(next).position() < event.position()) {
				socket.session().sendUnbounded(unanswered.get(next++).message());
			}
			socket.session().sendUnbounded(event.message());
		}
		while (next < unanswered.size()) {
			socket.session().sendUnbounded(unanswered.get(next++).message());
		}
	}

	static @Nullable String name(@Nullable Principal principal) {
		return (principal != null) ? principal.getName() : null;
	}

	/**
	 * What became of a replay.
	 *
	 * @param complete {@code false} if the missed events are not complete any more
	 * @param published to be called without the sequencer: tells the application
	 */
	record Replay(boolean complete, Runnable published) {

		static final Replay NONE = new Replay(true, () -> {
		});

		static Replay complete(Runnable published) {
			return new Replay(true, published);
		}

		static Replay refused(Runnable published) {
			return new Replay(false, published);
		}

	}

}
