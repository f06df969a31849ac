package io.socketio.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The events of one namespace that may have to be sent again, numbered from 1 without a
 * gap. Bounded in time, bytes and number; the oldest go first.
 * <p>
 * An event is kept once, whatever its audience, and indexed by its rooms, so that what
 * one socket missed is found without looking at what it did not.
 * <p>
 * An offset is a position in the log, written with a tag of this log in front, so that an
 * offset of another log or of another run of the server is told apart. It has a fixed
 * width and no order that clients could rely on. Not thread-safe: guarded by the
 * namespace's sequencer.
 *
 * @param <M> type of the messages
 * @since 0.1.0
 */
public final class EventLog<M> {

	/**
	 * An offset of the width that all have.
	 */
	public static final String OFFSET_PLACEHOLDER = "000000000000";

	private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{" + OFFSET_PLACEHOLDER.length() + "}");

	private static final int TAG_LENGTH = 4;

	private static final int POSITION_LENGTH = OFFSET_PLACEHOLDER.length() - TAG_LENGTH;

	private static final int BITS_PER_CHARACTER = 6;

	private static final int POSITION_BYTES = POSITION_LENGTH * BITS_PER_CHARACTER / Byte.SIZE;

	/**
	 * Memory that an event costs beside its bytes.
	 */
	private static final int OVERHEAD = 192;

	private final String tag = newTag();

	private final EventTrack<M> all = new EventTrack<>();

	private final EventTrack<M> everyone = new EventTrack<>();

	private final Map<String, EventTrack<M>> rooms = new HashMap<>();

	private final long retentionNanos;

	private final long maxBytes;

	private final int maxEvents;

	private final LogBudget budget;

	private final LongSupplier nanoClock;

	private final Object guard;

	/**
	 * When the oldest event was emitted. Read by any thread.
	 */
	private volatile long oldestTime;

	private long bytes;

	private long last;

	/**
	 * Position of the newest event that was removed.
	 */
	private long removed;

	/**
	 * Create a log.
	 * @param retention how long events are kept
	 * @param maxBytes limit of their bytes
	 * @param maxEvents limit of their number
	 * @param budget limits of all logs together
	 * @param nanoClock tells the time in nanoseconds, from any origin that all these logs
	 * share
	 * @param guard the lock under which the log is used; the budget takes it when the
	 * oldest event of all logs is in this one
	 */
	public EventLog(Duration retention, long maxBytes, int maxEvents, LogBudget budget, LongSupplier nanoClock,
			Object guard) {
		this.retentionNanos = retention.toNanos();
		this.maxBytes = maxBytes;
		this.maxEvents = maxEvents;
		this.budget = budget;
		this.nanoClock = nanoClock;
		this.guard = guard;
	}

