package io.socketio.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.protocol.EncodedPacket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests for {@link EventLog}.
 */
class EventLogTests {

	private static final Duration RETENTION = Duration.ofSeconds(10);

	private static final int MANY = 1_000_000;

	private final LogBudget budget = new LogBudget(MANY, MANY);

	private long now = Long.MAX_VALUE - 5; // such a clock may overflow

	private EventLog<String> log = log(MANY, MANY);

	private EventLog<String> log(long maxBytes, int maxEvents) {
		return new EventLog<>(RETENTION, maxBytes, maxEvents, this.budget, () -> this.now, this);
	}

	private void append(String message, String... rooms) {
		append(message, Set.of(rooms), Set.of(), null);
	}

	private void append(String message, Set<String> rooms, Set<String> except, String key) {
		this.log.append(rooms, except, key, message, message.length());
	}

	private List<String> missed(long position, Member member) {
		return this.log.missed(position, member).stream().map(LoggedEvent::message).toList();
	}

	// Positions and offsets

	@Test
	@DisplayName("positions count from 1 without a gap")
	void positions() {
		assertThat(this.log.last()).isZero();
		append("a");
		append("b", "room");
		assertThat(this.log.last()).isEqualTo(2);
		assertThat(this.log.missed(0, new Member().in("room")).stream().map(LoggedEvent::position)).containsExactly(1L,
				2L);
	}

	@Test
	@DisplayName("196. offsets have a fixed width and characters that fit in any encoding")
	void offsetWidth() {
		Set<String> offsets = new HashSet<>();
		for (long position : new long[] { 0, 1, 63, 64, 255, 256, 65_535, 1L << 32, (1L << 47) - 1, (1L << 48) - 1 }) {
			String offset = this.log.offset(position);
			assertThat(offset).hasSize(EventLog.OFFSET_PLACEHOLDER.length()).matches("[A-Za-z0-9_-]{12}");
			assertThatCode(() -> EncodedPacket.checkOffset(offset)).doesNotThrowAnyException();
			assertThat(offsets.add(offset)).isTrue();
		}
	}

	@Test
	@DisplayName("an offset is read as the position it was made of")
	void offsetRoundTrip() {
		for (int i = 0; i < 1000; i++) {
			append("x");
		}
		for (long position = 0; position <= 1000; position++) {
			assertThat(this.log.position(this.log.offset(position))).isEqualTo(position);
		}
	}

	@Test
	@DisplayName("202. an offset beyond the newest event is unknown")
	void futureOffset() {
		append("a");
		assertThat(this.log.position(this.log.offset(1))).isEqualTo(1);
		assertThat(this.log.position(this.log.offset(2))).isNull();
		assertThat(this.log.position(this.log.offset((1L << 48) - 1))).isNull();
	}

	@Test
	@DisplayName("202. an offset of another log is unknown")
	void foreignOffset() {
		append("a");
		assertThat(log(MANY, MANY).position(this.log.offset(0))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "AAAA", "connected", "????????", "AAAAAAA", "AAAAAAAAA", "AAAA AAA", "AAAAAAA=",
			"\u00e4AAAAAAA" })
	@DisplayName("202. what is no offset is unknown")
	void noOffset(String text) {
		append("a");
		String tag = this.log.offset(0).substring(0, 4);
		assertThat(this.log.position(text)).isNull();
		if (!"AAAAAAAA".equals(text)) {
			assertThat(this.log.position(tag + text)).isNull();
		}
	}

	// What was missed

	@Test
	@DisplayName("198. events to everyone and to the member's rooms, in order, after a position")
	void missedByRooms() {
		append("all 1");
		append("a", "a");
		append("b", "b");
		append("all 2");
		append("c", "c");
		append("a or c", "a", "c");
		Member member = new Member().in("a").in("b");
		assertThat(missed(0, member)).containsExactly("all 1", "a", "b", "all 2", "a or c");
		assertThat(missed(3, member)).containsExactly("all 2", "a or c");
		assertThat(missed(6, member)).isEmpty();
		assertThat(missed(0, new Member())).containsExactly("all 1", "all 2");
	}

