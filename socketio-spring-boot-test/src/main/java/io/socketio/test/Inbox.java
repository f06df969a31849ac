package io.socketio.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where the events of a socket wait for the test, and the test for the socket. Its lock
 * guards the whole state of the socket.
 */
final class Inbox {

	private final Lock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final List<ReceivedEvent> events = new ArrayList<>();

	private final String namespace;

	private volatile Duration timeout;

	private @Nullable String end;

	/**
	 * Create an inbox.
	 * @param namespace name of the namespace, for messages
	 * @param timeout how long to wait
	 */
	Inbox(String namespace, Duration timeout) {
		this.namespace = namespace;
		this.timeout = timeout;
	}

	void timeout(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Change the state of the socket.
	 * @param change the change, which must not wait
	 */
	void change(Runnable change) {
		get(() -> {
			change.run();
			this.changed.signalAll();
			return true;
		});
	}

	/**
	 * Read the state of the socket.
	 * @param <T> what to read
	 * @param state reads it
	 * @return the outcome
	 */
	<T extends @Nullable Object> T get(Supplier<T> state) {
		this.lock.lock();
		try {
			return state.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for a state of the socket.
	 * @param <T> what to wait for
	 * @param what what is missing if it does not come, as the beginning of a message
	 * @param state returns it, or {@code null} as long as it is not there
	 * @return the outcome
	 * @throws AssertionError if the time is over or nothing more can arrive
	 */
	<T> T await(String what, Supplier<@Nullable T> state) {
		Duration limit = this.timeout;
		long remaining = limit.toNanos();
		this.lock.lock();
		try {
			while (true) {
				T outcome = state.get();
				if (outcome != null) {
					return outcome;
				}
				if (this.end != null) {
					throw failure(what, ": the connection ended (" + this.end + ")");
				}
				if (remaining <= 0) {
					throw failure(what, " within " + limit.toMillis() + " ms");
				}
				remaining = this.changed.awaitNanos(remaining);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(what, ": the thread was interrupted");
		}
		finally {
			this.lock.unlock();
		}
	}

	private AssertionError failure(String what, String why) {
		String arrived = get(() -> this.events.stream().map(ReceivedEvent::summary).collect(Collectors.joining(", ")));
		return new AssertionError(what + " on namespace '" + this.namespace + "'" + why + ". "
				+ (arrived.isEmpty() ? "No event is there to be taken." : "Events to be taken: " + arrived));
	}

	/**
	 * Put an event in.
	 * @param event the event
	 */
	void add(ReceivedEvent event) {
		change(() -> this.events.add(event));
	}

	/**
	 * Take an event out, and wait for it.
	 * @param what what is missing if it does not come
	 * @param wanted which event it is; the first one is taken
	 * @return the event
	 * @throws AssertionError if the time is over or nothing more can arrive
	 */
	TestEvent take(String what, Predicate<TestEvent> wanted) {
		return this.<TestEvent>await(what, () -> {
			Iterator<ReceivedEvent> candidates = this.events.iterator();
			while (candidates.hasNext()) {
				TestEvent candidate = candidates.next();
				if (wanted.test(candidate)) {
					candidates.remove();
					return candidate;
				}
			}
			return null;
		});
	}

	/**
	 * Take all events out.
	 * @return the events
	 */
	List<TestEvent> takeAll() {
		return get(() -> {
			List<TestEvent> taken = List.copyOf(this.events);
			this.events.clear();
			return taken;
		});
	}

	/**
	 * Make sure that no such event is there.
	 * @param what what is not expected, as the beginning of a message
	 * @param unwanted which event is not expected
	 * @throws AssertionError if there is one
	 */
	void checkNone(String what, Predicate<TestEvent> unwanted) {
		if (get(() -> this.events.stream().anyMatch(unwanted))) {
			throw failure(what, "");
		}
	}

	/**
	 * Nothing more can arrive, or again something can.
	 * @param reason why, or {@code null} if something can
	 */
	void end(@Nullable String reason) {
		change(() -> this.end = reason);
	}

	/**
	 * Why nothing more can arrive.
	 * @return the reason, or {@code null} if something can
	 */
	@Nullable String end() {
		return get(() -> this.end);
	}

}
