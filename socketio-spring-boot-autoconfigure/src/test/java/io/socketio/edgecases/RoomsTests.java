package io.socketio.edgecases;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

import io.socketio.engine.Lane;
import io.socketio.server.BroadcastOperator;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.Handshake;
import io.socketio.server.RoomListener;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: rooms, namespaces and utilities (cases 177 to 186, 190 and
 * 192 to 194, without fetchSockets).
 */
class RoomsTests extends ServerCases {

	private WireClient first;

	private WireClient second;

	private WireClient third;

	/**
	 * Three clients whose sockets are the first three of {@link #sockets}.
	 */
	private void startWithThree() {
		start();
		this.first = joined();
		this.second = joined();
		this.third = joined();
	}

	private SocketIoSocket socket(int index) {
		return this.sockets.get(index);
	}

	/**
	 * Check which events a client has got.
	 * @param client the client
	 * @param names the names of the events
	 */
	private void assertGot(WireClient client, String... names) {
		for (String name : names) {
			assertThat(client.event().name()).isEqualTo(name);
		}
		assertNothingElse(client);
	}

	@Test
	@DisplayName("177. broadcast to two rooms -> a member of both gets it once, each member in the same order")
	void case177_union() {
		startWithThree();
		socket(0).join("a", "b");
		socket(1).join("b");
		io().to("a", "b").emit("x");
		io().to("a").to("b").in("unknown").emit("y");
		assertGot(this.first, "x", "y");
		assertGot(this.second, "x", "y");
		assertGot(this.third);
	}

	@Test
	@DisplayName("177. broadcast to everyone")
	void case177_everyone() {
		startWithThree();
		io().emit("x");
		io().local().emit("y");
		assertGot(this.first, "x", "y");
		assertGot(this.second, "x", "y");
		assertGot(this.third, "x", "y");
	}

	@Test
	@DisplayName("177. broadcast to the room of an id -> that socket alone")
	void case177_ownRoom() {
		startWithThree();
		io().to(socket(1).id()).emit("x");
		assertGot(this.first);
		assertGot(this.second, "x");
		assertGot(this.third);
	}

	@Test
	@DisplayName("177. another socket may join the room of an id, and its owner may leave it")
	void case177_foreignRoom() {
		startWithThree();
		socket(0).join(socket(1).id());
		io().to(socket(1).id()).emit("both");
		socket(1).leave(socket(1).id());
		io().to(socket(1).id()).emit("one");
		assertGot(this.first, "both", "one");
		assertGot(this.second, "both");
		assertGot(this.third);
	}

	@Test
	@DisplayName("178. socket.broadcast and socket.to(room) exclude the sender")
	void case178_sender() {
		startWithThree();
		socket(0).join("a");
		socket(1).join("a");
		socket(0).broadcast().emit("all");
		socket(0).to("a").emit("room");
		socket(0).in("a").emit("room again");
		assertGot(this.first);
		assertGot(this.second, "all", "room", "room again");
		assertGot(this.third, "all");
	}

	@Test
	@DisplayName("179. except(id) and except(room)")
	void case179_except() {
		startWithThree();
		socket(0).join("a");
		socket(1).join("a", "b");
		io().except(socket(2).id()).emit("not third");
		io().except("b").emit("not b");
		io().to("a").except("b", "unknown").emit("a not b");
		io().except("a").except(socket(2).id()).emit("nobody");
		socket(0).except("b").emit("from first, not b");
		assertGot(this.first, "not third", "not b", "a not b");
		assertGot(this.second, "not third");
		assertGot(this.third, "not b", "from first, not b");
	}

	@Test
	@DisplayName("180. operators are immutable")
	void case180_immutable() {
		startWithThree();
		socket(0).join("a");
		socket(1).join("b");
		BroadcastOperator a = io().to("a");
		BroadcastOperator ab = a.to("b");
		BroadcastOperator none = a.except("a");
		a.volatileEvents();
		a.compress(false);
		a.emit("a");
		ab.emit("ab");
		none.emit("none");
		a.emit("a again");
		assertGot(this.first, "a", "ab", "a again");
		assertGot(this.second, "ab");
		assertGot(this.third);
	}

