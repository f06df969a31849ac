package io.socketio.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;

import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;

/**
 * A user's own store: keeps note of its calls, and answers when and as the test wants.
 */
public class TestSessionStore implements SessionStore {

	/**
	 * What was saved, in that order.
	 */
	public final List<StoredSession> saved = new CopyOnWriteArrayList<>();

	/**
	 * How long to keep it.
	 */
	public final List<Duration> timesToLive = new CopyOnWriteArrayList<>();

	/**
	 * What was asked for: namespace and private id.
	 */
	public final List<String> claims = new CopyOnWriteArrayList<>();

	private final AtomicReference<Duration> elapsed = new AtomicReference<>(Duration.ZERO);

	private final InMemorySessionStore delegate = new InMemorySessionStore(1000, new ShiftedClock());

	/**
	 * Completes before a session is saved.
	 */
	public volatile Mono<Void> beforeSave = Mono.empty();

	/**
	 * Completes before a session is claimed.
	 */
	public volatile Mono<Void> beforeClaim = Mono.empty();

	@Override
	public Mono<Void> save(StoredSession session, Duration timeToLive) {
		return this.beforeSave.then(Mono.defer(() -> {
			this.saved.add(session);
			this.timesToLive.add(timeToLive);
			return this.delegate.save(session, timeToLive);
		}));
	}

	@Override
	public Mono<StoredSession> claim(String namespace, String privateId) {
		this.claims.add(namespace + " " + privateId);
		return this.beforeClaim.then(Mono.defer(() -> this.delegate.claim(namespace, privateId)));
	}

	/**
	 * Let time pass for the sessions kept here.
	 * @param duration the time
	 */
	public void elapse(Duration duration) {
		this.elapsed.updateAndGet(duration::plus);
	}

	private final class ShiftedClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.now().plus(TestSessionStore.this.elapsed.get());
		}

	}

}