	private static String newTag() {
		byte[] bytes = new byte[TAG_LENGTH * BITS_PER_CHARACTER / Byte.SIZE];
		ThreadLocalRandom.current().nextBytes(bytes); // tells logs apart, protects
														// nothing
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

	/**
	 * Position of the newest event, 0 before the first.
	 * @return the position
	 */
	public long last() {
		return this.last;
	}

	/**
	 * Append an event at position {@code last() + 1}. {@link LogBudget#enforce()} is to
	 * be called afterwards, without the lock that guards the log.
	 * @param rooms rooms whose members get it
	 * @param except rooms whose members do not
	 * @param conflationKey of the events with one key only the newest is sent again;
	 * {@code null} for none
	 * @param message the message, which carries the event's offset
	 * @param size size of the message in bytes
	 */
	public void append(Set<String> rooms, Set<String> except, @Nullable String conflationKey, M message, int size) {
		LoggedEvent<M> event = new LoggedEvent<>(++this.last, this.nanoClock.getAsLong(), rooms, except, conflationKey,
				message, size + OVERHEAD);
		if (this.all.isEmpty()) {
			this.oldestTime = event.time();
			this.budget.add(this);
		}
		this.all.addLast(event);
		if (rooms.isEmpty()) {
			this.everyone.addLast(event);
		}
		else {
			rooms.forEach((room) -> this.rooms.computeIfAbsent(room, (name) -> new EventTrack<>()).addLast(event));
		}
		this.bytes += event.cost();
		this.budget.take(event.cost());
		trim();
	}

	/**
	 * Remove events that are too old or too many.
	 */
	public void trim() {
		long now = this.nanoClock.getAsLong();
		while (!this.all.isEmpty() && (this.bytes > this.maxBytes || this.all.size() > this.maxEvents
				|| now - this.all.first().time() > this.retentionNanos)) {
			removeOldest();
		}
	}

	long oldestTime() {
		return this.oldestTime;
	}

	/**
	 * Remove events while the budget is tight. Takes the lock.
	 * @param time time of the newest event that may be removed
	 */
	void removeUntil(long time) {
		synchronized (this.guard) {
			while (!this.all.isEmpty() && this.all.first().time() - time <= 0 && this.budget.tight()) {
				removeOldest();
			}
		}
	}

	private void removeOldest() {
		LoggedEvent<M> oldest = this.all.removeFirst();
		this.removed = oldest.position();
		if (this.all.isEmpty()) {
			this.budget.remove(this);
		}
		else {
			this.oldestTime = this.all.first().time();
		}
		if (oldest.rooms().isEmpty()) {
			this.everyone.removeFirst();
		}
		for (String room : oldest.rooms()) {
			EventTrack<M> track = this.rooms.get(room);
			if (track != null) {
				track.removeFirst(); // tracks have the same order, so it is the oldest
										// there too
				if (track.isEmpty()) {
					this.rooms.remove(room);
				}
			}
		}
		this.bytes -= oldest.cost();
		this.budget.giveBack(oldest.cost());
	}

	/**
	 * Remove all events, as when the namespace is closed.
	 */
	public void clear() {
		while (!this.all.isEmpty()) {
			removeOldest();
		}
	}

	/**
	 * Whether all events after a position are still there.
	 * @param position the position
	 * @return {@code true} if none was removed
	 */
	public boolean reachesBackTo(long position) {
		return position >= this.removed;
	}

	/**
	 * Collect what one socket missed. Of events with the same conflation key only the
	 * newest is part of it.
	 * @param position the position after which to start; the log must reach back to it
	 * @param recipient tells which events were addressed to the socket
	 * @return the events, oldest first
	 */
	public List<LoggedEvent<M>> missed(long position, Recipient recipient) {
		List<LoggedEvent<M>> found = new ArrayList<>();
		Consumer<LoggedEvent<M>> collector = (event) -> {
			if (!recipient.excludedFrom(event)) {
				found.add(event);
			}
		};
		this.everyone.forEach(position, this.last, collector);
		recipient.forEachMembership((room, joined, left) -> {
			EventTrack<M> track = this.rooms.get(room);
			if (track != null) {
				track.forEach(Math.max(position, joined), left, collector);
			}
		});
		found.sort(Comparator.comparingLong(LoggedEvent::position));
		return distinct(found);
	}

	// One event may be found by several rooms, and several events may share a key
	private List<LoggedEvent<M>> distinct(List<LoggedEvent<M>> sorted) {
		List<LoggedEvent<M>> distinct = new ArrayList<>(sorted.size());
		Set<String> keys = new HashSet<>();
		for (int i = sorted.size() - 1; i >= 0; i--) {
			LoggedEvent<M> event = sorted.get(i);
			boolean again = i + 1 < sorted.size() && sorted.get(i + 1) == event;
			if (!again && (event.conflationKey() == null || keys.add(event.conflationKey()))) {
				distinct.add(event);
			}
		}
		Collections.reverse(distinct);
		return distinct;
	}

	/**
	 * Write a position as an offset for clients.
	 * @param position the position
	 * @return the offset
	 */
	public String offset(long position) {
		byte[] number = new byte[POSITION_BYTES];
		for (int i = 0; i < POSITION_BYTES; i++) {
			number[POSITION_BYTES - 1 - i] = (byte) (position >>> (Byte.SIZE * i));
		}
		return this.tag + Base64.getUrlEncoder().encodeToString(number);
	}

	/**
	 * Read an offset that a client sent.
	 * @param offset the offset
	 * @return the position, or {@code null} if it is none of this log
	 */
	public @Nullable Long position(String offset) {
		if (offset.length() != OFFSET_PLACEHOLDER.length() || !offset.startsWith(this.tag)) {
			return null;
		}
		try {
			byte[] number = Base64.getUrlDecoder().decode(offset.substring(TAG_LENGTH));
			if (number.length != POSITION_BYTES) {
				return null; // padded
			}
			long position = 0;
			for (byte part : number) {
				position = (position << Byte.SIZE) | (part & 0xFF);
			}
			return (position <= this.last) ? position : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Whether an offset is one of another log, or of another run of the server: written
	 * as ours are, with another tag.
	 * @param offset the offset
	 * @return {@code true} if it looks like one
	 */
	public boolean foreign(String offset) {
		return FORMAT.matcher(offset).matches() && !offset.startsWith(this.tag);
	}

	/**
	 * Number of events kept.
	 * @return the number
	 */
	public int size() {
		return this.all.size();
	}

	/**
	 * Number of rooms that have events.
	 * @return the number
	 */
	public int roomCount() {
		return this.rooms.size();
	}

	/**
	 * What the events cost, in bytes.
	 * @return bytes
	 */
	public long bytes() {
		return this.bytes;
	}

	/**
	 * A socket as the log sees it.
	 */
	public interface Recipient {

		/**
		 * Visit the spans in which the socket was a member of rooms.
		 * @param visitor gets each span
		 */
		void forEachMembership(MembershipVisitor visitor);

		/**
		 * Whether the socket was left out of an event, as a member of a room that did not
		 * get it.
		 * @param event the event
		 * @return {@code true} if it was
		 */
		boolean excludedFrom(LoggedEvent<?> event);

	}

	/**
	 * Gets the spans in which a socket was a member of rooms.
	 */
	@FunctionalInterface
	public interface MembershipVisitor {

		/**
		 * Visit a span.
		 * @param room name of the room
		 * @param joined position of the last event before it
		 * @param left position of its last event
		 */
		void visit(String room, long joined, long left);

	}

}
