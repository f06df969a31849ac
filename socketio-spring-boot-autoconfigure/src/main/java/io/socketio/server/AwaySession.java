package io.socketio.server;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers.Timeout;
import io.socketio.recovery.EventLog;
import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.StoredSession;

/**
 * State of a socket whose connection broke: what the store keeps, with offsets read as
 * positions of this node's log, and what does not leave the node. Guarded by the
 * namespace's sequencer.
 */
final class AwaySession {

	private final String id;

	private final String privateId;

	private final @Nullable String principal;

	private final ConcurrentMap<String, Object> data;

	private final Memberships memberships;

	/**
	 * Rooms as they are changed by a socket that is about to get the session, but may be
	 * refused.
	 */
	private @Nullable Memberships draft;

	private final PendingAcks acks;

	private final long connectPosition;

	private final long lastPosition;

	private final long disconnectPosition;

	private final Absence absence;

	private @Nullable Timeout expiry;

	/**
	 * Whether a client is about to get the session.
	 */
	private boolean claimed;

	private @Nullable RecoveryFailure givenUp;

	private final SessionSaver.Saves saves = new SessionSaver.Saves();

	private AwaySession(String id, String privateId, @Nullable String principal, ConcurrentMap<String, Object> data,
			Memberships memberships, PendingAcks acks, long connectPosition, long lastPosition, long disconnectPosition,
			Absence absence) {
		this.id = id;
		this.privateId = privateId;
		this.principal = principal;
		this.data = data;
		this.memberships = memberships;
		this.acks = acks;
		this.connectPosition = connectPosition;
		this.lastPosition = lastPosition;
		this.disconnectPosition = disconnectPosition;
		this.absence = absence;
	}

	static AwaySession of(DefaultSocket socket, String privateId, @Nullable String principal, long position) {
		return new AwaySession(socket.id(), privateId, principal, socket.data(), socket.memberships(), socket.acks(),
				socket.connectPosition(), socket.lastPosition(), position, Absence.beginning());
	}

	/**
	 * Read a session that another run or node has stored.
	 * @param session the session
	 * @param log the log
	 * @return the session, or {@code null} if its offsets are not of this log
	 */
	static @Nullable AwaySession of(StoredSession session, EventLog<?> log) {
		Memberships memberships = Memberships.restore(session, log);
		Long connected = log.position(session.connectOffset());
		Long last = log.position(session.lastOffset());
		Long disconnected = log.position(session.disconnectOffset());
		if (memberships == null || connected == null || last == null || disconnected == null) {
			return null;
		}
		return new AwaySession(session.id(), session.privateId(), session.principal(),
				new ConcurrentHashMap<>(session.data()), memberships, new PendingAcks(), connected, last, disconnected,
				Absence.since(session.disconnectedAt()));
	}

	StoredSession store(String namespace, EventLog<?> log) {
		return new StoredSession(namespace, this.id, this.privateId, this.principal, this.data,
				this.memberships.store(log), log.offset(this.memberships.completeSince()),
				log.offset(this.connectPosition), log.offset(this.lastPosition), log.offset(this.disconnectPosition),
				this.absence.since());
	}

	String id() {
		return this.id;
	}

	String privateId() {
		return this.privateId;
	}

	@Nullable String principal() {
		return this.principal;
	}

	ConcurrentMap<String, Object> data() {
		return this.data;
	}

	Memberships memberships() {
		return this.memberships;
	}

	@Nullable Memberships draft() {
		return this.draft;
	}

	void draft(@Nullable Memberships memberships) {
		this.draft = memberships;
	}

	PendingAcks acks() {
		return this.acks;
	}

	long connectPosition() {
		return this.connectPosition;
	}

	long lastPosition() {
		return this.lastPosition;
	}

	long disconnectPosition() {
		return this.disconnectPosition;
	}

	Absence absence() {
		return this.absence;
	}

	/**
	 * How long the client has been away.
	 * @return the time since the disconnect
	 */
	Duration age() {
		return this.absence.length();
	}

	/**
	 * How much longer the session is kept.
	 * @param limit how long a client may be away
	 * @return the time, not negative
	 */
	Duration timeLeft(Duration limit) {
		Duration left = limit.minus(age());
		return left.isNegative() ? Duration.ZERO : left;
	}

	/**
	 * Whether nothing is missing of what was addressed to the socket after a position.
	 * @param position position of the last event the client has processed
	 * @param of the socket's rooms
	 * @param log the log
	 * @return {@code true} if all of it is still there
	 */
	boolean complete(long position, Memberships of, EventLog<?> log) {
		// Where nothing was addressed to the socket between that event and the
		// disconnect,
		// only what came later matters
		long needed = (position >= this.lastPosition) ? Math.max(position, this.disconnectPosition) : position;
		return log.reachesBackTo(needed) && of.completeAfter(position);
	}

	boolean claimed() {
		return this.claimed;
	}

	void claimed(boolean value) {
		this.claimed = value;
	}

	void giveUp(RecoveryFailure reason) {
		this.givenUp = reason;
	}

	/**
	 * Why the session cannot be recovered any more.
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable RecoveryFailure givenUp() {
		return this.givenUp;
	}

	SessionSaver.Saves saves() {
		return this.saves;
	}

	void expiry(@Nullable Timeout timeout) {
		if (this.expiry != null) {
			this.expiry.cancel();
		}
		this.expiry = timeout;
	}

}
