package io.socketio.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.socketio.adapter.Audience;
import io.socketio.recovery.EventLog;
import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.StoredSession;
import io.socketio.server.DefaultSocket.State;

/**
 * Keeps the state of a namespace's sockets whose connection broke, and gives it back to
 * whoever claims it with the private id.
 * <p>
 * A private id has one holder at most: from the moment it is given to a socket until that
 * socket's state can be claimed from the store. A client that comes back before that
 * takes the state over from the holder.
 */
final class SessionKeeper {

	private final String namespace;

	private final ServerContext context;

	private final RecoveryOptions options;

	private final RecoveryMonitor monitor;

	private final Object sequencer;

	private final EventLog<?> log;

	private final AwaySessions away = new AwaySessions();

	private final SessionQuota quota;

	private final SessionSaver saver;

	private final GoneSessions gone = new GoneSessions();

	private final Map<String, DefaultSocket> holders = new ConcurrentHashMap<>();

	/**
	 * Called without the sequencer when a session is forgotten.
	 */
	private final Runnable forgotten;

	SessionKeeper(String namespace, ServerContext context, RecoveryContext recovery, Object sequencer, EventLog<?> log,
			Runnable forgotten) {
		this.namespace = namespace;
		this.context = context;
		this.options = recovery.options();
		this.monitor = recovery.monitor();
		this.sequencer = sequencer;
		this.log = log;
		this.quota = recovery.quota();
		this.saver = new SessionSaver(namespace, context.store(), this.options, sequencer, log);
		this.forgotten = forgotten;
	}

	// Guarded by the sequencer

	boolean nobodyAway() {
		return this.away.isEmpty();
	}

	boolean anyIn(Set<String> rooms) {
		return this.away.anyIn(rooms);
	}

	/**
	 * A session belongs to a connected socket again.
	 * @param session the session
	 */
	void recovered(AwaySession session) {
		takeOut(session);
		session.expiry(null);
	}

	private void add(AwaySession session) {
		this.away.add(session);
		this.quota.add(session, this);
	}

	private void takeOut(AwaySession session) {
		if (this.away.remove(session)) {
			this.quota.remove(session);
		}
	}

