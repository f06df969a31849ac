package io.socketio.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.recovery.EventLog;
import io.socketio.recovery.LogBudget;
import io.socketio.recovery.LoggedEvent;
import io.socketio.recovery.StoredSession;
import io.socketio.recovery.StoredSession.Membership;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Memberships}.
 */
class MembershipsTests {

	private EventLog<String> log = log(1_000_000);

	private final Memberships memberships = new Memberships("id");

	private static EventLog<String> log(int maxEvents) {
		return new EventLog<>(Duration.ofHours(1), 1_000_000_000, maxEvents, new LogBudget(1_000_000_000, 1_000_000),
				System::nanoTime, new Object());
	}

	private void emit(String message, String... rooms) {
		this.log.append(Set.of(rooms), Set.of(), null, message, message.length());
	}

	private void emitExcept(String message, String... except) {
		this.log.append(Set.of(), Set.of(except), null, message, message.length());
	}

	private boolean join(String room) {
		return this.memberships.join(room, this.log.last());
	}

	private boolean leave(String room) {
		return this.memberships.leave(room, this.log);
	}

	private List<String> missed(Memberships of) {
		return this.log.missed(0, of).stream().map(LoggedEvent::message).toList();
	}

	private StoredSession stored() {
		String offset = this.log.offset(0);
		return new StoredSession("/", "id", "pid", null, Map.of(), this.memberships.store(this.log),
				this.log.offset(this.memberships.completeSince()), offset, offset, offset, Instant.now());
	}

	@Test
	@DisplayName("join and leave tell whether they changed something")
	void changes() {
		assertThat(join("a")).isTrue();
		assertThat(join("a")).isFalse();
		assertThat(this.memberships.contains("a")).isTrue();
		assertThat(leave("a")).isTrue();
		assertThat(leave("a")).isFalse();
		assertThat(this.memberships.contains("a")).isFalse();
	}

	@Test
	@DisplayName("rooms in the order of joining, as a copy")
	void rooms() {
		join("b");
		join("a");
		Set<String> rooms = this.memberships.rooms();
		assertThat(rooms).containsExactly("b", "a");
		rooms.clear();
		assertThat(this.memberships.rooms()).hasSize(2);
	}

	@Test
	@DisplayName("the own room can be left")
	void ownRoom() {
		assertThat(this.memberships.inOwnRoom()).isFalse();
		join("id");
		assertThat(this.memberships.inOwnRoom()).isTrue();
		leave("id");
		assertThat(this.memberships.inOwnRoom()).isFalse();
	}

	@Test
	@DisplayName("events count from the join on until the leave, several times")
	void spans() {
		emit("1", "a");
		join("a");
		emit("2", "a");
		leave("a");
		emit("3", "a");
		join("a");
		emit("4", "a");
		emit("5");
		assertThat(missed(this.memberships)).containsExactly("2", "4", "5");
	}

	@Test
	@DisplayName("the same for events that leave a room out")
	void except() {
		emitExcept("1", "a");
		join("a");
		emitExcept("2", "a");
		leave("a");
		emitExcept("3", "a");
		assertThat(missed(this.memberships)).containsExactly("1", "3");
	}

	@Test
	@DisplayName("without recovery there is no log, and nothing is remembered")
	void withoutLog() {
		this.memberships.join("a", 0);
		assertThat(this.memberships.leave("a", null)).isTrue();
		assertThat(this.memberships.store(this.log)).isEmpty();
	}

	@Test
	@DisplayName("a membership without any event is not remembered")
	void noEvents() {
		for (int i = 0; i < 10; i++) {
			join("a");
			leave("a");
		}
		assertThat(this.memberships.store(this.log)).isEmpty();
	}

	@Test
	@DisplayName("ended memberships are forgotten when their events have left the log")
	void forgets() {
		this.log = log(3);
		join("a");
		emit("1", "a");
		leave("a");
		for (int i = 0; i < 5; i++) {
			emit("x");
		}
		join("b");
		emit("2", "b");
		leave("b");
		assertThat(this.memberships.store(this.log)).extracting(Membership::room).containsExactly("b");
		assertThat(this.memberships.completeAfter(0)).isTrue();
	}

	@Test
	@DisplayName("stored and restored they are the same")
	void roundTrip() {
		emit("1", "a");
		join("id");
		join("a");
		emit("2", "a");
		leave("a");
		join("b");
		emit("3", "a");
		emit("4", "b");
		StoredSession stored = stored();
		Memberships restored = Memberships.restore(stored, this.log);
		assertThat(restored.rooms()).containsExactlyInAnyOrder("id", "b");
		assertThat(restored.inOwnRoom()).isTrue();
		assertThat(missed(restored)).isEqualTo(missed(this.memberships)).containsExactly("2", "4");
		emit("5", "b");
		assertThat(missed(restored)).containsExactly("2", "4", "5");
		assertThat(stored.memberships()).contains(new Membership("b", this.log.offset(2), null))
			.contains(new Membership("a", this.log.offset(1), this.log.offset(2)));
	}

	@Test
	@DisplayName("an offset of another log -> cannot be restored")
	void otherLog() {
		join("a");
		assertThat(Memberships.restore(stored(), log(10))).isNull();
	}

	@Test
	@DisplayName("too many ended memberships -> known to be incomplete, also when stored")
	void tooMany() {
		for (int i = 0; i < 1100; i++) {
			join("room" + i);
			emit("x" + i, "room" + i);
			leave("room" + i);
		}
		assertThat(this.memberships.store(this.log)).hasSize(1024);
		assertThat(this.memberships.completeAfter(75)).isFalse();
		assertThat(this.memberships.completeAfter(76)).isTrue();
		Memberships restored = Memberships.restore(stored(), this.log);
		assertThat(restored.completeAfter(75)).isFalse();
		assertThat(restored.completeAfter(76)).isTrue();
	}

}
