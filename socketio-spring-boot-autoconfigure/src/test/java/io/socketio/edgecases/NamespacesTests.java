package io.socketio.edgecases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.SessionExpiredEvent;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.RemoteSocket;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: dynamic namespaces (187 to 189, 191, 219 and 223).
 */
class NamespacesTests extends ServerCases {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final List<String> created = new CopyOnWriteArrayList<>();

	private WireClient joinedTo(String namespace) {
		WireClient client = webSocket();
		client.connect(namespace, Map.of());
		return client;
	}

	private void assertInvalid(String namespace) {
		WireClient client = webSocket().sendConnect(namespace, Map.of());
		assertThat(client.text()).isEqualTo("4" + namespace + ",{\"message\":\"Invalid namespace\"}");
	}

	private long times(String namespace) {
		return this.created.stream().filter(namespace::equals).count();
	}

	private void awaitCreatedAnew(String namespace) {
		Await.until(namespace + " is created anew", () -> {
			joinedTo(namespace).leave();
			return times(namespace) > 1;
		});
	}

	private boolean exists(String namespace) {
		int before = this.created.size();
		io().of(namespace);
		return this.created.size() == before;
	}

	@Test
	@DisplayName("187. pattern -> matching names are namespaces, others are not")
	void case187_pattern() {
		start((io) -> recorded(io.of(Pattern.compile("/dynamic-\\d+"))));
		joinedTo("/dynamic-1");
		joinedTo("/dynamic-22");
		Await.until("both have joined", () -> this.sockets.size() == 2);
		assertThat(this.sockets).extracting((socket) -> socket.namespace().name())
			.containsExactlyInAnyOrder("/dynamic-1", "/dynamic-22");
		assertInvalid("/dynamic-");
		assertInvalid("/my/dynamic-1");
	}

	@Test
	@DisplayName("187. predicate -> gets name and auth; the next parent is asked after a refusal or an error")
	void case187_predicate() {
		start((io) -> {
			io.of((name, handshake) -> Mono.error(new IllegalStateException("of the test")));
			io.of((name, handshake) -> Mono.empty());
			io.of((name, handshake) -> {
				throw new IllegalStateException("of the test");
			});
			recorded(io.of((name, handshake) -> Mono
				.just("secret".equals(handshake.auth().get("token")) && name.length() < 9)));
		});
		WireClient client = webSocket();
		client.connect("/private", Map.of("token", "secret"));
		assertThat(socket().handshake().auth()).containsEntry("token", "secret");
		assertInvalid("/private2");
		assertThat(webSocket().sendConnect("/other", Map.of("token", "wrong")).text())
			.isEqualTo("4/other,{\"message\":\"Invalid namespace\"}");
	}

	@Test
	@DisplayName("187. predicates that are answered later for two clients at once -> one namespace")
	void case187_race() {
		List<Sinks.One<Boolean>> questions = new CopyOnWriteArrayList<>();
		start((io) -> {
			io.onNewNamespace((namespace) -> this.created.add(namespace.name()));
			recorded(io.of((name, handshake) -> {
				Sinks.One<Boolean> answer = Sinks.one();
				questions.add(answer);
				return answer.asMono();
			}));
		});
		WireClient first = webSocket().sendConnect("/race", Map.of());
		WireClient second = webSocket().sendConnect("/race", Map.of());
		Await.until("both are asked for", () -> questions.size() == 2);
		questions.forEach((question) -> question.tryEmitValue(true));
		first.reply("/race", false);
		second.reply("/race", false);
		assertThat(this.created).containsExactly("/race");
		io().of("/race").emit("both");
		assertThat(first.text()).isEqualTo("2/race,[\"both\"]");
		assertThat(second.text()).isEqualTo("2/race,[\"both\"]");
	}

	@Test
	@DisplayName("187. connection closed while the predicate is asked -> no connection, nothing left")
	void case187_closedMeanwhile() {
		Sinks.One<Boolean> answer = Sinks.one();
		AtomicInteger asked = new AtomicInteger();
		start(TestServer.builder().cleanupEmptyChildNamespaces(), (io) -> {
			io.onNewNamespace((namespace) -> this.created.add(namespace.name()));
			recorded(io.of((name, handshake) -> {
				asked.incrementAndGet();
				return answer.asMono();
			}));
		});
		WireClient client = webSocket().sendConnect("/late", Map.of());
		Await.until("it is asked", () -> asked.get() == 1);
		client.leave();
		Await.until("the session has ended", () -> this.server.engine().sessionCount() == 0);
		answer.tryEmitValue(true);
		Await.until("the namespace was created", () -> !this.created.isEmpty());
		assertThat(this.sockets).isEmpty();
		awaitCreatedAnew("/late");
	}

