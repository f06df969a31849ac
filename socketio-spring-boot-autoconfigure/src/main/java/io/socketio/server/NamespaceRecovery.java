package io.socketio.server;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.socketio.adapter.Audience;
import io.socketio.adapter.Broadcast;
import io.socketio.engine.EngineMessage;
import io.socketio.recovery.EventLog;
import io.socketio.recovery.LoggedEvent;
import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.StoredSession;
import io.socketio.server.DefaultSocket.State;

/**
 * Connection state recovery of one namespace: numbers and logs its events, keeps the
 * state of sockets whose connection broke, and gives it back to whoever claims it with
 * the private id.
 * <p>
 * A private id has one holder at most: from the moment it is given to a socket until that
 * socket's state can be claimed from the store. A client that comes back before that
 * takes the state over from the holder.
 */
final class NamespaceRecovery {

	private static final Log logger = LogFactory.getLog(NamespaceRecovery.class);

	private final String namespace;

	private final ServerContext context;

	private final RecoveryOptions options;

	private final RecoveryMonitor monitor;

	private final Object sequencer;

	private final EventLog<EngineMessage> log;

	private final AwaySessions away;

	private final GoneSessions gone = new GoneSessions();

	private final Map<String, DefaultSocket> holders = new ConcurrentHashMap<>();

	/**
	 * Called without the sequencer when a session is forgotten.
	 */
	private final Runnable forgotten;

