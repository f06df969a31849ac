package io.socketio.recovery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * What the logs of all namespaces may take together. Beyond it the oldest events of all
 * go, whichever log has them. Usable from any thread.
 *
 * @since 0.1.0
 */
public final class LogBudget {

	/**
	 * When there is too much, this part of it goes at once, so that the logs are not
	 * searched for each event.
	 */
	private static final int SLACK = 64;

	/**
	 * Logs that have events.
	 */
	private final Set<EventLog<?>> logs = ConcurrentHashMap.newKeySet();

	private final long maxBytes;

	private final long maxEvents;

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong events = new AtomicLong();

	/**
	 * Create a budget.
	 * @param maxBytes limit of the bytes
	 * @param maxEvents limit of the number of events
	 */
	public LogBudget(long maxBytes, long maxEvents) {
		this.maxBytes = maxBytes;
		this.maxEvents = maxEvents;
	}

	void take(int cost) {
		this.bytes.addAndGet(cost);
		this.events.incrementAndGet();
	}

	void giveBack(int cost) {
		this.bytes.addAndGet(-cost);
		this.events.decrementAndGet();
	}

	void add(EventLog<?> log) {
		this.logs.add(log);
	}

	void remove(EventLog<?> log) {
		this.logs.remove(log);
	}

	/**
	 * Remove the oldest events of all logs, if there are too many. Takes the locks that
	 * guard the logs, one at a time: to be called without any of them, after events were
	 * appended.
	 */
	public void enforce() {
		if (this.bytes.get() > this.maxBytes || this.events.get() > this.maxEvents) {
			while (tight() && removeOldest()) {
				// until there is room, or nothing left
			}
		}
	}

	boolean tight() {
		return this.bytes.get() > this.maxBytes - this.maxBytes / SLACK
				|| this.events.get() > this.maxEvents - this.maxEvents / SLACK;
	}

	private boolean removeOldest() {
		EventLog<?> oldest = null;
		EventLog<?> next = null;
		for (EventLog<?> log : this.logs) {
			if (older(log, oldest)) {
				next = oldest;
				oldest = log;
			}
			else if (older(log, next)) {
				next = log;
			}
		}
		if (oldest == null) {
			return false;
		}
		oldest.removeUntil((next != null) ? next.oldestTime() : oldest.oldestTime());
		return true;
	}

	private static boolean older(EventLog<?> log, @Nullable EventLog<?> than) {
		return than == null || log.oldestTime() - than.oldestTime() < 0;
	}

	/**
	 * What all logs take now.
	 * @return bytes
	 */
	public long bytes() {
		return this.bytes.get();
	}

	/**
	 * Number of events in all logs.
	 * @return the number
	 */
	public long events() {
		return this.events.get();
	}

}