	@Test
	@DisplayName("an event to several of the member's rooms is missed once")
	void missedOnce() {
		append("x", "a", "b", "c");
		assertThat(missed(0, new Member().in("a").in("b").in("c").span("a", 0, 5))).containsExactly("x");
	}

	@Test
	@DisplayName("198. events that leave the member out")
	void except() {
		append("not a", Set.of(), Set.of("a"), null);
		append("b not a", Set.of("b"), Set.of("a"), null);
		append("not c", Set.of(), Set.of("c"), null);
		assertThat(missed(0, new Member().in("a").in("b"))).containsExactly("not c");
		assertThat(missed(0, new Member().in("b"))).containsExactly("not a", "b not a", "not c");
	}

	@Test
	@DisplayName("membership counts at the time of emission")
	void spans() {
		append("1", "a");
		append("2", "a");
		append("3", "a");
		append("4", "a");
		append("5", "a");
		assertThat(missed(0, new Member().span("a", 1, 3))).containsExactly("2", "3");
		assertThat(missed(2, new Member().span("a", 1, 3))).containsExactly("3");
		assertThat(missed(0, new Member().span("a", 0, 1).span("a", 3, Long.MAX_VALUE))).containsExactly("1", "4", "5");
		assertThat(missed(0, new Member().span("a", 2, 2))).isEmpty();
	}

	@Test
	@DisplayName("of events with one conflation key only the newest is missed")
	void conflation() {
		append("price 1", Set.of(), Set.of(), "price");
		append("other 1", Set.of(), Set.of(), "other");
		append("plain");
		append("price 2", Set.of("a"), Set.of(), "price");
		append("price 3", Set.of("b"), Set.of(), "price");
		assertThat(missed(0, new Member().in("a"))).containsExactly("other 1", "plain", "price 2");
		assertThat(missed(0, new Member())).containsExactly("price 1", "other 1", "plain");
	}

	// Limits

	@Test
	@DisplayName("the oldest go when there are too many")
	void maxEvents() {
		this.log = log(MANY, 3);
		for (int i = 1; i <= 5; i++) {
			append("e" + i, "room");
		}
		assertThat(this.log.size()).isEqualTo(3);
		assertThat(this.log.last()).isEqualTo(5);
		assertThat(this.log.reachesBackTo(1)).isFalse();
		assertThat(this.log.reachesBackTo(2)).isTrue();
		assertThat(missed(2, new Member().in("room"))).containsExactly("e3", "e4", "e5");
	}

	@Test
	@DisplayName("the oldest go when they take too much, with what each costs beside its bytes")
	void maxBytes() {
		this.log = log(3000, MANY);
		append("a".repeat(1000));
		append("b".repeat(1000));
		assertThat(this.log.bytes()).isBetween(2000L, 3000L);
		append("c".repeat(1000));
		assertThat(this.log.size()).isEqualTo(2);
		assertThat(this.log.bytes()).isBetween(2000L, 3000L);
		this.log = log(3000, MANY);
		for (int i = 0; i < 100; i++) {
			append("");
		}
		assertThat(this.log.size()).isBetween(1, 99);
	}

	@Test
	@DisplayName("an event that is larger than the log leaves it empty")
	void tooLarge() {
		this.log = log(1000, MANY);
		append("a");
		append("b".repeat(2000));
		assertThat(this.log.size()).isZero();
		assertThat(this.log.bytes()).isZero();
		assertThat(this.log.reachesBackTo(1)).isFalse();
		assertThat(this.log.reachesBackTo(2)).isTrue();
		append("c");
		assertThat(missed(2, new Member())).containsExactly("c");
	}

