package io.socketio.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Messages of one connection that are not written yet, bounded in bytes. Filled by any
 * thread, emptied by the connection's lane. The order of {@link #offer} is the order of
 * writing.
 *
 * @since 0.1.0
 */
public final class OutboundQueue {

	private static final int INITIAL_CAPACITY = 4;

	private final long maxBytes;

	private final ArrayDeque<EngineMessage> messages = new ArrayDeque<>(INITIAL_CAPACITY);

	private final List<Mark> marks = new ArrayList<>(0);

	private long taken;

	private long bytes;

	/**
	 * Bytes at the head of the queue that the limit does not hold for.
	 */
	private long exempt;

	/**
	 * Set from the first message on an empty queue until the lane finds it empty again: a
	 * drain is scheduled, or the transport will ask for one when it can write.
	 */
	private boolean draining;

	private boolean closed;

	OutboundQueue(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * What became of an offered message.
	 */
	enum Offer {

		/** Queued; the caller must schedule a drain. */
		SCHEDULE,

		/** Queued; a drain will come. */
		QUEUED,

		/** Not queued, since the connection is closed. */
		DROPPED,

		/** Not queued, since it would exceed the limit. */
		OVERFLOW

	}

	synchronized Offer offer(EngineMessage message) {
		if (this.closed) {
			return Offer.DROPPED;
		}
		if (this.bytes - this.exempt + message.cost() > this.maxBytes && !this.messages.isEmpty()) {
			return Offer.OVERFLOW;
		}
		return add(message);
	}

	synchronized Offer offerUnbounded(EngineMessage message) {
		if (this.closed) {
			return Offer.DROPPED;
		}
		this.exempt += message.cost();
		return add(message);
	}

	// Queues a message only if none waits
	synchronized Offer offerIfIdle(EngineMessage message) {
		return (this.closed || !this.messages.isEmpty()) ? Offer.DROPPED : add(message);
	}

	private Offer add(EngineMessage message) {
		this.messages.addLast(message);
		this.bytes += message.cost();
		if (this.draining) {
			return Offer.QUEUED;
		}
		this.draining = true;
		return Offer.SCHEDULE;
	}

	/**
	 * Add a callback for the moment when all that is queued now was taken.
	 * @param callback called at once if nothing is queued, else by the one who takes the
	 * last message or clears the queue
	 */
	void whenTaken(Runnable callback) {
		synchronized (this) {
			if (!this.messages.isEmpty()) {
				this.marks.add(new Mark(this.taken + this.messages.size(), callback));
				return;
			}
		}
		callback.run();
	}

	/**
	 * Take the next message. Called on the lane; {@code null} ends the drain.
	 * @return the message, or {@code null} if there is none
	 */
	public @Nullable EngineMessage poll() {
		List<Mark> reached = List.of();
		EngineMessage message;
		synchronized (this) {
			message = take();
			if (!this.marks.isEmpty() && this.marks.get(0).count <= this.taken) {
				reached = this.marks.stream().filter((mark) -> mark.count <= this.taken).toList();
				this.marks.removeAll(reached);
			}
		}
		reached.forEach((mark) -> mark.callback.run());
		return message;
	}

	private @Nullable EngineMessage take() {
		EngineMessage message = this.messages.pollFirst();
		if (message == null) {
			this.draining = false;
			return null;
		}
		this.taken++;
		this.bytes -= message.cost();
		this.exempt = Math.max(0, this.exempt - message.cost());
		return message;
	}

	/**
	 * Whether no message waits.
	 * @return {@code true} if there is none
	 */
	public synchronized boolean isEmpty() {
		return this.messages.isEmpty();
	}

	/**
	 * Take no further messages; those queued can still be taken out.
	 */
	synchronized void close() {
		this.closed = true;
	}

	void clear() {
		List<Mark> open;
		synchronized (this) {
			this.closed = true;
			this.messages.clear();
			this.bytes = 0;
			open = List.copyOf(this.marks);
			this.marks.clear();
		}
		open.forEach((mark) -> mark.callback.run());
	}

	/**
	 * A callback for a moment.
	 *
	 * @param count how many messages are taken then
	 * @param callback the callback
	 */
	private record Mark(long count, Runnable callback) {

	}

}
