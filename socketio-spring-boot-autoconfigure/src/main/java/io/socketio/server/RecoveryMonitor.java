package io.socketio.server;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.RecoveryStatistics;
import io.socketio.recovery.SessionExpiredEvent;
import io.socketio.recovery.SessionNotRecoveredEvent;
import io.socketio.recovery.SessionRecoveredEvent;

/**
 * Tells the application what becomes of recoveries: counts, application events, and a
 * line in the log for each reason of failure, once a minute at most.
 */
final class RecoveryMonitor {

	private static final Log logger = LogFactory.getLog(RecoveryMonitor.class);

	private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final RecoveryStatistics statistics = new RecoveryStatistics();

	private final RecoveryEvents events;

	private final AtomicLongArray nextLine;

	RecoveryMonitor(RecoveryEvents events) {
		this.events = events;
		long[] now = new long[RecoveryFailure.values().length];
		Arrays.fill(now, System.nanoTime());
		this.nextLine = new AtomicLongArray(now);
	}

	RecoveryStatistics statistics() {
		return this.statistics;
	}

	void recovered(String namespace, AwaySession session, int missedEvents) {
		this.statistics.countRecovered(missedEvents);
		this.events.publish(new SessionRecoveredEvent(namespace, session.id(), missedEvents, session.age()));
	}

	void notRecovered(String namespace, @Nullable String socketId, RecoveryFailure reason) {
		this.statistics.countFailure(reason);
		long now = System.nanoTime();
		long next = this.nextLine.get(reason.ordinal());
		if (now - next >= 0 && this.nextLine.compareAndSet(reason.ordinal(), next, now + LOG_INTERVAL)) {
			logger.info("A client of namespace " + namespace + " was not recovered: " + reason + " ("
					+ this.statistics.failures(reason) + " so far, told once a minute at most)");
		}
		this.events.publish(new SessionNotRecoveredEvent(namespace, socketId, reason));
	}

	void expired(String namespace, AwaySession session, Set<String> rooms, RecoveryFailure reason) {
		this.statistics.countExpired();
		this.events.publishLater(new SessionExpiredEvent(namespace, session.id(), rooms, session.data(), reason));
	}

	void close() {
		this.events.close();
	}

}
