package io.socketio.server;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.socketio.adapter.Audience;

/**
 * The sessions of one namespace whose client is away, by their ids and by their rooms:
 * they are still members. Guarded by the namespace's sequencer.
 */
final class AwaySessions {

	private final Map<String, AwaySession> byPrivateId = new LinkedHashMap<>();

	private final Map<String, AwaySession> byId = new HashMap<>();

	private final Map<String, Set<AwaySession>> byRoom = new HashMap<>();

	/**
	 * Rooms that sockets have joined which are about to get a session, but may be
	 * refused: events to them must be kept, and nothing else.
	 */
	private final Map<String, Set<AwaySession>> byDraftRoom = new HashMap<>();

	void add(AwaySession session) {
		this.byPrivateId.put(session.privateId(), session);
		this.byId.put(session.id(), session);
		session.memberships().rooms().forEach((room) -> join(room, session));
	}

	/**
	 * Remove that very session.
	 * @param session the session
	 * @return {@code false} if it was not there any more
	 */
	boolean remove(AwaySession session) {
		if (!this.byPrivateId.remove(session.privateId(), session)) {
			return false;
		}
		this.byId.remove(session.id(), session);
		session.memberships().rooms().forEach((room) -> leave(room, session));
		leaveDraftRooms(session);
		return true;
	}

	void join(String room, AwaySession session) {
		if (!room.equals(session.id())) {
			add(this.byRoom, room, session);
		}
	}

	void leave(String room, AwaySession session) {
		remove(this.byRoom, room, session);
	}

	void joinDraft(String room, AwaySession session) {
		add(this.byDraftRoom, room, session);
	}

	void leaveDraft(String room, AwaySession session) {
		remove(this.byDraftRoom, room, session);
	}

	void leaveDraftRooms(AwaySession session) {
		Memberships draft = session.draft();
		if (draft != null) {
			draft.rooms().forEach((room) -> leaveDraft(room, session));
		}
	}

	private static void add(Map<String, Set<AwaySession>> rooms, String room, AwaySession session) {
		rooms.computeIfAbsent(room, (name) -> new LinkedHashSet<>(4)).add(session);
	}

	private static void remove(Map<String, Set<AwaySession>> rooms, String room, AwaySession session) {
		Set<AwaySession> members = rooms.get(room);
		if (members != null && members.remove(session) && members.isEmpty()) {
			rooms.remove(room);
		}
	}

	@Nullable AwaySession byPrivateId(String privateId) {
		return this.byPrivateId.get(privateId);
	}

	@Nullable AwaySession byId(String id) {
		return this.byId.get(id);
	}

	boolean contains(AwaySession session) {
		return this.byPrivateId.get(session.privateId()) == session;
	}

	boolean isEmpty() {
		return this.byPrivateId.isEmpty();
	}

	/**
	 * Whether an event may be for a session: an event that is for none need not be kept.
	 * @param rooms rooms of the event; empty for all sockets
	 * @return {@code false} if no session is in any of them
	 */
	boolean anyIn(Set<String> rooms) {
		if (rooms.isEmpty()) {
			return !this.byPrivateId.isEmpty();
		}
		for (String room : rooms) {
			if (this.byRoom.containsKey(room) || this.byDraftRoom.containsKey(room) || inOwnRoom(room) != null) {
				return true;
			}
		}
		return false;
	}

	Collection<AwaySession> find(Audience audience) {
		Set<AwaySession> found = new LinkedHashSet<>();
		if (audience.rooms().isEmpty()) {
			found.addAll(this.byPrivateId.values());
		}
		audience.rooms().forEach((room) -> found.addAll(members(room)));
		audience.except().forEach((room) -> members(room).forEach(found::remove));
		return found;
	}

	private Collection<AwaySession> members(String room) {
		Set<AwaySession> members = this.byRoom.getOrDefault(room, Set.of());
		AwaySession own = inOwnRoom(room);
		if (own == null) {
			return members;
		}
		Set<AwaySession> union = new LinkedHashSet<>(members);
		union.add(own);
		return List.copyOf(union);
	}

	private @Nullable AwaySession inOwnRoom(String room) {
		AwaySession own = this.byId.get(room);
		return (own != null && own.memberships().inOwnRoom()) ? own : null;
	}

}