	@Test
	@DisplayName("187. EVENT or second CONNECT while the predicate is asked -> closed")
	void case187_violationMeanwhile() {
		start((io) -> io.of((name, handshake) -> Mono.never()));
		WireClient client = webSocket().sendConnect("/late", Map.of());
		client.send("2/late,[\"x\"]");
		assertClosed(client);
		WireClient other = webSocket().sendConnect("/late", Map.of()).sendConnect("/late", Map.of());
		assertClosed(other);
	}

	@Test
	@DisplayName("187. a namespace that the application creates attaches to the first parent whose pattern matches")
	void case187_explicit() {
		start((io) -> {
			io.of((name, handshake) -> Mono.just(true)).use((socket) -> Mono.error(new IllegalStateException()));
			io.of(Pattern.compile("/explicit-.*"))
				.use((socket) -> Mono.error(new ConnectionRefusedException("pattern", null)));
			io.of("/explicit-1");
			io.of("/other");
		});
		assertThat(webSocket().sendConnect("/explicit-1", Map.of()).text())
			.isEqualTo("4/explicit-1,{\"message\":\"pattern\"}");
		joinedTo("/other");
	}

	@Test
	@DisplayName("188. what is added to the parent later does not reach existing children")
	void case188_laterAdditions() {
		SocketIoNamespace[] parent = new SocketIoNamespace[1];
		start((io) -> parent[0] = io.of(Pattern.compile("/child-.*")));
		joinedTo("/child-1");
		recorded(parent[0]);
		joinedTo("/child-1");
		joinedTo("/child-2");
		Await.until("one has joined", () -> !this.sockets.isEmpty());
		assertThat(this.sockets).extracting((socket) -> socket.namespace().name()).containsExactly("/child-2");
	}

	@Test
	@DisplayName("189. cleanup -> a child is forgotten when its last socket leaves, and can be joined again")
	void case189_cleanup() {
		start(TestServer.builder().cleanupEmptyChildNamespaces(), (io) -> {
			io.onNewNamespace((namespace) -> this.created.add(namespace.name()));
			recorded(io.of(Pattern.compile("/child-.*")));
			io.of("/static");
		});
		WireClient first = joinedTo("/child-1");
		WireClient second = joinedTo("/child-1");
		first.send("1/child-1,");
		awaitReasons("client namespace disconnect");
		joinedTo("/child-1").leave();
		awaitReasons("client namespace disconnect", "transport close");
		assertThat(this.created).containsExactly("/static", "/child-1");
		second.leave();
		awaitReasons("client namespace disconnect", "transport close", "transport close");
		awaitCreatedAnew("/child-1");
		joinedTo("/static").leave();
		assertThat(exists("/static")).isTrue();
	}

	@Test
	@DisplayName("189. cleanup after a refused middleware; a child that the application has a hold of stays")
	void case189_refusedAndKept() {
		start(TestServer.builder().cleanupEmptyChildNamespaces(), (io) -> {
			io.onNewNamespace((namespace) -> this.created.add(namespace.name()));
			io.of(Pattern.compile("/child-.*")).use((socket) -> Mono.error(new ConnectionRefusedException("no", null)));
			io.of("/child-kept");
		});
		for (String name : List.of("/child-1", "/child-kept")) {
			WireClient client = webSocket().sendConnect(name, Map.of());
			assertThat(client.text()).isEqualTo("4" + name + ",{\"message\":\"no\"}");
		}
		Await.until("it is created anew", () -> {
			webSocket().sendConnect("/child-1", Map.of()).text();
			return times("/child-1") > 1;
		});
		assertThat(exists("/child-kept")).isTrue();
	}

	@Test
	@DisplayName("without cleanup a child stays")
	void noCleanup() {
		start((io) -> {
			io.onNewNamespace((namespace) -> this.created.add(namespace.name()));
			recorded(io.of(Pattern.compile("/child-.*")));
		});
		joinedTo("/child-1").leave();
		awaitReasons("transport close");
		assertThat(exists("/child-1")).isTrue();
	}

	@Test
	@DisplayName("191. listeners hear of static and dynamic namespaces, once each, before anybody has joined")
	void case191_newNamespace() {
		start((io) -> {
			io.onNewNamespace((namespace) -> {
				this.created.add(namespace.name());
				namespace.onConnection((socket) -> socket.emit("welcome"));
			});
			io.of(Pattern.compile("/child-.*"));
			io.of("/static");
			io.of("static");
		});
		assertThat(joinedTo("/child-1").text()).isEqualTo("2/child-1,[\"welcome\"]");
		assertThat(joinedTo("/child-1").text()).isEqualTo("2/child-1,[\"welcome\"]");
		assertThat(this.created).containsExactly("/static", "/child-1");
	}

