package io.socketio.recovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps sessions in memory, bounded in number: beyond the limit the oldest go first.
 *
 * @since 0.1.0
 */
public final class InMemorySessionStore implements SessionStore {

	private final int maxSessions;

	private final Clock clock;

	/**
	 * In the order of saving, which is the order of expiry where all live equally long.
	 */
	private final Map<Key, Entry> sessions = new LinkedHashMap<>();

	/**
	 * Create a store.
	 * @param maxSessions limit of the number of sessions
	 * @param clock tells the time
	 */
	public InMemorySessionStore(int maxSessions, Clock clock) {
		this.maxSessions = maxSessions;
		this.clock = clock;
	}

	@Override
	public Mono<Void> save(StoredSession session, Duration timeToLive) {
		return Mono.fromRunnable(() -> put(session, this.clock.instant().plus(timeToLive)));
	}

	private synchronized void put(StoredSession session, Instant expiry) {
		removeExpired();
		Key key = new Key(session.namespace(), session.privateId());
		this.sessions.remove(key);
		this.sessions.put(key, new Entry(session, expiry));
		if (this.sessions.size() > this.maxSessions) {
			Iterator<Entry> oldest = this.sessions.values().iterator();
			oldest.next();
			oldest.remove();
		}
	}

	@Override
	public Mono<StoredSession> claim(String namespace, String privateId) {
		return Mono.fromSupplier(() -> take(new Key(namespace, privateId)));
	}

	private synchronized @Nullable StoredSession take(Key key) {
		Entry entry = this.sessions.remove(key);
		return (entry != null && !entry.expiredAt(this.clock.instant())) ? entry.session : null;
	}

	/**
	 * Forget the sessions whose time has passed.
	 */
	public synchronized void removeExpired() {
		Instant now = this.clock.instant();
		Iterator<Entry> entries = this.sessions.values().iterator();
		while (entries.hasNext() && entries.next().expiredAt(now)) {
			entries.remove();
		}
	}

	/**
	 * Number of sessions kept.
	 * @return the number
	 */
	public synchronized int size() {
		return this.sessions.size();
	}

	private record Key(String namespace, String privateId) {

	}

	private record Entry(StoredSession session, Instant expiry) {

		boolean expiredAt(Instant now) {
			return now.isAfter(this.expiry);
		}

	}

}
