package io.socketio.adapter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whom an event is for: the members of rooms (all sockets of the namespace when there are
 * none) but those of other rooms. Immutable.
 *
 * @param rooms rooms whose members get the event
 * @param except rooms whose members do not
 * @since 0.1.0
 */
public record Audience(Set<String> rooms, Set<String> except) {

	/**
	 * All sockets of a namespace.
	 */
	public static final Audience ALL = new Audience(Set.of(), Set.of());

	/**
	 * Add rooms.
	 * @param added the rooms
	 * @return a new audience
	 */
	public Audience to(Collection<String> added) {
		return new Audience(union(this.rooms, added), this.except);
	}

	/**
	 * Leave out rooms.
	 * @param added the rooms
	 * @return a new audience
	 */
	public Audience except(Collection<String> added) {
		return new Audience(this.rooms, union(this.except, added));
	}

	private static Set<String> union(Set<String> present, Collection<String> added) {
		if (present.isEmpty() && added.size() == 1) {
			return Set.of(added.iterator().next());
		}
		Set<String> union = new LinkedHashSet<>(present);
		union.addAll(added);
		return union;
	}

}
