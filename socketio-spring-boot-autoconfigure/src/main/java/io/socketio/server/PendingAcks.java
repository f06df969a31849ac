package io.socketio.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.socketio.engine.EngineMessage;

/**
 * Acknowledgements that one client still owes. Survives with the session, so that the
 * events can be sent again after a recovery. Usable from any thread.
 */
final class PendingAcks {

	private final Map<Long, Pending> pending = new ConcurrentHashMap<>(2);

	/**
	 * Number of events so far. Guarded by the namespace's sequencer.
	 */
	private long count;

	/**
	 * Wait for an acknowledgement until it is removed. Called in the order of emitting.
	 * @param event the event that asks for it
	 * @param waiting gets the acknowledgement
	 */
	void add(Event event, Consumer<EventArguments> waiting) {
		this.pending.put(event.id(), new Pending(event, this.count++, waiting));
	}

	/**
	 * Wait no longer.
	 * @param id the acknowledgement's id
	 */
	void remove(long id) {
		this.pending.remove(id);
	}

	void complete(long id, EventArguments arguments) {
		Pending waiting = this.pending.remove(id);
		if (waiting != null) {
			waiting.callback.accept(arguments);
		}
	}

	/**
	 * The events that are not acknowledged.
	 * @return the events, in the order of emitting
	 */
	List<Event> events() {
		List<Pending> unanswered = new ArrayList<>(this.pending.values());
		// Not by their ids, which threads take before it is their turn
		unanswered.sort(Comparator.comparingLong(Pending::number));
		return unanswered.stream().map(Pending::event).toList();
	}

	/**
	 * An event that asks for an acknowledgement.
	 *
	 * @param id the acknowledgement's id
	 * @param position position of the newest logged event when it was emitted
	 * @param message the encoded event
	 */
	record Event(long id, long position, EngineMessage message) {

	}

	private record Pending(Event event, long number, Consumer<EventArguments> callback) {

	}

}
