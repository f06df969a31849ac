package com.example.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;

@Component
class MapSessionStore implements SessionStore {

	private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

	private final Clock clock;

	@Autowired
	MapSessionStore() {
		this(Clock.systemUTC());
	}

	MapSessionStore(Clock clock) {
		this.clock = clock;
	}

	@Override
	public Mono<Void> save(StoredSession session, Duration timeToLive) {
		return Mono.fromRunnable(() -> {
			Instant now = this.clock.instant();
			this.entries.values().removeIf((entry) -> entry.expiry().isBefore(now));
			this.entries.put(new Key(session.namespace(), session.privateId()),
					new Entry(session, now.plus(timeToLive)));
		});
	}

	@Override
	public Mono<StoredSession> claim(String namespace, String privateId) {
		// Removing is atomic: of many claims at once only one gets the session
		return Mono.fromSupplier(() -> this.entries.remove(new Key(namespace, privateId)))
			.filter((entry) -> !entry.expiry().isBefore(this.clock.instant()))
			.map(Entry::session);
	}

	private record Key(String namespace, String privateId) {

	}

	private record Entry(StoredSession session, Instant expiry) {

	}

}