	@Test
	@DisplayName("181. a room ends with its last member")
	void case181_lastMember() {
		startWithThree();
		socket(0).join("a");
		socket(1).join("a");
		socket(0).leave("a");
		io().to("a").emit("one left");
		this.second.leave();
		awaitReasons("transport close");
		io().to("a").emit("nobody left");
		socket(2).join("a");
		io().to("a").emit("again");
		assertGot(this.first);
		assertGot(this.third, "again");
	}

	@Test
	@DisplayName("181. listeners of rooms: create before join, leave before delete; a second join is none")
	void case181_roomEvents() {
		List<String> events = new CopyOnWriteArrayList<>();
		start((io) -> io.onRooms(new RoomListener() {

			@Override
			public void created(String room) {
				events.add("create " + room);
			}

			@Override
			public void joined(String room, String socketId) {
				events.add("join " + room + " " + socketId);
			}

			@Override
			public void left(String room, String socketId) {
				events.add("leave " + room + " " + socketId);
			}

			@Override
			public void deleted(String room) {
				events.add("delete " + room);
			}

		}));
		joined();
		WireClient other = joined();
		String first = socket(0).id();
		String second = socket(1).id();
		assertThat(events).containsExactly("create " + first, "join " + first + " " + first, "create " + second,
				"join " + second + " " + second);
		events.clear();
		socket(0).join("a", "a");
		io().in(second).socketsJoin("a");
		socket(0).leave("a", "unknown");
		other.leave();
		awaitReasons("transport close");
		assertThat(events).containsExactly("create a", "join a " + first, "join a " + second, "leave a " + first,
				"leave " + second + " " + second, "delete " + second, "leave a " + second, "delete a");
	}

	@Test
	@DisplayName("182. join several rooms at once, join twice, leave an unknown room")
	void case182_severalRooms() {
		start();
		WireClient client = joined();
		String id = socket().id();
		assertThat(socket().rooms()).containsExactly(id);
		socket().join("a", "b", "c");
		socket().join("a");
		socket().leave("unknown");
		socket().leave("b", "unknown too");
		assertThat(socket().rooms()).containsExactlyInAnyOrder(id, "a", "c");
		io().to("a", "b", "c").emit("x");
		assertGot(client, "x");
	}

	@Test
	@DisplayName("182. rooms() is a copy that cannot change the socket")
	void case182_copy() {
		start();
		joined();
		Set<String> rooms = socket().rooms();
		rooms.clear();
		assertThat(socket().rooms()).containsExactly(socket().id());
	}

	@Test
	@DisplayName("183. join after disconnect -> no room")
	void case183_joinAfterDisconnect() {
		startWithThree();
		this.first.leave();
		awaitReasons("transport close");
		socket(0).join("a");
		socket(0).leave("a");
		assertThat(socket(0).rooms()).isEmpty();
		io().to("a").emit("x");
		assertGot(this.second);
	}

	@Test
	@DisplayName("183. rooms joined before a failing middleware are left")
	void case183_failingMiddleware() {
		List<SocketIoSocket> refused = new CopyOnWriteArrayList<>();
		start((io) -> io.use((socket) -> {
			socket.join("a");
			if (socket.handshake().auth().isEmpty()) {
				return Mono.empty();
			}
			refused.add(socket);
			return Mono.error(new ConnectionRefusedException("no"));
		}));
		WireClient client = joined();
		WireClient other = webSocket();
		assertThat(other.send("0{\"refuse\":1}").text()).isEqualTo("4{\"message\":\"no\"}");
		assertThat(refused.get(0).rooms()).isEmpty();
		io().to("a").emit("x");
		assertGot(client, "x");
		other.connect();
		assertGot(other);
	}

