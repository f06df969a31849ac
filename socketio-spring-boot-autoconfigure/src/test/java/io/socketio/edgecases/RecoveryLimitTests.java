package io.socketio.edgecases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.SessionExpiredEvent;
import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;
import io.socketio.testing.Await;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of recovery hold for all namespaces together, and what goes is the oldest of
 * all (section 4.3 of the promises: bounded in bytes, count and time).
 */
class RecoveryLimitTests extends RecoveryCases {

	private WireClient joined(String namespace) {
		WireClient client = webSocket();
		int before = this.sockets.size();
		client.connect(namespace, Map.of());
		Await.until("the socket is connected", () -> this.sockets.size() > before);
		return client;
	}

	private void assertRecovered(String namespace, WireClient client, boolean recovered) {
		Map<String, String> auth = client.recovery(namespace);
		assertThat(webSocket().connect(namespace, auth).pid().equals(auth.get("pid"))).isEqualTo(recovered);
	}

	private List<SessionExpiredEvent> expired() {
		return this.server.events()
			.stream()
			.filter(SessionExpiredEvent.class::isInstance)
			.map(SessionExpiredEvent.class::cast)
			.toList();
	}

	@Test
	@DisplayName("4.3. many clients drop at once -> no more sessions than max-sessions, none given up twice")
	void manyAtOnce() {
		start(recovering((options) -> options.maxSessions = 5), (io) -> {
		});
		List<WireClient> clients = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			clients.add(joined());
		}
		clients.forEach(WireClient::leave);
		Await.until("all have gone", () -> this.reasons.size() == 40);
		Await.until("all but five are given up", () -> expired().size() >= 35);
		assertThat(expired()).extracting(SessionExpiredEvent::reason).containsOnly(RecoveryFailure.TOO_MANY_SESSIONS);
		Set<String> ids = new HashSet<>(expired().stream().map(SessionExpiredEvent::socketId).toList());
		assertThat(ids).hasSize(35);
		long recovered = clients.stream().map(WireClient::recovery).filter((auth) -> {
			WireClient back = webSocket();
			return back.connect("/", auth).pid().equals(auth.get("pid"));
		}).count();
		assertThat(recovered).isEqualTo(5);
	}

	@Test
	@DisplayName("4.3. a session that only the store knew counts as well")
	void knownToTheStoreOnly() {
		Map<String, StoredSession> sessions = new ConcurrentHashMap<>();
		Sinks.Empty<Void> gate = Sinks.empty();
		start(recovering((options) -> {
			options.maxSessions = 1;
			options.skipMiddlewares = false;
		}).store(new SessionStore() {

			@Override
			public Mono<Void> save(StoredSession session, Duration timeToLive) {
				return Mono.fromRunnable(() -> sessions.put(session.privateId(), session));
			}

			@Override
			public Mono<StoredSession> claim(String namespace, String privateId) {
				return Mono.justOrEmpty(sessions.get(privateId)); // keeps it
			}

		}), (io) -> io
			.use((socket) -> (socket.handshake().auth("wait", Boolean.class) != null) ? gate.asMono() : Mono.empty()));
		WireClient client = joined();
		drop(client);
		Return back = comeBack(client).recovered();
		back.client().send("1");
		awaitReasons("transport close", "client namespace disconnect");
		drop(joined());
		assertThat(expired()).isEmpty();
		Map<String, Object> auth = new HashMap<>(client.recovery());
		auth.put("wait", true);
		WireClient again = webSocket();
		again.sendConnect("/", auth);
		Await.until("the other one is given up", () -> expired().size() == 1);
		gate.tryEmitEmpty();
		assertThat(again.reply("/", true).pid()).isEqualTo(client.recovery().get("pid"));
	}

	@Test
	@DisplayName("4.3. one namespace holds all sessions there may be -> its oldest goes, not the newest of another")
	void oldestOfAll() {
		start(recovering((options) -> options.maxSessions = 3), (io) -> {
			recorded(io.of("/a"));
			recorded(io.of("/b"));
		});
		List<WireClient> clients = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			clients.add(joined("/a"));
			drop(clients.get(i));
		}
		WireClient other = joined("/b");
		drop(other);
		Await.until("one is given up", () -> expired().size() == 1);
		assertThat(expired().get(0).namespace()).isEqualTo("/a");
		assertRecovered("/b", other, true);
		assertRecovered("/a", clients.get(0), false);
		assertRecovered("/a", clients.get(1), true);
		assertRecovered("/a", clients.get(2), true);
	}

	@Test
	@DisplayName("4.3. others have filled the logs there may be -> a quiet namespace keeps its few events")
	void quietNamespace() throws Exception {
		start(recovering((options) -> options.maxTotalLogEvents = 200), (io) -> {
			recorded(io.of("/a"));
			recorded(io.of("/b"));
			recorded(io.of("/quiet"));
		});
		drop(joined("/a"));
		drop(joined("/b"));
		WireClient quiet = joined("/quiet");
		drop(quiet);
		Thread[] emitters = { new Thread(() -> emit("/a")), new Thread(() -> emit("/b")) };
		for (Thread emitter : emitters) {
			emitter.start();
		}
		for (Thread emitter : emitters) {
			emitter.join();
		}
		io().of("/quiet").emit("missed", 1);
		io().of("/quiet").emit("missed", 2);
		io().of("/a").emit("x");
		WireClient back = webSocket();
		assertThat(names(back.connect("/quiet", quiet.recovery("/quiet")).missed())).containsExactly("missed[1]",
				"missed[2]");
	}

	private void emit(String namespace) {
		for (int i = 0; i < 1000; i++) {
			io().of(namespace).emit("x", i);
		}
	}

	@Test
	@DisplayName("4.3. a session that its client is about to get is not given up, the next one is")
	void claimed() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start(recovering((options) -> options.maxSessions = 2), (io) -> {
		});
		WireClient first = joinedWithOffset();
		drop(first);
		WireClient second = joined();
		drop(second);
		this.store.beforeClaim = gate.asMono();
		WireClient back = webSocket();
		back.sendConnect("/", first.recovery());
		Await.until("the claim", () -> !this.store.claims.isEmpty());
		this.store.beforeClaim = Mono.empty();
		drop(joined());
		Await.until("one is given up", () -> expired().size() == 1);
		gate.tryEmitEmpty();
		assertThat(back.reply("/", true).pid()).isEqualTo(first.recovery().get("pid"));
		assertRecovered("/", second, false);
	}

}
