package io.socketio.server;

import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.adapter.Audience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rooms}.
 */
class RoomsTests {

	private final Rooms rooms = new Rooms(new RoomEvents());

	private final DefaultSocket first = added("first");

	private final DefaultSocket second = added("second");

	private final DefaultSocket third = added("third");

	private static DefaultSocket socket(String id, String... rooms) {
		DefaultSocket socket = new DefaultSocket(null, null, null, null, id, null, null);
		socket.memberships().join(id, 0);
		for (String room : rooms) {
			socket.memberships().join(room, 0);
		}
		return socket;
	}

	private DefaultSocket added(String id, String... names) {
		DefaultSocket socket = socket(id, names);
		this.rooms.add(socket);
		return socket;
	}

	private void join(DefaultSocket socket, String... names) {
		for (String room : names) {
			socket.memberships().join(room, 0);
			this.rooms.join(room, socket);
		}
	}

	private void leave(DefaultSocket socket, String room) {
		socket.memberships().leave(room, null);
		this.rooms.leave(room, socket);
	}

	private DefaultSocket[] find(Set<String> included, String... except) {
		return this.rooms.find(new Audience(included, Set.of(except)));
	}

	private DefaultSocket[] find(String... included) {
		return find(Set.of(included));
	}

	@Test
	@DisplayName("no room addresses everyone")
	void everyone() {
		assertThat(find()).containsExactly(this.first, this.second, this.third);
		assertThat(this.rooms.everyone()).containsExactly(this.first, this.second, this.third);
	}

	@Test
	@DisplayName("177. rooms address the union of their members, each once; unknown ones nobody")
	void union() {
		join(this.first, "a", "b");
		join(this.second, "b");
		assertThat(find("a")).containsExactly(this.first);
		assertThat(find("a", "b")).containsExactlyInAnyOrder(this.first, this.second);
		assertThat(find("b", "unknown")).containsExactlyInAnyOrder(this.first, this.second);
		assertThat(find("unknown")).isEmpty();
		assertThat(find("unknown", "unknown too")).isEmpty();
	}

	@Test
	@DisplayName("rooms that a socket brings along")
	void broughtAlong() {
		DefaultSocket fourth = added("fourth", "a");
		assertThat(find("a")).containsExactly(fourth);
		assertThat(find("fourth")).containsExactly(fourth);
	}

	@Test
	@DisplayName("an id is a room, of which others can be members and which its socket can leave")
	void ownRoom() {
		assertThat(find("first")).containsExactly(this.first);
		join(this.second, "first");
		assertThat(find("first")).containsExactlyInAnyOrder(this.first, this.second);
		assertThat(find("first", "second")).containsExactlyInAnyOrder(this.first, this.second);
		leave(this.first, "first");
		assertThat(find("first")).containsExactly(this.second);
		leave(this.second, "first");
		assertThat(find("first")).isEmpty();
		join(this.first, "first");
		assertThat(find("first")).containsExactly(this.first);
	}

	@Test
	@DisplayName("179. members of rooms, or ids, are left out")
	void except() {
		join(this.first, "a");
		join(this.second, "a", "b");
		assertThat(find(Set.of(), "a")).containsExactly(this.third);
		assertThat(find(Set.of(), "third")).containsExactlyInAnyOrder(this.first, this.second);
		assertThat(find(Set.of("a"), "b", "unknown")).containsExactly(this.first);
		assertThat(find(Set.of("a"), "a")).isEmpty();
		assertThat(find(Set.of(), "unknown")).hasSize(3);
	}

	@Test
	@DisplayName("181, 184. who is removed is in no room any more")
	void removed() {
		join(this.first, "a");
		join(this.second, "a");
		this.rooms.remove(this.first);
		assertThat(find()).containsExactly(this.second, this.third);
		assertThat(find("a")).containsExactly(this.second);
		assertThat(find("first")).isEmpty();
		this.rooms.remove(this.second);
		assertThat(find("a")).isEmpty();
	}

	@Test
	@DisplayName("210. removing an old socket does not remove a new one with the same id")
	void sameId() {
		join(this.first, "a");
		DefaultSocket again = socket("first", "a");
		this.rooms.add(again);
		this.rooms.remove(this.first);
		assertThat(find("first")).containsExactly(again);
		assertThat(find("a")).containsExactly(again);
		assertThat(find()).contains(again).doesNotContain(this.first);
	}

	@Test
	@DisplayName("what was found before does not change by later joins and leaves")
	void snapshot() {
		join(this.first, "a");
		DefaultSocket[] found = find("a");
		DefaultSocket[] all = find();
		join(this.second, "a");
		this.rooms.remove(this.third);
		assertThat(found).containsExactly(this.first);
		assertThat(all).hasSize(3);
		assertThat(find("a")).containsExactlyInAnyOrder(this.first, this.second);
	}

	@Test
	@DisplayName("joining twice, leaving what was not joined")
	void idempotent() {
		join(this.first, "a");
		join(this.first, "a");
		this.rooms.leave("a", this.second);
		this.rooms.leave("unknown", this.first);
		assertThat(find("a")).containsExactly(this.first);
		leave(this.first, "a");
		assertThat(find("a")).isEmpty();
	}

}
