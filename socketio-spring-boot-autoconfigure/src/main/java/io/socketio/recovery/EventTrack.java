package io.socketio.recovery;

import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Events of one room in the order of their positions: a ring, so that both ends are cheap
 * and a position is found by binary search.
 *
 * @param <M> type of the messages
 */
final class EventTrack<M> {

	private static final int INITIAL_CAPACITY = 4;

	private @Nullable Object[] ring = new Object[INITIAL_CAPACITY];

	private int head;

	private int size;

	boolean isEmpty() {
		return this.size == 0;
	}

	int size() {
		return this.size;
	}

	void addLast(LoggedEvent<M> event) {
		if (this.size == this.ring.length) {
			@Nullable Object[] larger = Arrays.copyOfRange(this.ring, this.head, this.head + this.size * 2);
			System.arraycopy(this.ring, 0, larger, this.ring.length - this.head, this.head);
			this.ring = larger;
			this.head = 0;
		}
		this.ring[index(this.size++)] = event;
	}

	LoggedEvent<M> first() {
		return get(0);
	}

	LoggedEvent<M> removeFirst() {
		LoggedEvent<M> event = get(0);
		this.ring[this.head] = null;
		this.head = index(1);
		this.size--;
		return event;
	}

	/**
	 * Visit the events of a span.
	 * @param after the position before the span
	 * @param last the last position of the span
	 * @param visitor gets the events, oldest first
	 */
	void forEach(long after, long last, Consumer<LoggedEvent<M>> visitor) {
		for (int i = firstAfter(after); i < this.size; i++) {
			LoggedEvent<M> event = get(i);
			if (event.position() > last) {
				return;
			}
			visitor.accept(event);
		}
	}

	private int firstAfter(long position) {
		int low = 0;
		int high = this.size;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (get(middle).position() > position) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	private int index(int offset) {
		return (this.head + offset) & (this.ring.length - 1);
	}

	@SuppressWarnings("unchecked") // only events are added
	private LoggedEvent<M> get(int offset) {
		Object event = this.ring[index(offset)];
		if (event == null) {
			throw new IllegalStateException("No event at " + offset);
		}
		return (LoggedEvent<M>) event;
	}

}
