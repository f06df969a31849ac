package io.socketio.edgecases;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of connection state recovery where the reference fails and we do better
 * (cases 207 to 215), and the other rows of the promise: membership at the time of
 * emission, principals, limits.
 */
class RecoveryPromiseTests extends RecoveryCases {

	// 207. idle longer than the log is kept

	@Test
	@DisplayName("207. idle until the last event has left the log, nothing missed -> recovered")
	void case207_nothingMissed() {
		start(recovering((options) -> options.maxLogEvents = 5), (io) -> {
		});
		WireClient client = joinedWithOffset();
		emitElsewhere(10);
		drop(client);
		comeBack(client).recovered();
	}

	@Test
	@DisplayName("207. idle until the last event has left the log, then something missed -> recovered with it")
	void case207_missed() {
		start(recovering((options) -> options.maxLogEvents = 5), (io) -> {
		});
		WireClient client = joinedWithOffset();
		emitElsewhere(10);
		drop(client);
		io().emit("missed", 1);
		emitElsewhere(3);
		io().emit("missed", 2);
		comeBack(client).recovered("missed[1]", "missed[2]");
	}

	@Test
	@DisplayName("207. idle for longer than the log is kept, by time")
	void case207_byTime() {
		start(recovering((options) -> options.maxDisconnectionDuration = Duration.ofSeconds(1))
			.heartbeat(Duration.ofMillis(100), Duration.ofMillis(400)), (io) -> {
			});
		WireClient client = joinedWithOffset();
		client.heartbeats(22);
		emitElsewhere(1); // which removes what is too old
		drop(client);
		io().emit("missed");
		comeBack(client).recovered("missed[]");
	}

	// Events that another client gets, which fill the log
	private void emitElsewhere(int count) {
		WireClient other = joined();
		latestSocket().join("elsewhere");
		for (int i = 0; i < count; i++) {
			io().to("elsewhere").emit("filler", i);
			assertThat(other.event()).hasToString("filler[" + i + "]");
		}
		drop(other);
	}

	@Test
	@DisplayName("207. more missed than the log keeps -> honestly not recovered")
	void case207_overflowByNumber() {
		start(recovering((options) -> options.maxLogEvents = 5), (io) -> {
		});
		WireClient client = joinedWithOffset();
		drop(client);
		for (int i = 0; i < 6; i++) {
			io().emit("missed", i);
		}
		comeBack(client).notRecovered();
	}

	@Test
	@DisplayName("207. exactly as much missed as the log keeps -> recovered")
	void case207_full() {
		start(recovering((options) -> options.maxLogEvents = 5), (io) -> {
		});
		WireClient client = joinedWithOffset();
		drop(client);
		for (int i = 0; i < 5; i++) {
			io().emit("missed", i);
		}
		comeBack(client).recovered("missed[0]", "missed[1]", "missed[2]", "missed[3]", "missed[4]");
	}

	@Test
	@DisplayName("207. more bytes missed than the log keeps -> honestly not recovered")
	void case207_overflowByBytes() {
		start(recovering((options) -> options.maxLogBytes = 10_000), (io) -> {
		});
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed", new byte[6000]);
		io().emit("missed", new byte[6000]);
		comeBack(client).notRecovered();
	}

