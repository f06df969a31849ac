package io.socketio.recovery.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.SessionExpiredEvent;
import io.socketio.recovery.SessionNotRecoveredEvent;
import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;
import io.socketio.recovery.model.ScriptedClient.Session;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who owns a session when several events that decide about it happen at once. Each was
 * found by a random program.
 */
class SessionOwnershipTests {

	private final Map<String, SocketIoSocket> sockets = new ConcurrentHashMap<>();

	private final Map<String, Thread> lanes = new ConcurrentHashMap<>();

	private TestServer server;

	@AfterEach
	void close() {
		this.server.close();
	}

	private void start(SessionStore store, boolean skipMiddlewares, Consumer<SocketIoServer> application) {
		start(store, skipMiddlewares, Duration.ofMinutes(1), application);
	}

	private void start(SessionStore store, boolean skipMiddlewares, Duration life,
			Consumer<SocketIoServer> application) {
		RecoveryOptions options = RecoveryOptions.defaults();
		this.server = TestServer.builder()
			.store(store)
			.recovery(new RecoveryOptions(life, skipMiddlewares, options.maxLogBytes(), options.maxLogEvents(),
					options.maxTotalLogBytes(), options.maxTotalLogEvents(), options.maxSessions(),
					options.maxConcurrentReplays(), options.storeTimeout()))
			.application((io) -> {
				io.onConnection((socket) -> {
					this.sockets.put(socket.id(), socket);
					this.lanes.put(socket.id(), Thread.currentThread());
					socket.onDisconnect((reason) -> this.sockets.remove(socket.id(), socket));
				});
				application.accept(io);
			})
			.start();
	}

	private static InMemorySessionStore store() {
		return new InMemorySessionStore(100, Clock.systemUTC());
	}

	private SocketIoServer io() {
		return this.server.server();
	}

	private ScriptedClient open() {
		return ScriptedClient.open(this.server.port());
	}

	private void awaitAway(Session session) {
		await().until(() -> !this.sockets.containsKey(session.id()));
	}

	private List<RecoveryFailure> failures() {
		return this.server.events()
			.stream()
			.filter(SessionNotRecoveredEvent.class::isInstance)
			.map((event) -> ((SessionNotRecoveredEvent) event).reason())
			.toList();
	}

	@Test
	void claimWaitsForAnEarlierOneOfAConnectionThatIsDeadByNow() {
		GatedStore store = new GatedStore(true);
		start(store, true, (io) -> io.of("/other"));
		ScriptedClient first = open();
		Session session = first.join();
		first.reset();
		awaitAway(session);
		try (ScriptedClient second = open().ask(session, null); ScriptedClient third = open()) {
			await().until(() -> store.asked.getCount() == 0);
			second.reset();
			third.ask(session, null).send("40/other,");
			assertThat(third.next()).startsWith("40/other,"); // its claim is under way
			store.gate.tryEmitEmpty();
			assertThat(third.answer().recovers(session)).isTrue();
			assertThat(failures()).isEmpty();
		}
	}