	@Test
	@DisplayName("events go when their time has passed, also past the overflow of the clock")
	void retention() {
		append("a");
		this.now += RETENTION.toNanos();
		append("b");
		this.log.trim();
		assertThat(this.log.size()).isEqualTo(2);
		this.now++;
		this.log.trim();
		assertThat(this.log.size()).isEqualTo(1);
		assertThat(this.log.reachesBackTo(0)).isFalse();
		assertThat(this.log.reachesBackTo(1)).isTrue();
		this.now += RETENTION.toNanos();
		this.log.trim();
		assertThat(this.log.size()).isZero();
		assertThat(this.log.reachesBackTo(2)).isTrue();
		assertThat(this.log.last()).isEqualTo(2);
	}

	@Test
	@DisplayName("all logs together are bounded, and give back what they took")
	void budget() {
		LogBudget small = new LogBudget(MANY, 4);
		EventLog<String> first = new EventLog<>(RETENTION, MANY, MANY, small, () -> this.now, this);
		EventLog<String> second = new EventLog<>(RETENTION, MANY, MANY, small, () -> this.now, this);
		for (int i = 0; i < 3; i++) {
			first.append(Set.of(), Set.of(), null, "x", 1);
			second.append(Set.of(), Set.of(), null, "x", 1);
			small.enforce();
		}
		assertThat(first.size() + second.size()).isEqualTo(4);
		assertThat(small.events()).isEqualTo(4);
		assertThat(small.bytes()).isEqualTo(first.bytes() + second.bytes());
		first.clear();
		second.clear();
		assertThat(small.events()).isZero();
		assertThat(small.bytes()).isZero();
	}

	@Test
	@DisplayName("beyond the limit of all logs the oldest events of all go, whoever appends")
	void oldestOfAll() {
		LogBudget small = new LogBudget(MANY, 4);
		EventLog<String> busy = new EventLog<>(RETENTION, MANY, MANY, small, () -> this.now, this);
		EventLog<String> quiet = new EventLog<>(RETENTION, MANY, MANY, small, () -> this.now, this);
		for (int i = 0; i < 4; i++) {
			append(busy, small);
		}
		append(quiet, small);
		assertThat(quiet.size()).isEqualTo(1);
		assertThat(busy.size()).isEqualTo(3);
		append(busy, small);
		append(busy, small);
		assertThat(quiet.size()).isEqualTo(1);
		assertThat(busy.reachesBackTo(3)).isTrue();
		assertThat(busy.reachesBackTo(2)).isFalse();
		append(busy, small);
		append(busy, small);
		assertThat(quiet.size()).isZero();
		assertThat(quiet.reachesBackTo(0)).isFalse();
		assertThat(busy.size()).isEqualTo(4);
	}

	private void append(EventLog<String> log, LogBudget of) {
		this.now++;
		log.append(Set.of(), Set.of(), null, "x", 1);
		of.enforce();
	}

	@Test
	@DisplayName("when all logs together have too much, a small part of it goes at once")
	void slack() {
		LogBudget large = new LogBudget(MANY, 640);
		EventLog<String> log = new EventLog<>(RETENTION, MANY, MANY, large, () -> this.now, this);
		for (int i = 0; i < 640; i++) {
			append(log, large);
		}
		assertThat(log.size()).isEqualTo(640);
		append(log, large);
		assertThat(log.size()).isEqualTo(630);
	}

	@Test
	@DisplayName("offsets of another log are told from this one's, and from garbage")
	void foreignOffsets() {
		EventLog<String> other = new EventLog<>(RETENTION, MANY, MANY, this.budget, () -> this.now, this);
		while (other.offset(0).startsWith(this.log.offset(0).substring(0, 4))) {
			other = new EventLog<>(RETENTION, MANY, MANY, this.budget, () -> this.now, this);
		}
		assertThat(this.log.foreign(other.offset(0))).isTrue();
		assertThat(this.log.foreign(other.offset(1L << 40))).isTrue();
		assertThat(this.log.foreign(this.log.offset(0))).isFalse();
		assertThat(this.log.foreign(this.log.offset(1))).isFalse();
		for (String garbage : new String[] { "", "unknown", other.offset(0) + "A", "????????????", "AAAAAAAAAAA=" }) {
			assertThat(this.log.foreign(garbage)).as(garbage).isFalse();
		}
	}

