package io.socketio.recovery;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the logs of all namespaces may take together. Usable from any thread.
 *
 * @since 0.1.0
 */
public final class LogBudget {

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

	boolean exceeded() {
		return this.bytes.get() > this.maxBytes || this.events.get() > this.maxEvents;
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