	@Test
	@DisplayName("184. disconnecting: rooms present, connected; disconnect: rooms empty, not connected")
	void case184_disconnecting() {
		List<String> calls = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> {
			socket.join("a");
			socket.onDisconnecting((reason) -> calls
				.add("disconnecting, " + reason + ", " + socket.connected() + socket.rooms().size()));
			socket.onDisconnect(
					(reason) -> calls.add("disconnect, " + reason + ", " + socket.connected() + socket.rooms().size()));
		}));
		joined().leave();
		awaitReasons("transport close");
		assertThat(calls).containsExactly("disconnecting, transport close, true2",
				"disconnect, transport close, false0");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("184. a disconnecting listener disconnects the socket -> each listener is called once")
	void case184_nested(boolean close) {
		List<String> calls = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> {
			socket.onDisconnecting((reason) -> {
				calls.add("disconnecting");
				socket.disconnect(close);
			});
			socket.onDisconnect((reason) -> calls.add("disconnect, " + socket.connected()));
		}));
		joined().leave();
		awaitReasons("server namespace disconnect");
		assertThat(calls).containsExactly("disconnecting", "disconnect, false");
	}

	@Test
	@DisplayName("184. a failing listener does not keep others from being called")
	void case184_failingListener() {
		start((io) -> io.onConnection((socket) -> {
			socket.onDisconnecting((reason) -> {
				throw new IllegalStateException("of the test");
			});
			socket.onDisconnect((reason) -> {
				throw new IllegalStateException("of the test");
			});
		}));
		joined().leave();
		awaitReasons("transport close");
		assertThat(socket().rooms()).isEmpty();
	}

	@Test
	@DisplayName("185. connection closed during an async middleware -> no connection, rooms empty")
	void case185_closedDuringMiddleware() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<SocketIoSocket> candidates = new CopyOnWriteArrayList<>();
		start((io) -> io.use((socket) -> {
			socket.join("room");
			candidates.add(socket);
			return gate.asMono();
		}));
		WireClient client = webSocket().send("0");
		Await.until("the middleware is called", () -> !candidates.isEmpty());
		assertThat(candidates.get(0).rooms()).containsExactly("room");
		client.leave();
		Await.until("the socket has left", () -> candidates.get(0).rooms().isEmpty());
		gate.tryEmitEmpty();
		assertNothingElse(joined());
		assertThat(this.sockets).doesNotContain(candidates.get(0));
		assertThat(this.reasons).isEmpty();
	}

	@Test
	@DisplayName("186. connected is false in a middleware, true in the connection handler")
	void case186_connected() {
		List<Boolean> connected = new CopyOnWriteArrayList<>();
		start((io) -> io.use((socket) -> {
			connected.add(socket.connected());
			return Mono.empty();
		}).onConnection((socket) -> connected.add(socket.connected())));
		joined();
		Await.until("both", () -> connected.size() == 2);
		assertThat(connected).containsExactly(false, true);
	}

	@Test
	@DisplayName("186. a socket in a middleware gets no broadcast, and disconnect() does nothing (2.7, 2.11)")
	void case186_notYetConnected() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<SocketIoSocket> candidates = new CopyOnWriteArrayList<>();
		start((io) -> io.use((socket) -> {
			socket.join("a");
			candidates.add(socket);
			return gate.asMono();
		}));
		WireClient client = webSocket().send("0");
		Await.until("the middleware is called", () -> !candidates.isEmpty());
		io().emit("too early");
		io().to("a").emit("too early");
		candidates.get(0).disconnect();
		gate.tryEmitEmpty();
		client.reply("/", false);
		io().to("a").emit("x");
		assertGot(client, "x");
	}

	@Test
	@DisplayName("2.7: what a middleware emits is sent before the CONNECT reply, once the socket is let in")
	void emitInMiddleware() {
		start((io) -> io.use((socket) -> {
			socket.emit("early", 1);
			return socket.handshake().auth().isEmpty() ? Mono.empty()
					: Mono.error(new ConnectionRefusedException("no"));
		}));
		WireClient client = webSocket();
		assertThat(client.send("0{\"refuse\":1}").text()).isEqualTo("4{\"message\":\"no\"}");
		assertThat(client.send("0").text()).isEqualTo("2[\"early\",1]");
		client.reply("/", false);
		assertNothingElse(client);
	}

	@Test
	@DisplayName("190. of(\"abc\") is of(\"/abc\"), of(\"\") is of(\"/\")")
	void case190_names() {
		start((io) -> {
			assertThat(io.of("abc")).isSameAs(io.of("/abc"));
			assertThat(io.of("abc").name()).isEqualTo("/abc");
			assertThat(io.of("")).isSameAs(io.of("/"));
			assertThat(io.of("").name()).isEqualTo("/");
			assertThat(io.name()).isEqualTo("/");
		});
		webSocket().connect("/abc", Map.of());
		WireClient client = joined();
		io().of("").emit("x");
		assertGot(client, "x");
	}

	private void startWithThreeNamespaces() {
		start((io) -> {
			recorded(io.of("/a"));
			recorded(io.of("/b"));
		});
	}

	private void disconnectFromAll() {
		Await.until("three sockets", () -> this.sockets.size() == 3);
		socket(2).disconnect(true);
		awaitReasons("server namespace disconnect", "server namespace disconnect", "server namespace disconnect");
	}

	@Test
	@DisplayName("192. disconnect(true) -> DISCONNECT for every namespace in the order of joining, then close")
	void case192_webSocket() {
		startWithThreeNamespaces();
		WireClient client = webSocket();
		client.connect("/a", Map.of());
		client.connect();
		client.connect("/b", Map.of());
		disconnectFromAll();
		assertThat(client.untilClosed()).containsExactly("1/a,", "1", "1/b,");
	}

	@Test
	@DisplayName("192. disconnect(true) on polling -> DISCONNECTs on the next poll, 6 and 1 on the one after")
	void case192_polling() {
		startWithThreeNamespaces();
		PollingClient client = PollingClient.open(port());
		client.push("40/a,\u001e40\u001e40/b,");
		client.poll();
		disconnectFromAll();
		assertThat(client.poll().text()).isEqualTo("41/a,\u001e41\u001e41/b,");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
	}

	@Test
	@DisplayName("192. disconnect(true) with a pending poll -> DISCONNECTs there, close on the next")
	void case192_pendingPoll() {
		startWithThreeNamespaces();
		PollingClient client = PollingClient.open(port());
		client.push("40/a,\u001e40\u001e40/b,");
		client.poll();
		RawHttp poll = pendingPoll(client);
		disconnectFromAll();
		assertThat(poll.read().text()).isEqualTo("41/a,\u001e41\u001e41/b,");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("192. disconnect() -> DISCONNECT, the connection stays")
	void case192_oneNamespace(Wire wire) {
		start((io) -> recorded(io.of("/a")));
		WireClient client = joined(wire);
		client.connect("/a", Map.of());
		Await.until("both", () -> this.sockets.size() == 2);
		socket(1).disconnect();
		assertThat(client.text()).isEqualTo("1/a,");
		awaitReasons("server namespace disconnect");
		assertNothingElse(client);
		client.connect("/a", Map.of());
	}

	@Test
	@DisplayName("193. socketsJoin and socketsLeave with and without a room filter")
	void case193_joinAndLeave() {
		startWithThree();
		socket(0).join("a");
		io().socketsJoin("everyone");
		io().to("a").socketsJoin("b", "c");
		io().except("a").socketsJoin("d");
		io().in(socket(2).id()).socketsLeave("d", "unknown");
		assertThat(socket(0).rooms()).containsExactlyInAnyOrder(socket(0).id(), "a", "everyone", "b", "c");
		assertThat(socket(1).rooms()).containsExactlyInAnyOrder(socket(1).id(), "everyone", "d");
		assertThat(socket(2).rooms()).containsExactlyInAnyOrder(socket(2).id(), "everyone");
		io().socketsLeave("everyone", "b");
		io().to("everyone", "b").emit("nobody");
		io().to("c", "d").emit("two");
		assertGot(this.first, "two");
		assertGot(this.second, "two");
		assertGot(this.third);
	}

	@Test
	@DisplayName("193. disconnectSockets with a room filter, the connection stays")
	void case193_disconnect() {
		startWithThree();
		socket(0).join("a");
		socket(1).join("a");
		io().to("a").except(socket(1).id()).disconnectSockets();
		assertThat(this.first.text()).isEqualTo("1");
		awaitReasons("server namespace disconnect");
		assertNothingElse(this.second);
		assertNothingElse(this.third);
		this.first.connect();
	}

	@Test
	@DisplayName("193. disconnectSockets without a filter, connections closed")
	void case193_disconnectAll() {
		startWithThree();
		io().disconnectSockets(true);
		for (WireClient client : List.of(this.first, this.second, this.third)) {
			assertThat(client.untilClosed()).containsExactly("1");
		}
		Await.until("all are gone", () -> this.reasons.size() == 3);
		assertThat(this.reasons).containsOnly("server namespace disconnect");
	}

	@Test
	@DisplayName("193. a client that connects again as soon as it reads the DISCONNECT -> a new socket, no violation")
	void case193_connectAtOnce() {
		CountDownLatch back = new CountDownLatch(1);
		start((io) -> io.onConnection((socket) -> {
			socket.on("disconnect all", (args, ack) -> io.disconnectSockets());
			if (this.sockets.size() == 1) { // keeps the server from finishing with the
											// others
				socket.onDisconnecting((reason) -> await(back));
			}
		}));
		this.first = joined();
		this.second = joined();
		while (lane(this.second) == lane(this.first)) {
			this.second = joined();
		}
		this.first.send("2[\"disconnect all\"]");
		assertThat(this.second.text()).isEqualTo("1");
		this.second.connect();
		back.countDown();
		assertThat(this.first.text()).isEqualTo("1");
		assertNothingElse(this.second);
	}

	private Lane lane(WireClient client) {
		return this.server.engine().session(client.engineId()).lane();
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
	@DisplayName("194. handshake: headers, query (last wins), url, xdomain, address, time, not secure")
	void case194_handshake() {
		start();
		try (RawWebSocket webSocket = RawWebSocket.connect(port(),
				"/socket.io/?EIO=4&transport=websocket&foo=bar&foo=baz&empty=&enc=%C3%A4+%26", "X-Test: one",
				"X-Test: two", "Origin: https://example.org")) {
			webSocket.text();
			assertThat(webSocket.send("40").text()).startsWith("40{");
			Handshake handshake = socket().handshake();
			assertThat(handshake.headers().get("x-test")).containsExactly("one", "two");
			assertThat(handshake.query()).containsEntry("foo", "baz")
				.containsEntry("empty", "")
				.containsEntry("enc", "\u00e4 &")
				.containsEntry("EIO", "4")
				.containsEntry("transport", "websocket");
			assertThat(handshake.url())
				.isEqualTo("/socket.io/?EIO=4&transport=websocket&foo=bar&foo=baz&empty=&enc=%C3%A4+%26");
			assertThat(handshake.xdomain()).isTrue();
			assertThat(handshake.secure()).isFalse();
			assertThat(handshake.address().getAddress().isLoopbackAddress()).isTrue();
			assertThat(handshake.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
			assertThat(handshake.principal()).isNull();
		}
	}

	@Test
	@DisplayName("194. the auth is that of each namespace; without Origin xdomain is false")
	void case194_auth() {
		start((io) -> recorded(io.of("/a")));
		WireClient client = webSocket();
		client.connect("/", Map.of("token", 1));
		client.connect("/a", Map.of("token", 2));
		Await.until("both", () -> this.sockets.size() == 2);
		assertThat(socket(0).handshake().auth()).isEqualTo(Map.of("token", 1));
		assertThat(socket(1).handshake().auth()).isEqualTo(Map.of("token", 2));
		assertThat(socket(0).handshake().xdomain()).isFalse();
		assertThat(socket(0).id()).isNotEqualTo(socket(1).id());
	}

	@Test
	@DisplayName("194. after an upgrade the handshake is still that of the first request")
	void case194_upgrade() {
		start();
		PollingClient polling = PollingClient.open(port(), "X-Test: first");
		try (RawWebSocket webSocket = RawWebSocket.connect(port(), polling.upgradeTarget(), "X-Test: second")) {
			assertThat(webSocket.send("2probe").text()).isEqualTo("3probe");
			assertThat(webSocket.send("5").send("40").text()).startsWith("40{");
			assertThat(socket().handshake().query()).containsEntry("transport", "polling");
			assertThat(socket().handshake().headers().getFirst("X-Test")).isEqualTo("first");
		}
	}

}
