package io.socketio.edgecases;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.SessionNotRecoveredEvent;
import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;
import io.socketio.recovery.StoredSession.Membership;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A user's own {@link SessionStore} is called and honoured, however it answers.
 */
class RecoveryStoreTests extends RecoveryCases {

	@Test
	@DisplayName("3.6. what is saved: id, pid, data, memberships, for as long as configured")
	void saved() {
		start(recovering((options) -> options.maxDisconnectionDuration = Duration.ofMinutes(5)),
				(io) -> recorded(io.of("/chat")));
		WireClient client = webSocket();
		WireClient.Reply reply = client.connect("/chat", Map.of());
		Await.until("the connection", () -> this.sockets.size() == 1);
		socket().join("room");
		socket().data().put("name", "alice");
		Instant before = Instant.now();
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		StoredSession session = this.store.saved.get(0);
		assertThat(session.namespace()).isEqualTo("/chat");
		assertThat(session.id()).isEqualTo(reply.sid());
		assertThat(session.privateId()).isEqualTo(reply.pid());
		assertThat(session.principal()).isNull();
		assertThat(session.data()).isEqualTo(Map.of("name", "alice"));
		assertThat(session.memberships().stream().map(Membership::room)).containsExactlyInAnyOrder(reply.sid(), "room");
		assertThat(session.disconnectedAt()).isBetween(before, Instant.now());
		assertThat(this.store.timesToLive.get(0)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
		assertThat(this.store.claims).isEmpty();
	}

	@Test
	@DisplayName("3.7. what is claimed: the namespace and the pid that the client sent, once")
	void claimed() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		comeBack(client).recovered();
		assertThat(this.store.claims).containsExactly("/ " + client.recovery().get("pid"));
		comeBack(Map.of("pid", "any \"string\" \u0000")).notRecovered();
		assertThat(this.store.claims).endsWith("/ any \"string\" \u0000");
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("a store that takes its time -> nothing is sent before it has answered; others are served")
	void slowClaim(Wire wire) {
		Sinks.Empty<Void> gate = Sinks.empty();
		start((io) -> io.of("/other"));
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed");
		this.store.beforeClaim = gate.asMono();
		WireClient back = open(wire);
		back.sendConnect("/", client.recovery());
		back.connect("/other", Map.of());
		joined();
		gate.tryEmitEmpty();
		assertThat(names(back.reply("/", true).missed())).containsExactly("missed[]");
	}

	@Test
	@DisplayName("a store that answers from threads of its own")
	void otherThreads() {
		this.store.beforeSave = Mono.delay(Duration.ofMillis(20)).then();
		this.store.beforeClaim = Mono.delay(Duration.ofMillis(20)).then();
		start();
		WireClient client = joinedWithOffset();
		for (int i = 0; i < 5; i++) {
			drop(client);
			io().emit("missed", i);
			client = comeBack(client).recovered("missed[" + i + "]").client();
		}
	}

	@Test
	@DisplayName("the client comes back before its session is saved -> it waits, and is recovered")
	void slowSave() {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.store.beforeSave = gate.asMono();
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		assertThat(back.send("0/unknown").text()).startsWith("4/unknown,");
		io().emit("missed");
		gate.tryEmitEmpty();
		assertThat(names(back.reply("/", true).missed())).containsExactly("missed[]");
	}

	@Test
	@DisplayName("4.5. a store that blocks in save() -> nobody who emits waits for it")
	void blockingSave() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		this.store.beforeSave = Mono.fromRunnable(() -> {
			asked.countDown();
			await(answer);
		});
		CompletableFuture<Void> change = CompletableFuture.runAsync(() -> io().in(socket().id()).socketsJoin("room"));
		await(asked);
		CompletableFuture.runAsync(() -> io().to("room").emit("missed")).get(2, TimeUnit.SECONDS);
		answer.countDown();
		change.get(10, TimeUnit.SECONDS);
		comeBack(client).recovered("missed[]");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	@DisplayName("193. rooms that a session is in already -> it is not saved again")
	void unchanged() {
		start();
		WireClient client = joinedWithOffset();
		socket().join("room");
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		for (int i = 0; i < 100; i++) {
			io().in("room").socketsJoin("room");
			io().in("room").socketsLeave("other");
		}
		io().in("room").socketsJoin("other");
		assertThat(this.store.saved).hasSize(2);
	}

	@Test
	@DisplayName("193. rooms change while a session is saved -> all that is saved once, behind; a claim waits for it")
	void changedWhileSaved() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		Sinks.Empty<Void> gate = Sinks.empty();
		this.store.beforeSave = gate.asMono();
		for (int i = 0; i < 10; i++) {
			io().in(socket().id()).socketsJoin("room" + i);
		}
		this.store.beforeSave = Mono.empty();
		gate.tryEmitEmpty();
		assertThat(this.store.saved).hasSize(3);
		assertThat(this.store.saved.get(1).memberships()).hasSize(2);
		assertThat(this.store.saved.get(2).memberships()).hasSize(11);
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("4.3. rooms of a session change often -> what was saved before takes no memory")
	void savesAreForgotten() {
		List<WeakReference<StoredSession>> saved = new CopyOnWriteArrayList<>();
		start(recovering().store(new SessionStore() {

			@Override
			public Mono<Void> save(StoredSession session, Duration timeToLive) {
				saved.add(new WeakReference<>(session));
				return Mono.empty();
			}

			@Override
			public Mono<StoredSession> claim(String namespace, String privateId) {
				return Mono.empty();
			}

		}), (io) -> {
		});
		drop(joinedWithOffset());
		Await.until("the session is saved", () -> saved.size() == 1);
		for (int i = 0; i < 50; i++) {
			int before = saved.size();
			io().in(socket().id()).socketsJoin("room" + i);
			Await.until("the change is saved", () -> saved.size() > before);
		}
		Await.until("the saves are forgotten", () -> {
			System.gc();
			return saved.stream().filter((reference) -> reference.get() != null).count() <= 2;
		});
	}

	@Test
	@DisplayName("193. rooms change while the session is claimed, and the claim fails -> saved then")
	void changedWhileClaimed() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Await.until("the session is saved", () -> this.store.saved.size() == 1);
		Sinks.Empty<Void> saving = Sinks.empty();
		Sinks.Empty<Void> claiming = Sinks.empty();
		this.store.beforeSave = saving.asMono();
		io().in(socket().id()).socketsJoin("first");
		io().in(socket().id()).socketsJoin("second");
		this.store.beforeSave = Mono.empty();
		this.store.beforeClaim = claiming.asMono();
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		assertThat(back.send("0/unknown").text()).startsWith("4/unknown,");
		saving.tryEmitEmpty();
		Await.until("the claim", () -> this.store.claims.size() == 1);
		claiming.tryEmitError(new IllegalStateException("of the test"));
		assertThat(back.reply("/", true).pid()).isNotEqualTo(client.recovery().get("pid"));
		Await.until("the session is saved", () -> this.store.saved.size() == 3);
		assertThat(this.store.saved.get(2).memberships()).hasSize(3);
	}

