package io.socketio.test.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;
import io.socketio.recovery.StoredSession.Membership;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link SessionStore} must do. To check a store, extend this class by one
 * that makes it; that is all. Each test has a store of its own.
 *
 * @since 0.1.0
 */
public abstract class SessionStoreContractTests {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(2);

	private SessionStore store;

	/**
	 * Create an empty store. Called before each test.
	 * @return the store
	 */
	protected abstract SessionStore createStore();

	/**
	 * Let time pass for the store that was created last: by a clock of the test, or by
	 * waiting.
	 * @param duration the time, up to two minutes
	 */
	protected abstract void elapse(Duration duration);

	@BeforeEach
	void createTheStore() {
		this.store = createStore();
	}

	private static StoredSession session(String namespace, String privateId, @Nullable String principal) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		Map<String, Object> data = Map.of("text", "\u00e4\ud83d\ude00", "number", 1, "flag", true, "list",
				List.of("a", List.of(2)), "object", Map.of("nested", Map.of()));
		return new StoredSession(namespace, "id of " + privateId, privateId, principal, data,
				List.of(new Membership("room", "tag_0000AAAB", null),
						new Membership("left", "tag_0000AAAA", "tag_AAAC")),
				"tag_AAAAAAAA", "tag_AAAAAAAB", "tag_AAAAAAAC", "tag_AAAAAAAD", now);
	}

	private static StoredSession session(String privateId) {
		return session("/", privateId, null);
	}

	private void save(StoredSession session) {
		save(session, TIME_TO_LIVE);
	}

	private void save(StoredSession session, Duration timeToLive) {
		this.store.save(session, timeToLive).block(WAIT);
	}

	private @Nullable StoredSession claim(String namespace, String privateId) {
		return this.store.claim(namespace, privateId).block(WAIT);
	}

	private @Nullable StoredSession claim(String privateId) {
		return claim("/", privateId);
	}

	private @Nullable String principalOf(String namespace, String privateId) {
		StoredSession session = claim(namespace, privateId);
		assertThat(session).as("session " + privateId + " in namespace " + namespace).isNotNull();
		return Objects.requireNonNull(session).principal();
	}

	@Test
	@DisplayName("a saved session is claimed as it was")
	void claimsWhatWasSaved() {
		StoredSession session = session("/chat", "pid", "alice");
		save(session);
		assertThat(claim("/chat", "pid")).isEqualTo(session);
	}

	@Test
	@DisplayName("principal and data may be missing")
	void emptySession() {
		StoredSession session = new StoredSession("/", "id", "pid", null, Map.of(), List.of(), "a", "b", "c", "d",
				Instant.EPOCH);
		save(session);
		assertThat(claim("pid")).isEqualTo(session);
	}

	@Test
	@DisplayName("what was not saved cannot be claimed")
	void claimsNothing() {
		save(session("pid"));
		assertThat(claim("unknown")).isNull();
		assertThat(claim("pid")).isNotNull();
	}

	@Test
	@DisplayName("a session is claimed once")
	void claimsOnce() {
		save(session("pid"));
		assertThat(claim("pid")).isNotNull();
		assertThat(claim("pid")).isNull();
	}

	@Test
	@DisplayName("a claimed session can be saved and claimed again")
	void savesAgain() {
		for (int i = 0; i < 3; i++) {
			save(session("pid"));
			assertThat(claim("pid")).isNotNull();
		}
		assertThat(claim("pid")).isNull();
	}

	@Test
	@DisplayName("saving again replaces the session")
	void replaces() {
		save(session("/", "pid", "old"));
		save(session("/", "pid", "new"));
		assertThat(principalOf("/", "pid")).isEqualTo("new");
		assertThat(claim("pid")).isNull();
	}

	@Test
	@DisplayName("saving again counts the time to live anew")
	void replacesTimeToLive() {
		save(session("/", "pid", "old"));
		elapse(TIME_TO_LIVE.minusSeconds(10));
		save(session("/", "pid", "new"));
		elapse(Duration.ofSeconds(20));
		assertThat(claim("pid")).isNotNull();
		save(session("/", "pid", "long"), Duration.ofMinutes(10));
		save(session("/", "pid", "short"), Duration.ofSeconds(1));
		elapse(Duration.ofSeconds(2));
		assertThat(claim("pid")).isNull();
	}

	@Test
	@DisplayName("a session belongs to its namespace")
	void namespaces() {
		save(session("/a", "pid", "alice"));
		save(session("/b", "pid", "bob"));
		assertThat(claim("/", "pid")).isNull();
		assertThat(principalOf("/b", "pid")).isEqualTo("bob");
		assertThat(principalOf("/a", "pid")).isEqualTo("alice");
	}

	@Test
	@DisplayName("namespace and private id cannot be mistaken for others")
	void keysDoNotCollide() {
		List<List<String>> keys = List.of(List.of("/a", "b:c"), List.of("/a:b", "c"), List.of("/ab", "c"),
				List.of("/a", "bc"), List.of("/a/", "b"), List.of("/a", "/b"), List.of("/A", "B:C"));
		keys.forEach((key) -> save(session(key.get(0), key.get(1), key.toString())));
		keys.forEach((key) -> assertThat(principalOf(key.get(0), key.get(1))).isEqualTo(key.toString()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "pi?", "p*", "%", "p_d", "'", "\"", "pid\u0000", "pid\n", "..", "{pid}",
			"$pid", "\u00e4\ud83d\ude00", "\ud83d" })
	@DisplayName("a private id from a client may be any string")
	void anyPrivateId(String privateId) {
		save(session("pid"));
		assertThat(claim(privateId)).isNull();
		assertThat(claim("pid")).isNotNull();
	}

	@Test
	@DisplayName("a private id from a client may be long")
	void longPrivateId() {
		save(session("pid"));
		assertThat(claim("pid".repeat(100_000))).isNull();
		assertThat(claim("pid")).isNotNull();
	}

	@Test
	@DisplayName("a session can be claimed until its time has passed")
	void timeToLive() {
		save(session("first"), Duration.ofSeconds(10));
		save(session("second"), Duration.ofSeconds(10));
		elapse(Duration.ofSeconds(8));
		assertThat(claim("first")).isNotNull();
		elapse(Duration.ofSeconds(4));
		assertThat(claim("second")).isNull();
	}

	@Test
	@DisplayName("sessions with different times to live, in any order")
	void timesToLive() {
		save(session("long"), Duration.ofSeconds(30));
		save(session("short"), Duration.ofSeconds(5));
		save(session("medium"), Duration.ofSeconds(15));
		elapse(Duration.ofSeconds(10));
		assertThat(claim("short")).isNull();
		assertThat(claim("medium")).isNotNull();
		assertThat(claim("long")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, -100_000 })
	@DisplayName("a session without any time left is no error, and is not there after a moment")
	void noTimeLeft(long millis) {
		save(session("pid"), Duration.ofMillis(millis));
		elapse(Duration.ofSeconds(1));
		assertThat(claim("pid")).isNull();
	}

	@Test
	@DisplayName("of many claims at once exactly one gets the session")
	void concurrentClaims() throws Exception {
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 50; round++) {
				String privateId = "pid" + round;
				save(session(privateId));
				CyclicBarrier barrier = new CyclicBarrier(threads);
				List<Callable<Optional<StoredSession>>> claims = new ArrayList<>();
				for (int i = 0; i < threads; i++) {
					claims.add(() -> {
						barrier.await(10, TimeUnit.SECONDS);
						return this.store.claim("/", privateId).blockOptional(WAIT);
					});
				}
				int successful = 0;
				for (Future<Optional<StoredSession>> claimed : executor.invokeAll(claims)) {
					successful += claimed.get().isPresent() ? 1 : 0;
				}
				assertThat(successful).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

}
