package io.socketio.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps changes of rooms, which are made under the namespace's sequencer, until they can
 * be told without it. One thread tells at a time, so that their order stays.
 */
final class RoomEvents {

	private static final Log logger = LogFactory.getLog(RoomEvents.class);

	private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

	private final Queue<Consumer<RoomListener>> changes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger telling = new AtomicInteger();

	void add(RoomListener listener) {
		this.listeners.add(listener);
	}

	boolean heard() {
		return !this.listeners.isEmpty();
	}

	void changed(Consumer<RoomListener> change) {
		this.changes.add(change);
	}

	/**
	 * Tell what has changed. Called without the sequencer.
	 */
	void tell() {
		if (this.changes.isEmpty() || this.telling.getAndIncrement() != 0) {
			return;
		}
		int told = 1;
		while (told != 0) {
			for (Consumer<RoomListener> change = this.changes.poll(); change != null; change = this.changes.poll()) {
				tell(change);
			}
			told = this.telling.addAndGet(-told);
		}
	}

	private void tell(Consumer<RoomListener> change) {
		for (RoomListener listener : this.listeners) {
			try {
				change.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.error("A listener of rooms failed", ex);
			}
		}
	}

}
