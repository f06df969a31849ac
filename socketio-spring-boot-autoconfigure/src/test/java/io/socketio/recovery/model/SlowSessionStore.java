package io.socketio.recovery.model;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Mono;

import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;

/**
 * Answers late and on other threads, as a store on the network does.
 */
final class SlowSessionStore implements SessionStore {

	private final SessionStore delegate;

	SlowSessionStore(SessionStore delegate) {
		this.delegate = delegate;
	}

	@Override
	public Mono<Void> save(StoredSession session, Duration timeToLive) {
		return latency().then(this.delegate.save(session, timeToLive)).then(latency());
	}

	@Override
	public Mono<StoredSession> claim(String namespace, String privateId) {
		return latency().then(this.delegate.claim(namespace, privateId))
			.flatMap((session) -> latency().thenReturn(session))
			.switchIfEmpty(latency().then(Mono.empty()));
	}

	private static Mono<Void> latency() {
		return Mono.defer(() -> {
			long micros = ThreadLocalRandom.current().nextLong(3000);
			return (micros < 300) ? Mono.empty() : Mono.delay(Duration.ofNanos(micros * 1000)).then();
		});
	}

}