	private NamespaceRecovery(String namespace, ServerContext context, RecoveryContext recovery, Object sequencer,
			Runnable forgotten) {
		this.forgotten = forgotten;
		this.namespace = namespace;
		this.context = context;
		this.options = recovery.options();
		this.monitor = recovery.monitor();
		this.sequencer = sequencer;
		this.away = new AwaySessions(recovery.sessions());
		this.log = new EventLog<>(this.options.maxDisconnectionDuration().plus(recovery.detection()),
				this.options.maxLogBytes(), this.options.maxLogEvents(), recovery.budget(), System::nanoTime);
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

	// Guarded by the sequencer

	EventLog<EngineMessage> log() {
		return this.log;
	}

	boolean nobodyAway() {
		return this.away.isEmpty();
	}

	/**
	 * Whether an event without any recipient here need not be kept either.
	 * @param broadcast the event
	 * @return {@code true} if no session that is away can be addressed by it
	 */
	boolean unheard(Broadcast broadcast) {
		return broadcast.dropIfBusy() || !this.away.anyIn(broadcast.audience().rooms());
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
		if (!session.complete(restored.processed(), this.log)) {
			Runnable removed = remove(session, RecoveryFailure.LOG_OVERFLOW);
			return Replay.refused(() -> {
				removed.run();
				this.monitor.notRecovered(this.namespace, session.id(), RecoveryFailure.LOG_OVERFLOW);
			});
		}
		this.away.remove(session);
		session.expiry(null);
		List<LoggedEvent<EngineMessage>> missed = this.log.missed(restored.processed(), session.memberships());
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

	/**
	 * Take the state of a socket that goes away.
	 * @param socket the socket, with its rooms intact
	 * @param reason why it goes
	 * @return saves the state
	 */
	Runnable release(DefaultSocket socket, DisconnectReason reason) {
		RestoredSession restored = socket.restored();
		if (socket.state() == State.CONNECTING) {
			AwaySession session = (restored != null) ? restored.session() : null;
			if (session == null || session.givenUp() != null) {
				return () -> save(socket, null);
			}
			return () -> save(socket, session);
		}
		if (!reason.recoverable() || socket.privateId() == null) {
			return () -> save(socket, null);
		}
		AwaySession session = AwaySession.of(socket, socket.privateId(), name(socket.principal()), this.log.last());
		this.away.add(session);
		if (this.away.total() > this.options.maxSessions()) {
			AwaySession oldest = this.away.oldest();
			this.context.timers().schedule(Duration.ZERO, () -> giveUp(oldest, RecoveryFailure.TOO_MANY_SESSIONS));
		}
		return () -> save(socket, session);
	}

	/**
	 * A recovered socket that is not let in yet joins a room.
	 * @param socket the socket
	 * @param room name of the room
	 */
	void joining(DefaultSocket socket, String room) {
		RestoredSession restored = socket.restored();
		if (restored != null && this.away.contains(restored.session())) {
			this.away.join(room, restored.session());
		}
	}

	/**
	 * A recovered socket that is not let in yet leaves a room.
	 * @param socket the socket
	 * @param room name of the room
	 */
	void leaving(DefaultSocket socket, String room) {
		RestoredSession restored = socket.restored();
		if (restored != null && this.away.contains(restored.session())) {
			this.away.leave(room, restored.session());
		}
	}

	void join(Audience audience, Collection<String> rooms) {
		List<AwaySession> changed = new ArrayList<>(this.away.find(audience));
		for (AwaySession session : changed) {
			rooms.forEach((room) -> {
				if (session.memberships().join(room, this.log.last())) {
					this.away.join(room, session);
				}
			});
			storeChange(session);
		}
	}

	void leave(Audience audience, Collection<String> rooms) {
		for (AwaySession session : this.away.find(audience)) {
			rooms.forEach((room) -> {
				if (session.memberships().leave(room, this.log)) {
					this.away.leave(room, session);
				}
			});
			storeChange(session);
		}
	}

	// Whoever claims a session has taken it out of the store, and keeps the change
	private void storeChange(AwaySession session) {
		if (!session.claimed()) {
			store(session);
		}
	}

	/**
	 * Forget sessions that are away, also those that are about to be recovered.
	 * @param audience whose sessions
	 * @return to be called without the sequencer, once for each session
	 */
	List<Runnable> forget(Audience audience) {
		List<Runnable> forgotten = new ArrayList<>();
		for (AwaySession session : List.copyOf(this.away.find(audience))) {
			forgotten.add(remove(session, RecoveryFailure.FORGOTTEN));
		}
		return forgotten;
	}

	@Nullable Runnable forget(String id) {
		AwaySession session = this.away.byId(id);
		return (session != null) ? remove(session, RecoveryFailure.FORGOTTEN) : null;
	}

	private Runnable remove(AwaySession session, RecoveryFailure reason) {
		Set<String> rooms = session.memberships().rooms();
		this.away.remove(session);
		session.expiry(null);
		session.giveUp(reason);
		this.gone.add(session.privateId(), reason);
		return () -> removed(session, rooms, reason);
	}

	private void removed(AwaySession session, Set<String> rooms, RecoveryFailure reason) {
		// Otherwise the store has forgotten it, or given it away
		if (reason != RecoveryFailure.EXPIRED && !session.claimed()) {
			session.saved()
				.then(Mono.defer(() -> this.context.store().claim(this.namespace, session.privateId())))
				.onErrorComplete()
				.subscribe();
		}
		this.monitor.expired(this.namespace, session, rooms, reason);
		this.forgotten.run();
	}

	// From any thread

	void hold(DefaultSocket socket) {
		if (socket.privateId() != null) {
			this.holders.put(socket.privateId(), socket);
		}
	}

	private void save(DefaultSocket socket, @Nullable AwaySession session) {
		Mono<Void> saving = Mono.empty();
		if (session != null) {
			synchronized (this.sequencer) {
				session.claimed(false);
				if (session.givenUp() == null) {
					saving = store(session);
					expireLater(session);
				}
			}
		}
		saving.doFinally((signal) -> {
			if (socket.privateId() != null) {
				this.holders.remove(socket.privateId(), socket);
			}
			socket.release();
		}).subscribe();
	}

	private void expireLater(AwaySession session) {
		session
			.expiry(this.context.timers().schedule(timeLeft(session), () -> giveUp(session, RecoveryFailure.EXPIRED)));
	}

	private Duration timeLeft(AwaySession session) {
		Duration left = this.options.maxDisconnectionDuration().minus(session.age());
		return left.isNegative() ? Duration.ZERO : left;
	}

	// Saves go one after the other, and a claim waits for them, so that none is overtaken
	private Mono<Void> store(AwaySession session) {
		StoredSession stored = session.store(this.namespace, this.log);
		Mono<Void> saving = session.saved()
			.then(Mono.defer(() -> this.context.store().save(stored, timeLeft(session))))
			.doOnError(
					(ex) -> logger.error("A session of " + this.namespace + " could not be saved and may be lost", ex))
			.onErrorComplete()
			.cache();
		session.saved(saving);
		saving.subscribe();
		return saving;
	}

	/**
	 * Forget a session that is away and that nobody is about to recover.
	 * @param session the session
	 * @param reason why
	 */
	private void giveUp(AwaySession session, RecoveryFailure reason) {
		Runnable removed = null;
		synchronized (this.sequencer) {
			if (!session.claimed() && this.away.contains(session)) {
				removed = remove(session, reason);
			}
		}
		if (removed != null) {
			removed.run();
		}
	}

	// For claims

	@Nullable DefaultSocket holder(String privateId) {
		return this.holders.get(privateId);
	}

	@Nullable AwaySession away(String privateId) {
		synchronized (this.sequencer) {
			return this.away.byPrivateId(privateId);
		}
	}

	/**
	 * Keep a session that is about to be claimed out of the store: what changes until it
	 * is held or given back is not saved.
	 * @param privateId the private id
	 * @return completes when all earlier saves are done
	 */
	Mono<Void> claim(String privateId) {
		synchronized (this.sequencer) {
			AwaySession session = this.away.byPrivateId(privateId);
			if (session == null) {
				return Mono.empty();
			}
			session.claimed(true);
			return session.saved();
		}
	}

	/**
	 * Take a {@link #claim} back that the store did not grant.
	 * @param privateId the private id
	 */
	void unclaim(String privateId) {
		synchronized (this.sequencer) {
			AwaySession session = this.away.byPrivateId(privateId);
			if (session != null) {
				session.claimed(false);
				expireLater(session);
			}
		}
	}

	/**
	 * Why there is no session with a private id.
	 * @param privateId the private id
	 * @return the reason
	 */
	RecoveryFailure absence(String privateId) {
		synchronized (this.sequencer) {
			AwaySession session = this.away.byPrivateId(privateId);
			if (session != null && timeLeft(session).isZero()) {
				return RecoveryFailure.EXPIRED;
			}
			RecoveryFailure reason = this.gone.reason(privateId);
			return (reason != null) ? reason : RecoveryFailure.UNKNOWN_SESSION;
		}
	}

	/**
	 * Accept a claimed session if nothing of what its client missed is lost.
	 * @param stored the session
	 * @param offset offset of the last event the client has processed, or {@code null} if
	 * it has processed none
	 * @param held to be called when a socket holds the session
	 * @return the outcome
	 */
	SessionClaims.Outcome accept(StoredSession stored, @Nullable String offset, Runnable held) {
		RecoveryFailure failure;
		Runnable removed = null;
		synchronized (this.sequencer) {
			failure = this.gone.reason(stored.privateId());
			AwaySession session = (failure != null) ? null : find(stored);
			if (session != null) {
				Long processed = (offset != null) ? this.log.position(offset) : Long.valueOf(session.connectPosition());
				// An older offset is one that the client kept from an earlier session
				long position = (processed != null) ? Math.max(processed, session.connectPosition()) : 0;
				if (processed != null && session.complete(position, this.log)) {
					session.claimed(true);
					return SessionClaims.Outcome.restored(new RestoredSession(session, position, held));
				}
				// The client is back without it, so it will never be claimed
				failure = (processed != null) ? RecoveryFailure.LOG_OVERFLOW : RecoveryFailure.UNKNOWN_OFFSET;
				removed = remove(session, failure);
			}
		}
		if (removed != null) {
			removed.run();
		}
		return SessionClaims.Outcome.refused(stored.id(), (failure != null) ? failure : RecoveryFailure.UNKNOWN_OFFSET);
	}

	private @Nullable AwaySession find(StoredSession stored) {
		AwaySession session = this.away.byPrivateId(stored.privateId());
		if (session == null) { // it comes from another node or run
			session = AwaySession.of(stored, this.log);
			if (session != null) {
				this.away.add(session);
			}
		}
		return session;
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