	@Test
	void sessionThatWasChangedWhileItWasClaimedIsNotInTheStoreAnyMore() {
		Sinks.Empty<Void> gate = Sinks.empty();
		CountDownLatch waiting = new CountDownLatch(1);
		start(store(), false, (io) -> io.use((socket) -> {
			if (!socket.recovered()) {
				return Mono.empty();
			}
			waiting.countDown();
			return gate.asMono();
		}));
		ScriptedClient first = open();
		Session session = first.join();
		first.reset();
		awaitAway(session);
		try (ScriptedClient second = open().ask(session, null); ScriptedClient third = open()) {
			await().until(() -> waiting.getCount() == 0);
			io().in(session.id()).socketsJoin("room");
			gate.tryEmitEmpty();
			assertThat(second.answer().recovers(session)).isTrue();
			assertThat(this.sockets.get(session.id()).rooms()).contains("room");
			second.send("41");
			awaitAway(session);
			assertThat(third.ask(session, null).answer().recovers(session)).isFalse();
			assertThat(failures()).containsExactly(RecoveryFailure.UNKNOWN_SESSION);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void disconnectedSocketIsNotRecoveredEvenIfItsConnectionBreaksBeforeItIsGone(boolean close) throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		start(store(), true, (io) -> {
			io.onConnection((socket) -> socket.on("block", (arguments, acknowledgement) -> {
				blocked.countDown();
				awaitQuietly(released);
			}));
			io.of("/other").onConnection((socket) -> {
				this.lanes.put(socket.id(), Thread.currentThread());
				socket.on("echo", (arguments, acknowledgement) -> acknowledgement.send());
			});
		});
		try (ScriptedClient first = open()) {
			Session session = first.join();
			ScriptedClient second = openOnOtherLane(this.lanes.get(session.id()));
			first.send("42[\"block\"]");
			assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
			second.ask(session, null).send("42/other,0[\"echo\"]");
			assertThat(second.next()).isEqualTo("43/other,0[]"); // its claim is under way
			io().in(session.id()).disconnectSockets(close);
			released.countDown();
			assertThat(second.answer().recovers(session)).isFalse();
			assertThat(failures()).containsExactly(RecoveryFailure.UNKNOWN_SESSION);
			second.close();
		}
		finally {
			released.countDown();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private ScriptedClient openOnOtherLane(Thread lane) {
		for (int i = 0; i < 20; i++) {
			ScriptedClient client = open().send("40/other,");
			String id = client.next().split("\"")[3];
			await().until(() -> this.lanes.containsKey(id));
			if (this.lanes.get(id) != lane) {
				return client;
			}
			client.close();
		}
		throw new AssertionError("There is one event loop only");
	}

	@Test
	void sessionThatIsAboutToBeRecoveredCanBeForgotten() {
		Sinks.Empty<Void> gate = Sinks.empty();
		CountDownLatch waiting = new CountDownLatch(1);
		start(store(), false, (io) -> io.use((socket) -> {
			if (!socket.recovered()) {
				return Mono.empty();
			}
			waiting.countDown();
			return gate.asMono();
		}));
		ScriptedClient first = open();
		Session session = first.join();
		first.reset();
		awaitAway(session);
		io().in(session.id()).emit("secret");
		try (ScriptedClient second = open().ask(session, null)) {
			await().until(() -> waiting.getCount() == 0);
			assertThat(io().forgetSession(session.id())).isTrue();
			gate.tryEmitEmpty();
			Session answer = second.answer();
			assertThat(answer.recovers(session)).isFalse();
			assertThat(answer.missed()).isEmpty();
			assertThat(failures()).containsExactly(RecoveryFailure.FORGOTTEN);
		}
	}

	@Test
	void refusedClientMayAskAgainOnTheSameConnectionBeforeItsSessionIsSaved() {
		Sinks.Empty<Void> gate = Sinks.empty();
		AtomicInteger saves = new AtomicInteger();
		AtomicBoolean refuse = new AtomicBoolean(true);
		SessionStore delegate = store();
		SessionStore store = new SessionStore() {

			@Override
			public Mono<Void> save(StoredSession session, Duration timeToLive) {
				Mono<Void> save = delegate.save(session, timeToLive);
				return (saves.incrementAndGet() == 2) ? gate.asMono().then(save) : save;
			}

			@Override
			public Mono<StoredSession> claim(String namespace, String privateId) {
				return delegate.claim(namespace, privateId);
			}

		};
		start(store, false, (io) -> {
			io.of("/other");
			io.use((socket) -> (socket.recovered() && refuse.getAndSet(false))
					? Mono.error(new ConnectionRefusedException("no")) : Mono.empty());
		});
		ScriptedClient first = open();
		Session session = first.join();
		first.reset();
		awaitAway(session);
		try (ScriptedClient second = open().ask(session, null)) {
			assertThat(second.next()).isEqualTo("44{\"message\":\"no\"}");
			second.ask(session, null).send("40/other,");
			assertThat(second.next()).startsWith("40/other,");
			gate.tryEmitEmpty();
			assertThat(second.answer().recovers(session)).isTrue();
		}
	}

	@Test
	void recoveredSocketThatAMiddlewareTakesOutOfARoomHasLeftIt() {
		start(store(), false, (io) -> io.use((socket) -> {
			socket.leave("left");
			return Mono.empty();
		}));
		ScriptedClient first = open();
		Session session = first.join();
		this.sockets.get(session.id()).join("left");
		first.reset();
		awaitAway(session);
		try (ScriptedClient second = open()) {
			assertThat(second.ask(session, null).answer().recovers(session)).isTrue();
			await().until(() -> this.sockets.containsKey(session.id()));
			io().in("left").socketsJoin("foreign");
			assertThat(this.sockets.get(session.id()).rooms()).containsExactly(session.id());
		}
	}

	@Test
	void sessionThatExpiresWhileItIsClaimedIsGivenUpForThatReason() {
		GatedStore store = new GatedStore(false);
		Duration life = Duration.ofMillis(50);
		start(store, true, life, (io) -> {
		});
		ScriptedClient first = open();
		Session session = first.join();
		first.reset();
		awaitAway(session);
		Instant away = Instant.now();
		try (ScriptedClient second = open().ask(session, null)) {
			await().until(() -> store.asked.getCount() == 0);
			await().until(() -> Duration.between(away, Instant.now()).compareTo(life) > 0);
			store.gate.tryEmitEmpty();
			assertThat(second.answer().recovers(session)).isFalse();
			assertThat(failures()).containsExactly(RecoveryFailure.EXPIRED);
			await().until(() -> this.server.events().stream().anyMatch(SessionExpiredEvent.class::isInstance));
		}
	}

	/**
	 * Answers claims when the gate is open.
	 */
	private static final class GatedStore implements SessionStore {

		private final boolean takesAtOnce;

		private final SessionStore delegate = store();

		private final Sinks.Empty<Void> gate = Sinks.empty();

		private final CountDownLatch asked = new CountDownLatch(1);

		private GatedStore(boolean takesAtOnce) {
			this.takesAtOnce = takesAtOnce;
		}

		@Override
		public Mono<Void> save(StoredSession session, Duration timeToLive) {
			return this.delegate.save(session, timeToLive);
		}

		@Override
		public Mono<StoredSession> claim(String namespace, String privateId) {
			Mono<StoredSession> claim = this.delegate.claim(namespace, privateId).doOnTerminate(this.asked::countDown);
			if (this.takesAtOnce) {
				return claim.delayUntil((session) -> this.gate.asMono());
			}
			this.asked.countDown();
			return this.gate.asMono().then(claim);
		}

	}

}