	@Test
	@DisplayName("2.6: what a parent emits reaches all children; its operators, too")
	void parentEmits() {
		SocketIoNamespace[] parent = new SocketIoNamespace[1];
		start((io) -> parent[0] = recorded(io.of(Pattern.compile("/child-.*"))));
		WireClient first = joinedTo("/child-1");
		WireClient second = joinedTo("/child-2");
		Await.until("both have joined", () -> this.sockets.size() == 2);
		parent[0].emit("all", 1);
		assertThat(first.text()).isEqualTo("2/child-1,[\"all\",1]");
		assertThat(second.text()).isEqualTo("2/child-2,[\"all\",1]");
		SocketIoSocket one = this.sockets.stream()
			.filter((socket) -> "/child-1".equals(socket.namespace().name()))
			.findAny()
			.orElseThrow();
		parent[0].in(one.id()).socketsJoin("room");
		parent[0].to("room").emit("room");
		parent[0].except("room").emit("others");
		assertThat(first.text()).isEqualTo("2/child-1,[\"room\"]");
		assertThat(second.text()).isEqualTo("2/child-2,[\"others\"]");
		assertThat(parent[0].fetchSockets().map(RemoteSocket::id).collectList().block(TIMEOUT))
			.containsExactlyInAnyOrderElementsOf(this.sockets.stream().map(SocketIoSocket::id).toList());
		parent[0].to("room").disconnectSockets();
		assertThat(first.text()).isEqualTo("1/child-1,");
	}

	@Test
	@DisplayName("4.6 of the design: a connection joins only so many namespaces")
	void tooManyNamespaces() {
		start(TestServer.builder().maxNamespaces(2), (io) -> io.of(Pattern.compile("/child-.*")));
		WireClient client = webSocket();
		client.connect("/child-1", Map.of());
		client.connect("/child-2", Map.of());
		assertThat(client.sendConnect("/child-3", Map.of()).text())
			.isEqualTo("4/child-3,{\"message\":\"Too many namespaces\"}");
		client.send("1/child-1,");
		client.connect("/child-3", Map.of());
	}

	// With connection state recovery

	@Test
	@DisplayName("219. dynamic namespace with cleanup -> recovery survives emptiness (reference: no)")
	void case219_recoverySurvivesEmptiness() {
		start(TestServer.builder().recovery().cleanupEmptyChildNamespaces(),
				(io) -> recorded(io.of(Pattern.compile("/child-.*"))));
		WireClient client = joinedTo("/child-1");
		Await.until("it has joined", () -> !this.sockets.isEmpty());
		String id = socket().id();
		socket().join("room");
		client.leave();
		awaitReasons("transport close");
		this.sockets.get(0).namespace().to("room").emit("missed");
		WireClient back = webSocket();
		WireClient.Reply reply = back.connect("/child-1", client.recovery("/child-1"));
		assertThat(reply.sid()).isEqualTo(id);
		assertThat(reply.missed()).extracting(WireEvent::toString).containsExactly("missed[]");
	}

	@Test
	@DisplayName("219. the child is forgotten when its last session has expired")
	void case219_forgottenWithTheLastSession() {
		RecoveryOptions defaults = RecoveryOptions.defaults();
		RecoveryOptions brief = new RecoveryOptions(Duration.ofMillis(50), true, defaults.maxLogBytes(),
				defaults.maxLogEvents(), defaults.maxTotalLogBytes(), defaults.maxTotalLogEvents(),
				defaults.maxSessions(), defaults.maxConcurrentReplays(), defaults.storeTimeout());
		start(TestServer.builder().recovery(brief).cleanupEmptyChildNamespaces(), (io) -> {
			io.onNewNamespace((namespace) -> this.created.add(namespace.name()));
			recorded(io.of(Pattern.compile("/child-.*")));
		});
		joinedTo("/child-1").leave();
		Await.until("the session has expired",
				() -> this.server.events().stream().anyMatch(SessionExpiredEvent.class::isInstance));
		Await.until("it is created anew", () -> {
			WireClient client = joinedTo("/child-1").send("1/child-1,"); // keeps no
																			// session
			client.leave();
			return times("/child-1") > 1;
		});
	}

	@Test
	@DisplayName("223. broadcast by an operator of the parent -> one offset per child (reference accumulates)")
	void case223_offsetsOfParentBroadcasts() {
		SocketIoNamespace[] parent = new SocketIoNamespace[1];
		start(TestServer.builder().recovery(), (io) -> parent[0] = recorded(io.of(Pattern.compile("/child-.*"))));
		List<WireClient> clients = new ArrayList<>();
		for (int i = 1; i <= 3; i++) {
			clients.add(joinedTo("/child-" + i));
		}
		Await.until("all have joined", () -> this.sockets.size() == 3);
		parent[0].except("nobody").emit("viaOp", 1);
		for (WireClient client : clients) {
			WireEvent event = client.event();
			assertThat(event.name()).isEqualTo("viaOp");
			assertThat(event.offset()).isNotNull();
			assertThat(event.toString()).isEqualTo("viaOp[1]");
		}
	}

}
