package io.socketio.recovery;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Settings of connection state recovery. Immutable.
 *
 * @param maxDisconnectionDuration how long a session is kept after its connection broke
 * @param skipMiddlewares whether middlewares are skipped for recovered sockets
 * @param maxLogBytes limit of the events kept for one namespace, in bytes
 * @param maxLogEvents limit of the number of events kept for one namespace
 * @param maxTotalLogBytes limit of the events kept for all namespaces, in bytes
 * @param maxTotalLogEvents limit of the number of events kept for all namespaces
 * @param maxSessions limit of the number of sessions kept, for all namespaces
 * @param maxConcurrentReplays how many clients are sent what they missed at the same time
 * @param storeTimeout how long the session store may take to save or to hand out a
 * session
 * @since 0.1.0
 */
public record RecoveryOptions(Duration maxDisconnectionDuration, boolean skipMiddlewares, long maxLogBytes,
		int maxLogEvents, long maxTotalLogBytes, long maxTotalLogEvents, int maxSessions, int maxConcurrentReplays,
		Duration storeTimeout) {

	/**
	 * Create settings.
	 * @param maxDisconnectionDuration how long a session is kept after its connection
	 * broke
	 * @param skipMiddlewares whether middlewares are skipped for recovered sockets
	 * @param maxLogBytes limit of the events kept for one namespace, in bytes
	 * @param maxLogEvents limit of the number of events kept for one namespace
	 * @param maxTotalLogBytes limit of the events kept for all namespaces, in bytes
	 * @param maxTotalLogEvents limit of the number of events kept for all namespaces
	 * @param maxSessions limit of the number of sessions kept, for all namespaces
	 * @param maxConcurrentReplays how many clients are sent what they missed at the same
	 * time
	 * @param storeTimeout how long the session store may take to save or to hand out a
	 * session
	 */
	public RecoveryOptions {
		Assert.isTrue(maxDisconnectionDuration.toMillis() > 0, "maxDisconnectionDuration must be at least 1 ms");
		Assert.isTrue(maxLogBytes > 0, "maxLogBytes must be positive");
		Assert.isTrue(maxLogEvents > 0, "maxLogEvents must be positive");
		Assert.isTrue(maxTotalLogBytes > 0, "maxTotalLogBytes must be positive");
		Assert.isTrue(maxTotalLogEvents > 0, "maxTotalLogEvents must be positive");
		Assert.isTrue(maxSessions > 0, "maxSessions must be positive");
		Assert.isTrue(maxConcurrentReplays > 0, "maxConcurrentReplays must be positive");
		Assert.isTrue(storeTimeout.toMillis() > 0, "storeTimeout must be at least 1 ms");
	}

	/**
	 * The defaults: two minutes, middlewares skipped, 64 MiB and 1,000,000 events for
	 * each namespace, 256 MiB and 4,000,000 events for all, 100,000 sessions, 256 replays
	 * at a time, 5 seconds for the store.
	 * @return the defaults
	 */
	public static RecoveryOptions defaults() {
		return new RecoveryOptions(Duration.ofMinutes(2), true, 64L * 1024 * 1024, 1_000_000, 256L * 1024 * 1024,
				4_000_000, 100_000, 256, Duration.ofSeconds(5));
	}

}