	@Test
	@DisplayName("207. overflow between restore and attach (slow middleware) -> new session, no half replay")
	void case207_overflowWhileAdmitted() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start(recovering((options) -> {
			options.maxLogEvents = 5;
			options.skipMiddlewares = false;
		}), (io) -> io.use((socket) -> socket.recovered() ? gate.asMono() : Mono.empty()));
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed");
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		Await.until("the session is claimed", () -> this.store.claims.size() == 1);
		awaitCalledMiddleware(back);
		for (int i = 0; i < 6; i++) {
			io().emit("more", i);
		}
		gate.tryEmitEmpty();
		assertThat(back.text()).matches("0\\{\"sid\":\"[^\"]+\",\"pid\":\"[^\"]+\"}")
			.doesNotContain(client.recovery().get("pid"), socket().id());
		assertNothingElse(back);
	}

	// A later packet of the same connection was handled
	private void awaitCalledMiddleware(WireClient client) {
		assertThat(client.send("0/unknown").text()).startsWith("4/unknown,");
	}

	// 208. no event received

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("208. zero events before the drop -> recovered (reference: new session)")
	void case208_noEvents(Wire wire) {
		start();
		WireClient client = joined(wire);
		drop(client);
		assertThat(client.recovery()).containsOnlyKeys("pid");
		comeBack(client, wire).recovered();
	}

	@Test
	@DisplayName("208. zero events, but still an offset of an earlier run of the server -> recovered from the session's start")
	void case208_earlierRun() {
		start();
		String offset = joinedWithOffset().recovery().get("offset");
		io().close().block(Duration.ofSeconds(10));
		start();
		WireClient client = joined(Wire.POLLING);
		io().emit("unread");
		drop(client);
		io().emit("missed");
		comeBack(Map.of("pid", client.recovery().get("pid"), "offset", offset)).recovered("unread[]", "missed[]");
	}

	@Test
	@DisplayName("208. zero events received -> replayed from the session's start, nothing from before it")
	void case208_replayFromStart() {
		start();
		WireClient other = joined();
		io().emit("before");
		assertThat(other.event()).hasToString("before[]");
		WireClient client = joined(Wire.POLLING);
		io().emit("unread", 1);
		drop(client);
		io().emit("unread", 2);
		comeBack(client).recovered("unread[1]", "unread[2]");
	}

	@Test
	@DisplayName("208. zero events, long idle -> recovered")
	void case208_idle() {
		start(recovering((options) -> options.maxLogEvents = 5), (io) -> {
		});
		WireClient client = joined();
		emitElsewhere(10);
		drop(client);
		io().emit("missed");
		comeBack(client).recovered("missed[]");
	}

	// 209 to 211. take-over

	@Test
	@DisplayName("209. the old connection still looks alive -> taken over: closed, its state moves (reference: new)")
	void case209_takeOver() {
		List<String> order = new CopyOnWriteArrayList<>();
		start((io) -> io.onConnection((socket) -> {
			order.add("connect " + socket.recovered());
			socket.onDisconnect((reason) -> order.add("disconnect " + reason));
		}));
		WireClient client = joinedWithOffset();
		socket().join("room");
		socket().data().put("key", "value");
		io().emit("unread", 1);
		io().to("room").emit("unread", 2);
		Return back = comeBack(client).recovered("unread[1]", "unread[2]");
		Await.until("both connections", () -> this.sockets.size() == 2);
		assertThat(order).containsExactly("connect false", "disconnect transport close", "connect true");
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(socket().id(), "room");
		assertThat(latestSocket().data()).isEqualTo(Map.of("key", "value"));
		assertThat(socket().rooms()).isEmpty();
		assertThat(client.untilClosed()).hasSize(2);
		io().to("room").emit("x");
		assertThat(back.client().event()).hasToString("x[]");
		assertNothingElse(back.client());
	}

	@Test
	@DisplayName("209. taken over from long-polling: the old session is unknown, a pending poll gets 1")
	void case209_polling() {
		start();
		PollingClient polling = PollingClient.open(port());
		polling.push("40");
		String reply = polling.poll().text();
		String pid = reply.substring(reply.indexOf("\"pid\":\"") + 7, reply.length() - 2);
		RawHttp poll = pendingPoll(polling);
		comeBack(Map.of("pid", pid)).recovered();
		assertThat(poll.read().text()).isEqualTo("1");
		assertThat(polling.poll().text()).contains("Session ID unknown");
	}

	@Test
	@DisplayName("209. take-over closes all namespaces of the old connection, each can be recovered")
	void case209_otherNamespaces() {
		start((io) -> recorded(io.of("/other")));
		WireClient client = joined();
		client.connect("/other", Map.of());
		Return back = comeBack(client).recovered();
		awaitReasons("transport close", "transport close");
		WireClient.Reply other = back.client().connect("/other", client.recovery("/other"));
		assertThat(other.pid()).isEqualTo(client.recovery("/other").get("pid"));
	}

	@Test
	@DisplayName("210. recovered, then the same pid again while connected -> the newest has it, nobody is orphaned")
	void case210_again() {
		start();
		WireClient client = joinedWithOffset();
		socket().join("room");
		drop(client);
		Return second = comeBack(client).recovered();
		Return third = comeBack(client).recovered();
		assertClosed(second.client());
		awaitReasons("transport close", "transport close");
		Await.until("three connections", () -> this.sockets.size() == 3);
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(socket().id(), "room");
		io().to("room").emit("room");
		io().to(socket().id()).emit("own");
		latestSocket().emit("direct");
		assertThat(names(List.of(third.client().event(), third.client().event(), third.client().event())))
			.containsExactly("room[]", "own[]", "direct[]");
		assertNothingElse(third.client());
	}

	@Test
	@DisplayName("211. the old half-open connection would time out after the recovery -> no harm (reference loses all)")
	void case211_oldTimesOut() {
		start(recovering().heartbeat(Duration.ofMillis(100), Duration.ofMillis(400)), (io) -> {
		});
		WireClient client = joinedWithOffset();
		socket().join("room");
		Return back = comeBack(client).recovered();
		back.client().heartbeats(7);
		io().to("room").emit("room");
		latestSocket().emit("direct");
		assertThat(names(List.of(back.client().event(), back.client().event()))).containsExactly("room[]", "direct[]");
		awaitReasons("transport close");
		assertThat(latestSocket().connected()).isTrue();
		drop(back.client());
		Return third = comeBack(back.client()).recovered();
		io().to("room").emit("still there");
		assertThat(third.client().event()).hasToString("still there[]");
	}

	// 212. volatile events

	@Test
	@DisplayName("212. volatile with a trailing string -> carries the newest offset, recovered without gap or duplicate")
	void case212_trailingString() {
		start();
		WireClient client = joinedWithOffset();
		String first = client.recovery().get("offset");
		io().volatileEvents().emit("status", "connected");
		WireEvent event = client.event();
		assertThat(event).hasToString("status[connected]");
		assertThat(event.offset()).isEqualTo(first);
		drop(client);
		io().emit("missed");
		comeBack(client).recovered("missed[]");
	}

	@Test
	@DisplayName("212. volatile without arguments, direct and to a room; the first event of all")
	void case212_noArguments() {
		start();
		WireClient client = joined();
		socket().join("room");
		socket().volatileEvents().emit("tick");
		assertThat(client.event()).hasToString("tick[]");
		emitElsewhere(1);
		io().to("room").volatileEvents().emit("tick");
		assertThat(client.event()).hasToString("tick[]");
		drop(client);
		io().emit("missed");
		comeBack(client).recovered("missed[]");
	}

	@Test
	@DisplayName("212. an event that is still queued is not skipped by a volatile one")
	void case212_noOvertaking() {
		start();
		WireClient client = joined(Wire.POLLING);
		io().emit("queued", 1);
		io().volatileEvents().emit("dropped");
		io().emit("queued", 2);
		assertThat(client.event()).hasToString("queued[1]");
		Map<String, String> recovery = client.recovery();
		drop(client);
		comeBack(recovery).recovered("queued[2]");
	}

	// 213. refused on reconnect

	@Test
	@DisplayName("213. refused by a middleware -> no missed events on the wire; may come back later (reference leaks)")
	void case213_refused() {
		start(recovering((options) -> options.skipMiddlewares = false),
				(io) -> io.use((socket) -> "bad".equals(socket.handshake().auth("token", String.class))
						? Mono.error(new ConnectionRefusedException("denied")) : Mono.empty()));
		WireClient client = joinedWithOffset();
		socket().join("room");
		drop(client);
		io().to("room").emit("secret", 42);
		Map<String, String> auth = new HashMap<>(client.recovery());
		auth.put("token", "bad");
		WireClient refused = webSocket();
		refused.sendConnect("/", auth);
		assertThat(refused.text()).isEqualTo("4{\"message\":\"denied\"}");
		io().to("room").emit("later");
		comeBack(client).recovered("secret[42]", "later[]");
	}

	@Test
	@DisplayName("213. refused asynchronously, after events in the meantime -> nothing of them on the wire")
	void case213_refusedLater() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start(recovering((options) -> options.skipMiddlewares = false),
				(io) -> io.use((socket) -> socket.recovered() ? gate.asMono() : Mono.empty()));
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed");
		WireClient refused = webSocket();
		refused.sendConnect("/", client.recovery());
		awaitCalledMiddleware(refused);
		io().emit("meanwhile");
		gate.tryEmitError(new ConnectionRefusedException("denied"));
		assertThat(refused.text()).isEqualTo("4{\"message\":\"denied\"}");
	}

	@Test
	@DisplayName("213. the connection breaks while the middleware runs -> the session is not lost")
	void case213_brokenMeanwhile() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<SocketIoSocket> candidates = new CopyOnWriteArrayList<>();
		start(recovering((options) -> options.skipMiddlewares = false), (io) -> io.use((socket) -> {
			if (socket.recovered()) {
				candidates.add(socket);
			}
			return (candidates.size() == 1) ? gate.asMono() : Mono.empty();
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed", 1);
		WireClient broken = webSocket();
		broken.sendConnect("/", client.recovery());
		Await.until("the middleware is called", () -> candidates.size() == 1);
		broken.leave();
		io().emit("missed", 2);
		comeBack(client).recovered("missed[1]", "missed[2]");
		gate.tryEmitEmpty();
		assertThat(candidates.get(0).connected()).isFalse();
	}

	@Test
	@DisplayName("213. the same pid again while the middleware runs -> taken over")
	void case213_takenOverMeanwhile() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<SocketIoSocket> candidates = new CopyOnWriteArrayList<>();
		start(recovering((options) -> options.skipMiddlewares = false), (io) -> io.use((socket) -> {
			if (socket.recovered()) {
				candidates.add(socket);
			}
			return (candidates.size() == 1) ? gate.asMono() : Mono.empty();
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed", 1);
		WireClient slow = webSocket();
		slow.sendConnect("/", client.recovery());
		Await.until("the middleware is called", () -> candidates.size() == 1);
		Return back = comeBack(client).recovered("missed[1]");
		gate.tryEmitEmpty();
		assertClosed(slow);
		assertNothingElse(back.client());
	}

	// 214. events while the client is let in

	@Test
	@DisplayName("214. broadcast while an async middleware runs -> delivered once, in order (reference loses it)")
	void case214_middleware() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start(recovering((options) -> options.skipMiddlewares = false),
				(io) -> io.use((socket) -> socket.recovered() ? gate.asMono() : Mono.empty()));
		WireClient client = joinedWithOffset();
		socket().join("room");
		drop(client);
		io().emit("missed", 1);
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		awaitCalledMiddleware(back);
		io().emit("missed", 2);
		io().to("room").emit("missed", 3);
		socket().emit("missed", 4);
		gate.tryEmitEmpty();
		assertThat(names(back.reply("/", true).missed())).containsExactly("missed[1]", "missed[2]", "missed[3]",
				"missed[4]");
		io().emit("live");
		assertThat(back.event()).hasToString("live[]");
		assertNothingElse(back);
	}

	@Test
	@DisplayName("214. broadcast while the store is asked -> delivered once, in order")
	void case214_restore() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		io().emit("missed", 1);
		this.store.beforeClaim = gate.asMono();
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		Await.until("the store is asked", () -> this.store.claims.size() == 1);
		io().emit("missed", 2);
		gate.tryEmitEmpty();
		assertThat(names(back.reply("/", true).missed())).containsExactly("missed[1]", "missed[2]");
		assertNothingElse(back);
	}

	@Test
	@DisplayName("214. room joined in a middleware on reconnect -> events since then are delivered")
	void case214_joinInMiddleware() {
		Sinks.Empty<Void> gate = Sinks.empty();
		start(recovering((options) -> options.skipMiddlewares = false), (io) -> io.use((socket) -> {
			if (!socket.recovered()) {
				return Mono.empty();
			}
			socket.join("new");
			return gate.asMono();
		}));
		WireClient client = joinedWithOffset();
		drop(client);
		io().to("new").emit("too early");
		WireClient back = webSocket();
		back.sendConnect("/", client.recovery());
		awaitCalledMiddleware(back);
		io().to("new").emit("missed");
		gate.tryEmitEmpty();
		assertThat(names(back.reply("/", true).missed())).containsExactly("missed[]");
	}

	@Test
	@DisplayName("214. what a middleware emits with recovery on -> not lost, before the reply (reference loses it)")
	void case214_emitInMiddleware() {
		start(recovering((options) -> options.skipMiddlewares = false), (io) -> io.use((socket) -> {
			socket.emit("early", socket.recovered());
			return Mono.empty();
		}));
		WireClient client = webSocket();
		assertThat(client.send("0").text()).startsWith("2[\"early\",false,");
		client.reply("/", false);
		drop(client);
		io().emit("missed");
		comeBack(client).recovered("early[false]", "missed[]", "early[true]");
	}

	// 215. bytes are logged

	@Test
	@DisplayName("215. the emitted object is changed afterwards -> replay shows the original (reference: changed)")
	void case215_object() {
		start();
		WireClient client = joinedWithOffset();
		drop(client);
		Map<String, Object> object = new HashMap<>(Map.of("v", 1, "list", new ArrayList<>(List.of("a"))));
		io().emit("x", object);
		object.put("v", 999);
		((List<Object>) object.get("list")).add("b");
		Return back = comeBack(client);
		assertThat(back.reply().missed().get(0).arguments()).containsExactly(Map.of("v", 1, "list", List.of("a")));
	}

	@Test
	@DisplayName("215. the emitted bytes are changed afterwards -> replay, and what is queued, show the original")
	void case215_bytes() {
		start();
		WireClient client = joined(Wire.POLLING);
		byte[] bytes = { 1, 2 };
		io().emit("x", bytes);
		bytes[0] = 99;
		WireEvent live = client.event();
		assertThat(live.attachments().get(0)).containsExactly(1, 2);
		drop(client);
		Return back = comeBack(Map.of("pid", client.recovery().get("pid")));
		assertThat(back.reply().missed().get(0).attachments().get(0)).containsExactly(1, 2);
	}

	// Membership counts at the time of emission

	@Test
	@DisplayName("4.3. room joined after an event -> not replayed (reference replays it)")
	void membership_joinedAfter() {
		start();
		WireClient client = joinedWithOffset();
		io().to("room").emit("before joining");
		socket().join("room");
		io().to("room").emit("after joining");
		Return back = comeBack(client).recovered("after joining[]");
		drop(back.client());
		comeBack(client).recovered("after joining[]");
	}

	@Test
	@DisplayName("4.3. room left after an event, before the break -> replayed (reference loses it)")
	void membership_leftBefore() {
		start();
		WireClient client = joined(Wire.POLLING);
		socket().join("room");
		io().to("room").emit("as a member", 1);
		socket().leave("room");
		io().to("room").emit("no member");
		socket().join("room");
		io().to("room").emit("as a member", 2);
		socket().leave("room");
		drop(client);
		io().to("room").emit("no member");
		Return back = comeBack(client).recovered("as a member[1]", "as a member[2]");
		assertThat(latestSocket().rooms()).doesNotContain("room");
		drop(back.client());
		comeBack(Map.of("pid", client.recovery().get("pid"))).recovered("as a member[1]", "as a member[2]");
	}

	@Test
	@DisplayName("4.3. the same for rooms that are left out")
	void membership_except() {
		start();
		WireClient client = joined(Wire.POLLING);
		io().except("room").emit("x", 1);
		socket().join("room");
		io().except("room").emit("x", 2);
		socket().leave("room");
		io().except("room").emit("x", 3);
		drop(client);
		comeBack(client).recovered("x[1]", "x[3]");
	}

	@Test
	@DisplayName("4.3. event to several rooms, in one of which the socket was -> once")
	void membership_severalRooms() {
		start();
		WireClient client = joined(Wire.POLLING);
		socket().join("a", "b");
		io().to("a", "b", "c").emit("x", 1);
		socket().leave("a");
		io().to("a", "b").emit("x", 2);
		socket().leave("b");
		io().to("a", "b").emit("x", 3);
		drop(client);
		comeBack(client).recovered("x[1]", "x[2]");
	}

	@Test
	@DisplayName("4.3. more memberships than are remembered -> recovered with everything or not at all")
	void membership_tooMany() {
		start();
		WireClient client = joined(Wire.POLLING);
		int rooms = 1500;
		for (int i = 0; i < rooms; i++) {
			socket().join("room" + i);
			io().to("room" + i).emit("x", i);
			socket().leave("room" + i);
		}
		drop(client);
		Return back = comeBack(client);
		if (back.reply().pid().equals(client.recovery().get("pid"))) {
			assertThat(back.reply().missed()).hasSize(rooms);
		}
		else {
			assertThat(back.reply().missed()).isEmpty();
		}
	}

	// Rooms and disconnects by the server while the client is away

	@Test
	@DisplayName("193, 3.6. socketsJoin and socketsLeave while the client is away count (reference: they do not)")
	void case193_away() {
		start();
		WireClient client = joinedWithOffset();
		socket().join("a", "b");
		drop(client);
		io().to("a").socketsJoin("c", "d");
		io().in("unknown").socketsJoin("e");
		io().to("c").emit("x", 1);
		io().to("e").emit("x", 2);
		io().socketsLeave("c");
		io().to("c").emit("x", 3);
		io().except("d").emit("x", 4);
		io().to("d").emit("x", 5);
		comeBack(client).recovered("x[1]", "x[5]");
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(socket().id(), "a", "b", "d");
	}

	@Test
	@DisplayName("193. disconnectSockets reaches clients that are away")
	void case193_disconnectAway() {
		start();
		WireClient first = joined();
		WireClient second = joined();
		this.sockets.get(0).join("a");
		drop(first);
		drop(second);
		io().to("a").disconnectSockets();
		comeBack(second).recovered();
		comeBack(first).notRecovered();
	}

	@Test
	@DisplayName("a forgotten session cannot be recovered; a connected socket has none to forget")
	void forgetSession() {
		start();
		WireClient client = joinedWithOffset();
		assertThat(io().forgetSession(socket().id())).isFalse();
		drop(client);
		assertThat(io().forgetSession(socket().id())).isTrue();
		assertThat(io().forgetSession(socket().id())).isFalse();
		comeBack(client).notRecovered();
	}

	@Test
	@DisplayName("of missed events with a conflation key the newest is sent, live all are")
	void conflation() {
		start();
		WireClient client = joinedWithOffset();
		io().conflate("price").emit("price", 1);
		io().conflate("price").emit("price", 2);
		assertThat(names(List.of(client.event(), client.event()))).containsExactly("price[1]", "price[2]");
		drop(client);
		io().conflate("price").emit("price", 3);
		io().emit("x");
		io().conflate("price").emit("price", 4);
		comeBack(client).recovered("x[]", "price[4]");
	}

	// Principals

	private static WebFilter user() {
		return (exchange, chain) -> {
			@Nullable String name = exchange.getRequest().getHeaders().getFirst("X-User");
			Principal principal = (name != null) ? () -> name : null;
			return chain.filter(exchange.mutate().principal(Mono.justOrEmpty(principal)).build());
		};
	}

	private WireClient as(String user) {
		return user.isEmpty() ? webSocket() : webSocket("X-User: " + user);
	}

	private void startWithUsers() {
		start(recovering().filter(user()), (io) -> {
		});
	}

	private WireClient joinedAs(String user) {
		WireClient client = as(user);
		client.connect();
		Await.until("the connection", () -> this.sockets.size() == 1);
		socket().emit("first");
		client.event();
		return client;
	}

	private Return comeBackAs(String user, WireClient client) {
		WireClient back = as(user);
		Map<String, String> auth = client.recovery();
		return new Return(back, back.connect("/", auth), auth);
	}

	@ParameterizedTest
	@EnumSource(Impostor.class)
	@DisplayName("4.3. another principal presents the pid -> refused, the session stays for its owner")
	void principal_other(Impostor impostor) {
		startWithUsers();
		WireClient client = joinedAs(impostor.owner);
		drop(client);
		io().emit("secret");
		Return other = comeBackAs(impostor.other, client).notRecovered();
		assertNothingElse(other.client());
		comeBackAs(impostor.owner, client).recovered("secret[]");
		assertThat(latestSocket().id()).isEqualTo(socket().id());
	}

	@ParameterizedTest
	@EnumSource(Impostor.class)
	@DisplayName("4.3. another principal presents the pid of a live socket -> that is left alone")
	void principal_otherWhileAlive(Impostor impostor) {
		startWithUsers();
		WireClient client = joinedAs(impostor.owner);
		comeBackAs(impostor.other, client).notRecovered();
		assertNothingElse(client);
		assertThat(this.reasons).isEmpty();
	}

	@Test
	@DisplayName("4.3. the principal is that of the new handshake")
	void principal_same() {
		startWithUsers();
		WireClient client = joinedAs("alice");
		assertThat(socket().principal().getName()).isEqualTo("alice");
		drop(client);
		comeBackAs("alice", client).recovered();
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().principal().getName()).isEqualTo("alice");
		assertThat(latestSocket().principal()).isNotSameAs(socket().principal());
	}

	/**
	 * Who has a session, and who wants it.
	 */
	enum Impostor {

		OTHER_USER("alice", "mallory"), ANONYMOUS("alice", ""), USER_FOR_ANONYMOUS("", "mallory");

		private final String owner;

		private final String other;

		Impostor(String owner, String other) {
			this.owner = owner;
			this.other = other;
		}

	}

}
