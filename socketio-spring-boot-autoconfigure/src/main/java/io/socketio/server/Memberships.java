package io.socketio.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.socketio.recovery.EventLog;
import io.socketio.recovery.LoggedEvent;
import io.socketio.recovery.StoredSession;
import io.socketio.recovery.StoredSession.Membership;

/**
 * The rooms of one socket, and since and until which event it was in them, so that
 * recovery can tell which events were addressed to it. Guarded by the namespace's
 * sequencer.
 */
final class Memberships implements EventLog.Recipient {

	/**
	 * How many ended memberships are remembered; beyond it recovery of older events is
	 * refused.
	 */
	private static final int MAX_PAST = 1024;

	private final String ownRoom;

	/**
	 * Rooms, with the last event before each was joined.
	 */
	private final Map<String, Long> current = new LinkedHashMap<>(4);

	private @Nullable List<Past> past;

	/**
	 * Memberships that ended by this event may be forgotten.
	 */
	private long completeSince;

	Memberships(String ownRoom) {
		this.ownRoom = ownRoom;
	}

	/**
	 * A copy that changes by itself.
	 * @return the copy
	 */
	Memberships copy() {
		Memberships copy = new Memberships(this.ownRoom);
		copy.current.putAll(this.current);
		copy.past = (this.past != null) ? new ArrayList<>(this.past) : null;
		copy.completeSince = this.completeSince;
		return copy;
	}

	/**
	 * Take memberships from a stored session.
	 * @param session the session
	 * @param log the log its offsets are of
	 * @return the memberships, or {@code null} if an offset is not of this log
	 */
	static @Nullable Memberships restore(StoredSession session, EventLog<?> log) {
		Memberships memberships = new Memberships(session.id());
		Long completeSince = log.position(session.membershipsSince());
		if (completeSince == null) {
			return null;
		}
		memberships.completeSince = completeSince;
		for (Membership membership : session.memberships()) {
			Long joined = log.position(membership.joined());
			Long left = (membership.left() != null) ? log.position(membership.left()) : null;
			if (joined == null || (left == null && membership.left() != null)) {
				return null;
			}
			if (left == null) {
				memberships.current.put(membership.room(), joined);
			}
			else {
				memberships.remember(new Past(membership.room(), joined, left));
			}
		}
		return memberships;
	}

	List<Membership> store(EventLog<?> log) {
		List<Membership> memberships = new ArrayList<>();
		if (this.past != null) {
			this.past.forEach((span) -> memberships
				.add(new Membership(span.room, log.offset(span.joined), log.offset(span.left))));
		}
		this.current.forEach((room, joined) -> memberships.add(new Membership(room, log.offset(joined), null)));
		return memberships;
	}

	/**
	 * Position of the last event for which memberships may have been forgotten.
	 * @return the position
	 */
	long completeSince() {
		return this.completeSince;
	}

	/**
	 * Whether there is room for more.
	 * @param rooms rooms to join
	 * @param max how many rooms the socket may be in
	 * @return {@code false} if it would be in more than that
	 */
	boolean fits(Collection<String> rooms, int max) {
		if (this.current.size() + rooms.size() <= max) {
			return true;
		}
		Set<String> union = new HashSet<>(this.current.keySet());
		union.addAll(rooms);
		return union.size() <= Math.max(max, this.current.size());
	}

	boolean join(String room, long position) {
		return this.current.putIfAbsent(room, position) == null;
	}

	boolean leave(String room, @Nullable EventLog<?> log) {
		Long joined = this.current.remove(room);
		if (joined == null) {
			return false;
		}
		if (log != null && joined < log.last()) {
			forget(log);
			remember(new Past(room, joined, log.last()));
		}
		return true;
	}

	private void remember(Past span) {
		if (this.past == null) {
			this.past = new ArrayList<>(2);
		}
		if (this.past.size() == MAX_PAST) {
			this.completeSince = Math.max(this.completeSince, this.past.remove(0).left);
		}
		this.past.add(span);
	}

	// Memberships that ended before the oldest event still logged are of no use any more
	private void forget(EventLog<?> log) {
		if (this.past != null) {
			this.past.removeIf((span) -> !log.reachesBackTo(span.left - 1));
		}
	}

	/**
	 * Whether it is known which events after a position were addressed to the socket.
	 * @param position the position
	 * @return {@code false} if memberships had to be forgotten
	 */
	boolean completeAfter(long position) {
		return position >= this.completeSince;
	}

	@Override
	public void forEachMembership(EventLog.MembershipVisitor visitor) {
		this.current.forEach((room, joined) -> visitor.visit(room, joined, Long.MAX_VALUE));
		if (this.past != null) {
			this.past.forEach((span) -> visitor.visit(span.room, span.joined, span.left));
		}
	}

	@Override
	public boolean excludedFrom(LoggedEvent<?> event) {
		return anyMember(event.except(), event.position());
	}

	private boolean anyMember(Set<String> rooms, long position) {
		for (String room : rooms) {
			if (member(room, position)) {
				return true;
			}
		}
		return false;
	}

	private boolean member(String room, long position) {
		Long joined = this.current.get(room);
		if (joined != null && position > joined) {
			return true;
		}
		if (this.past != null) {
			for (Past span : this.past) {
				if (span.room.equals(room) && position > span.joined && position <= span.left) {
					return true;
				}
			}
		}
		return false;
	}

	boolean contains(String room) {
		return this.current.containsKey(room);
	}

	boolean inOwnRoom() {
		return contains(this.ownRoom);
	}

	Set<String> rooms() {
		return new LinkedHashSet<>(this.current.keySet());
	}

	private record Past(String room, long joined, long left) {

	}

}