	@Test
	@DisplayName("the server closes -> close() waits for the store")
	void closeWaits() throws Exception {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.store.beforeSave = gate.asMono();
		start();
		joined();
		CompletableFuture<Void> closed = io().close().toFuture();
		awaitReasons("server shutting down");
		assertThat(closed).isNotDone();
		gate.tryEmitEmpty();
		closed.get(10, TimeUnit.SECONDS);
		assertThat(this.store.saved).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("claim fails -> new session, the client learns nothing of it")
	void failingClaim(boolean thrown) {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		this.store.beforeClaim = failing(thrown);
		comeBack(client).notRecovered();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("save fails -> that session is lost, nothing else")
	void failingSave(boolean thrown) {
		start((io) -> recorded(io.of("/other")));
		WireClient client = joinedWithOffset();
		client.connect("/other", Map.of());
		Await.until("both", () -> this.sockets.size() == 2);
		this.store.beforeSave = failing(thrown);
		client.leave();
		awaitReasons("transport close", "transport close");
		comeBack(client).notRecovered();
		this.store.beforeSave = Mono.empty();
		WireClient other = joinedWithOffset();
		drop(other);
		comeBack(other).recovered();
	}

	/**
	 * A failure: as an error signal, or thrown by the store itself.
	 * @param thrown which
	 * @return the failure, {@code null} lets the store throw
	 */
	private static Mono<Void> failing(boolean thrown) {
		return thrown ? null : Mono.error(new IllegalStateException("of the test"));
	}

	@Test
	@DisplayName("save never answers -> that session is lost, its client gets a new one in time")
	void hungSave() {
		start(recovering((options) -> options.storeTimeout = Duration.ofMillis(100)), (io) -> {
		});
		WireClient client = joinedWithOffset();
		this.store.beforeSave = Mono.never();
		drop(client);
		comeBack(client).notRecovered();
		this.store.beforeSave = Mono.empty();
		WireClient other = joinedWithOffset();
		drop(other);
		comeBack(other).recovered();
	}

	@Test
	@DisplayName("claim never answers -> new session in time, counted as STORE_FAILURE; others are not locked out")
	void hungClaim() {
		start(recovering((options) -> options.storeTimeout = Duration.ofMillis(100)), (io) -> {
		});
		WireClient client = joinedWithOffset();
		drop(client);
		this.store.beforeClaim = Mono.never();
		comeBack(client).notRecovered();
		assertThat(this.server.events()).filteredOn(SessionNotRecoveredEvent.class::isInstance)
			.singleElement()
			.extracting((event) -> ((SessionNotRecoveredEvent) event).reason())
			.isEqualTo(RecoveryFailure.STORE_FAILURE);
		this.store.beforeClaim = Mono.empty();
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("a store that keeps JSON -> rooms, data and missed events all the same")
	void json() {
		start(recovering().store(new JsonStore()), (io) -> {
		});
		WireClient client = joinedWithOffset();
		socket().join("room");
		socket().data().put("name", "alice");
		socket().data().put("list", List.of(1, Map.of("a", true)));
		drop(client);
		io().to("room").emit("missed", 1);
		Return back = comeBack(client).recovered("missed[1]");
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().data()).isEqualTo(socket().data());
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(socket().id(), "room");
		latestSocket().data().put("changed", 1);
		drop(back.client());
		comeBack(back.client()).recovered();
		Await.until("the connection", () -> this.sockets.size() == 3);
		assertThat(latestSocket().data()).containsEntry("changed", 1);
	}

	@Test
	@DisplayName("a session of another run of the server -> new session: its events are not here")
	void otherRun() {
		start();
		WireClient client = joinedWithOffset();
		io().close().block(Duration.ofSeconds(10));
		start(TestServer.builder().store(this.store).recovery(), (io) -> {
		});
		comeBack(client).notRecovered();
	}

	/**
	 * Keeps sessions as JSON, as a store outside of this process would.
	 */
	private static final class JsonStore implements SessionStore {

		private final JsonMapper mapper = JsonMapper.builder().build();

		private final Map<String, String> sessions = new ConcurrentHashMap<>();

		@Override
		public Mono<Void> save(StoredSession session, Duration timeToLive) {
			return Mono.fromRunnable(() -> this.sessions.put(session.namespace() + session.privateId(),
					this.mapper.writeValueAsString(session)));
		}

		@Override
		public Mono<StoredSession> claim(String namespace, String privateId) {
			return Mono.fromSupplier(() -> this.sessions.remove(namespace + privateId))
				.map((json) -> this.mapper.readValue(json, StoredSession.class));
		}

	}

}
