package io.socketio.server;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.socketio.adapter.Audience;

/**
 * Who is where: the connected sockets of a namespace and the members of its rooms.
 * Guarded by the namespace's sequencer.
 * <p>
 * The room that only holds the socket it is named after costs nothing here: it is found
 * by the socket's id.
 */
final class Rooms {

	private final Group everyone = new Group();

	private final Map<String, Group> rooms = new HashMap<>();

	private final RoomEvents events;

	Rooms(RoomEvents events) {
		this.events = events;
	}

	void add(DefaultSocket socket) {
		this.everyone.add(socket);
		socket.memberships().rooms().forEach((room) -> join(room, socket));
	}

	void join(String room, DefaultSocket socket) {
		boolean created = this.events.heard() && members(room, socket).length == 0;
		if (!room.equals(socket.id())) {
			this.rooms.computeIfAbsent(room, (name) -> new Group()).add(socket);
		}
		if (this.events.heard()) {
			if (created) {
				this.events.changed((listener) -> listener.created(room));
			}
			this.events.changed((listener) -> listener.joined(room, socket.id()));
		}
	}

	void leave(String room, DefaultSocket socket) {
		Group group = this.rooms.get(room);
		if (group != null && group.remove(socket)) {
			this.rooms.remove(room);
		}
		if (this.events.heard()) {
			this.events.changed((listener) -> listener.left(room, socket.id()));
			if (members(room, socket).length == 0) {
				this.events.changed((listener) -> listener.deleted(room));
			}
		}
	}

	void remove(DefaultSocket socket) {
		this.everyone.remove(socket);
		socket.memberships().rooms().forEach((room) -> leave(room, socket));
	}

	private DefaultSocket[] members(String room, DefaultSocket other) {
		return Arrays.stream(members(room)).filter((member) -> member != other).toArray(DefaultSocket[]::new);
	}

	DefaultSocket[] everyone() {
		return this.everyone.members();
	}

	@Nullable DefaultSocket find(String id) {
		return this.everyone.get(id);
	}

	/**
	 * Find the sockets an event is for.
	 * @param audience the audience
	 * @return the sockets, each once; not to be modified
	 */
	DefaultSocket[] find(Audience audience) {
		DefaultSocket[] included = included(audience.rooms());
		if (audience.except().isEmpty() || included.length == 0) {
			return included;
		}
		Set<DefaultSocket> remaining = identitySet();
		Collections.addAll(remaining, included);
		for (String room : audience.except()) {
			for (DefaultSocket socket : members(room)) {
				remaining.remove(socket);
			}
		}
		return (remaining.size() == included.length) ? included : remaining.toArray(new DefaultSocket[0]);
	}

	private DefaultSocket[] included(Set<String> names) {
		if (names.isEmpty()) {
			return this.everyone.members();
		}
		if (names.size() == 1) {
			return members(names.iterator().next());
		}
		Set<DefaultSocket> union = identitySet();
		names.forEach((name) -> Collections.addAll(union, members(name)));
		return union.toArray(new DefaultSocket[0]);
	}

	private DefaultSocket[] members(String room) {
		Group group = this.rooms.get(room);
		DefaultSocket own = this.everyone.get(room);
		if (own == null || !own.memberships().inOwnRoom()) {
			return (group != null) ? group.members() : Group.NONE;
		}
		if (group == null) {
			return new DefaultSocket[] { own };
		}
		Set<DefaultSocket> union = identitySet();
		union.add(own);
		Collections.addAll(union, group.members());
		return union.toArray(new DefaultSocket[0]);
	}

	private static Set<DefaultSocket> identitySet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	/**
	 * Sockets by id, with an array of them that is made when it is needed: broadcasts are
	 * more frequent than changes.
	 */
	private static final class Group {

		private static final DefaultSocket[] NONE = {};

		private final Map<String, DefaultSocket> sockets = new LinkedHashMap<>(4);

		private DefaultSocket @Nullable [] members;

		void add(DefaultSocket socket) {
			this.sockets.put(socket.id(), socket);
			this.members = null;
		}

		@Nullable DefaultSocket get(String id) {
			return this.sockets.get(id);
		}

		/**
		 * Remove that very socket, not another one with the same id.
		 * @param socket the socket
		 * @return whether the group is empty now
		 */
		boolean remove(DefaultSocket socket) {
			if (this.sockets.remove(socket.id(), socket)) {
				this.members = null;
			}
			return this.sockets.isEmpty();
		}

		DefaultSocket[] members() {
			DefaultSocket[] array = this.members;
			if (array == null) {
				array = this.sockets.values().toArray(NONE);
				this.members = array;
			}
			return array;
		}

	}

}