	@Test
	@DisplayName("a room takes memory only as long as it has events")
	void rooms() {
		this.log = log(MANY, 2);
		for (int i = 0; i < 100; i++) {
			append("x", "room" + i, "other" + i);
		}
		assertThat(this.log.roomCount()).isEqualTo(4);
		append("y");
		append("y");
		assertThat(this.log.roomCount()).isZero();
		append("z", "room");
		this.log.clear();
		assertThat(this.log.roomCount()).isZero();
		assertThat(this.log.size()).isZero();
		assertThat(this.log.bytes()).isZero();
		assertThat(this.log.reachesBackTo(this.log.last())).isTrue();
	}

	@Test
	@DisplayName("random events and members, compared with a plain list")
	void random() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int run = 0; run < 100; run++) {
			this.log = log(MANY, 1 + random.nextInt(60));
			List<LoggedEvent<String>> all = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				Set<String> rooms = someRooms(random, 3);
				Set<String> except = someRooms(random, 2);
				append("e" + i, rooms, except, null);
				all.add(new LoggedEvent<>(i + 1, 0, rooms, except, null, "e" + i, 0));
			}
			Member member = new Member();
			for (int i = random.nextInt(6); i > 0; i--) {
				long joined = random.nextInt(100);
				member.span("r" + random.nextInt(5), joined, joined + random.nextInt(60));
			}
			long position = this.log.last() - random.nextInt(this.log.size() + 1);
			List<String> expected = all.stream()
				.filter((event) -> event.position() > position && member.addressedBy(event))
				.map(LoggedEvent::message)
				.toList();
			assertThat(missed(position, member)).as("seed " + seed + ", run " + run).isEqualTo(expected);
		}
	}

	private static Set<String> someRooms(Random random, int atMost) {
		Set<String> rooms = new TreeSet<>();
		for (int i = random.nextInt(atMost + 1); i > 0; i--) {
			rooms.add("r" + random.nextInt(5));
		}
		return rooms;
	}

	/**
	 * A socket that is or was in rooms.
	 */
	private static final class Member implements EventLog.Recipient {

		private final Map<String, List<long[]>> spans = new HashMap<>();

		Member in(String room) {
			return span(room, 0, Long.MAX_VALUE);
		}

		Member span(String room, long joined, long left) {
			this.spans.computeIfAbsent(room, (name) -> new ArrayList<>()).add(new long[] { joined, left });
			return this;
		}

		boolean addressedBy(LoggedEvent<?> event) {
			return (event.rooms().isEmpty() || memberOfAny(event.rooms(), event.position())) && !excludedFrom(event);
		}

		private boolean memberOfAny(Set<String> rooms, long position) {
			return rooms.stream()
				.flatMap((room) -> this.spans.getOrDefault(room, List.of()).stream())
				.anyMatch((span) -> position > span[0] && position <= span[1]);
		}

		@Override
		public void forEachMembership(EventLog.MembershipVisitor visitor) {
			this.spans.forEach((room, all) -> all.forEach((span) -> visitor.visit(room, span[0], span[1])));
		}

		@Override
		public boolean excludedFrom(LoggedEvent<?> event) {
			return memberOfAny(event.except(), event.position());
		}

		@Override
		public String toString() {
			StringBuilder text = new StringBuilder();
			this.spans.forEach((room, all) -> all.forEach((span) -> text.append(room).append(Arrays.toString(span))));
			return text.toString();
		}

	}

}