	private void claimed(AwaySession session, boolean claimed) {
		if (claimed != session.claimed() && this.away.contains(session)) {
			if (claimed) {
				this.quota.spare(session);
			}
			else {
				this.quota.unspare(session, this);
			}
		}
		session.claimed(claimed);
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
			if (session != null) {
				this.away.leaveDraftRooms(session);
				session.draft(null);
			}
			if (session == null || session.givenUp() != null) {
				return () -> save(socket, null);
			}
			return () -> save(socket, session);
		}
		if (!reason.recoverable() || socket.privateId() == null) {
			return () -> save(socket, null);
		}
		AwaySession session = AwaySession.of(socket, socket.privateId(), NamespaceRecovery.name(socket.principal()),
				this.log.last());
		add(session);
		return () -> save(socket, session);
	}

	/**
	 * The rooms of a socket are about to be changed that is not let in yet. Those of a
	 * recovered one become a draft: if the socket is refused, its session stays as it is.
	 * @param socket the socket
	 */
	void draftRooms(DefaultSocket socket) {
		RestoredSession restored = socket.restored();
		if (restored != null && restored.session().draft() == null) {
			Memberships draft = restored.session().memberships().copy();
			restored.session().draft(draft);
			socket.memberships(draft);
		}
	}

	/**
	 * A recovered socket that is not let in yet joins a room.
	 * @param socket the socket
	 * @param room name of the room
	 */
	void joining(DefaultSocket socket, String room) {
		RestoredSession restored = socket.restored();
		if (restored != null && this.away.contains(restored.session())) {
			this.away.joinDraft(room, restored.session());
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
			this.away.leaveDraft(room, restored.session());
		}
	}

	/**
	 * Let clients that are away join rooms, but for those that would be in too many.
	 * @param audience which clients
	 * @param rooms names of the rooms
	 * @return to be called without the sequencer: saves what has changed
	 */
	List<Runnable> join(Audience audience, Collection<String> rooms) {
		int max = this.context.options().maxRoomsPerSocket();
		return change(audience, (session) -> session.memberships().fits(rooms, max) ? rooms : List.of(), this::join);
	}

	private boolean join(AwaySession session, String room) {
		if (session.draft() != null) {
			session.draft().join(room, this.log.last());
		}
		if (!session.memberships().join(room, this.log.last())) {
			return false;
		}
		this.away.join(room, session);
		return true;
	}

	/**
	 * Let clients that are away leave rooms.
	 * @param audience which clients
	 * @param rooms names of the rooms
	 * @return to be called without the sequencer: saves what has changed
	 */
	List<Runnable> leave(Audience audience, Collection<String> rooms) {
		return change(audience, (session) -> rooms, this::leave);
	}

	private boolean leave(AwaySession session, String room) {
		if (session.draft() != null && session.draft().leave(room, this.log)) {
			this.away.leaveDraft(room, session);
		}
		if (!session.memberships().leave(room, this.log)) {
			return false;
		}
		this.away.leave(room, session);
		return true;
	}

	private List<Runnable> change(Audience audience, Function<AwaySession, Collection<String>> rooms,
			BiPredicate<AwaySession, String> change) {
		List<Runnable> saves = new ArrayList<>();
		for (AwaySession session : List.copyOf(this.away.find(audience))) {
			boolean changed = false;
			for (String room : rooms.apply(session)) {
				changed |= change.test(session, room);
			}
			if (changed) {
				saves.add(this.saver.changed(session));
			}
		}
		return saves;
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

	/**
	 * Give a session up.
	 * @param session the session
	 * @param reason why
	 * @return to be called without the sequencer: tells the store and the application
	 */
	Runnable remove(AwaySession session, RecoveryFailure reason) {
		Set<String> rooms = session.memberships().rooms();
		takeOut(session);
		session.expiry(null);
		session.giveUp(reason);
		this.gone.add(session.privateId(), reason);
		// Otherwise the store has forgotten it, or given it away
		boolean stored = reason != RecoveryFailure.EXPIRED && !session.claimed();
		Mono<Void> unsaved = stored ? unsaved(session) : Mono.empty();
		return () -> {
			unsaved.subscribe();
			this.monitor.expired(this.namespace, session, rooms, reason);
			this.forgotten.run();
		};
	}

	private Mono<Void> unsaved(AwaySession session) {
		return this.saver.saved(session)
			.then(Mono.defer(() -> this.context.store().claim(this.namespace, session.privateId()))
				.timeout(this.options.storeTimeout()))
			.onErrorComplete()
			.then();
	}

	// From any thread

	/**
	 * Give up the oldest sessions of all namespaces if there are too many. Called without
	 * any sequencer.
	 */
	void enforceQuota() {
		this.quota.enforce();
	}

	void hold(DefaultSocket socket) {
		if (socket.privateId() != null) {
			this.holders.put(socket.privateId(), socket);
		}
	}

	private void save(DefaultSocket socket, @Nullable AwaySession session) {
		Mono<Void> saved = Mono.empty();
		Runnable save = null;
		if (session != null) {
			synchronized (this.sequencer) {
				claimed(session, false);
				if (session.givenUp() == null) {
					save = this.saver.changed(session);
					saved = this.saver.saved(session);
					expireLater(session);
				}
			}
			enforceQuota();
		}
		if (save != null) {
			save.run();
		}
		saved.doFinally((signal) -> {
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
		return session.timeLeft(this.options.maxDisconnectionDuration());
	}

	/**
	 * Forget a session that is away and that nobody is about to recover.
	 * @param session the session
	 * @param reason why
	 */
	void giveUp(AwaySession session, RecoveryFailure reason) {
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
			claimed(session, true);
			return this.saver.saved(session);
		}
	}

	/**
	 * Take a {@link #claim} back that the store did not grant.
	 * @param privateId the private id
	 */
	void unclaim(String privateId) {
		Runnable save = null;
		synchronized (this.sequencer) {
			AwaySession session = this.away.byPrivateId(privateId);
			if (session != null) {
				claimed(session, false);
				expireLater(session);
				save = this.saver.unclaimed(session);
			}
		}
		if (save != null) {
			save.run();
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
				Long processed = processed(session, offset);
				// An older offset is one that the client kept from an earlier session
				long position = (processed != null) ? Math.max(processed, session.connectPosition()) : 0;
				if (processed != null && session.complete(position, session.memberships(), this.log)) {
					claimed(session, true);
					return SessionClaims.Outcome
						.restored(new RestoredSession(session, dataFor(session), position, held));
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

	// Every event of this session that moves the client's offset carries one of this log:
	// a client that has none, or still one of another run of the server, has processed
	// none
	private @Nullable Long processed(AwaySession session, @Nullable String offset) {
		return (offset == null || this.log.foreign(offset)) ? Long.valueOf(session.connectPosition())
				: this.log.position(offset);
	}

	// Middlewares may refuse the socket, and have changed nothing then
	private ConcurrentMap<String, Object> dataFor(AwaySession session) {
		return this.options.skipMiddlewares() ? session.data() : new DraftData(session.data());
	}

	private @Nullable AwaySession find(StoredSession stored) {
		AwaySession session = this.away.byPrivateId(stored.privateId());
		if (session == null) { // it comes from another node or run
			session = AwaySession.of(stored, this.log);
			if (session != null) {
				add(session);
			}
		}
		return session;
	}

}
