package io.socketio.edgecases;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.AnyEventListener;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: catch-all listeners and middlewares of a socket (172 to
 * 175), and listeners by type.
 */
class SocketListenersTests extends ServerCases {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private AnyEventListener any(String name) {
		return (event, arguments, acknowledgement) -> this.calls
			.add(name + " " + event + arguments + (acknowledgement.requested() ? " ack" : ""));
	}

	private void on(SocketIoSocket socket, String event) {
		socket.on(event, (arguments, acknowledgement) -> this.calls.add("on " + event + arguments));
	}

	@Test
	@DisplayName("172. onAny before use before handlers; prependAny in front; all see the acknowledgement")
	void case172_order() {
		start((io) -> io.onConnection((socket) -> {
			on(socket, "x");
			socket.use((event) -> Mono.fromRunnable(() -> this.calls.add("use " + event.name())));
			socket.onAny(any("second"));
			socket.prependAny(any("first"));
		}));
		WireClient client = joined().send("27[\"x\",1]");
		assertNothingElse(client);
		assertThat(this.calls.subList(0, 4)).containsExactly("first x[1] ack", "second x[1] ack", "use x", "on x[1]");
		assertThat(this.received).containsExactly("x[1]");
	}

	@Test
	@DisplayName("172. offAny removes one or all")
	void case172_offAny() {
		start();
		WireClient client = joined();
		AnyEventListener first = any("first");
		socket().onAny(first);
		socket().onAny(any("second"));
		socket().onAny(any("third"));
		socket().offAny(first);
		client.send("2[\"a\"]");
		assertNothingElse(client);
		socket().offAny();
		client.send("2[\"b\"]");
		assertNothingElse(client);
		assertThat(this.calls).containsExactly("second a[]", "third a[]", "second marker[] ack", "third marker[] ack");
	}

	@Test
	@DisplayName("173. use refuses -> onError, no handler, no acknowledgement, connection stays")
	void case173_refused() {
		start((io) -> io.onConnection((socket) -> {
			on(socket, "x");
			socket
				.use((event) -> "x".equals(event.name()) ? Mono.error(new IllegalStateException("no")) : Mono.empty());
			socket.use((event) -> Mono.fromRunnable(() -> this.calls.add("second " + event.name())));
			socket.onError((ex) -> this.calls.add("error " + ex.getMessage()));
		}));
		WireClient client = joined().send("27[\"x\"]");
		assertNothingElse(client);
		assertThat(this.calls).containsExactly("error no", "second marker");
		assertThat(this.received).isEmpty();
		assertThat(this.reasons).isEmpty();
	}

	@Test
	@DisplayName("173. a middleware may answer itself, or throw")
	void case173_answeredAndThrown() {
		start((io) -> io.onConnection((socket) -> socket.use((event) -> {
			if ("x".equals(event.name())) {
				event.acknowledgement().send("busy");
				throw new IllegalStateException("thrown");
			}
			return Mono.empty();
		})));
		WireClient client = joined().send("27[\"x\"]");
		assertThat(client.text()).isEqualTo("37[\"busy\"]");
		assertNothingElse(client);
		assertThat(this.received).isEmpty();
	}

	@Test
	@DisplayName("173. events keep their order while a middleware waits; a disconnect drops those that wait")
	void case173_order() {
		Sinks.Empty<Void> first = Sinks.empty();
		Sinks.Empty<Void> last = Sinks.empty();
		start((io) -> io.onConnection((socket) -> socket.use((event) -> switch (event.name()) {
			case "slow" -> first.asMono();
			case "never" -> last.asMono();
			default -> Mono.empty();
		})));
		WireClient client = joined().send("2[\"a\"]", "2[\"slow\"]", "2[\"b\"]", "2[\"c\"]");
		Await.until("the first has arrived", () -> this.received.size() == 1);
		first.tryEmitEmpty();
		assertNothingElse(client);
		assertThat(this.received).containsExactly("a[]", "slow[]", "b[]", "c[]");
		client.send("2[\"never\"]", "2[\"d\"]", "1");
		client.leave();
		Await.until("it has left", () -> !this.reasons.isEmpty());
		last.tryEmitEmpty();
		assertNothingElse(joined());
		assertThat(this.received).hasSize(4);
	}

	@Test
	@DisplayName("174. use may rename the event and replace its arguments")
	void case174_changed() {
		start((io) -> io.onConnection((socket) -> {
			on(socket, "new");
			socket.use((event) -> Mono.fromRunnable(() -> {
				if ("old".equals(event.name())) {
					event.rename("new");
					event.replaceArguments("first", null, new byte[] { 1 }, List.of(event.arguments().size()));
				}
			}));
		}));
		WireClient client = joined().send("2[\"old\",1,2]");
		assertNothingElse(client);
		assertThat(this.calls).hasSize(1).first().asString().startsWith("on new[first, null, [B@").endsWith(", [2]]");
		assertThat(this.received).hasSize(1).first().asString().startsWith("new[first");
	}

	@Test
	@DisplayName("175. onAnyOutgoing hears of emits, broadcasts, binary ones and those with ack; not of acks")
	void case175_outgoing() {
		start();
		WireClient client = joined();
		SocketIoSocket socket = socket();
		socket.onAnyOutgoing((event, arguments) -> this.calls.add(event + arguments.subList(0, 1)));
		socket.prependAnyOutgoing((event, arguments) -> this.calls.add("first " + event));
		socket.emit("single", 1);
		io().emit("all", 2, new byte[] { 1 });
		io().to("nobody").emit("others", 3);
		io().except(socket.id()).emit("others", 3);
		socket.emitWithAck("asked", 4).subscribe();
		io().emitWithAck("everyone", 5).subscribe();
		for (int i = 0; i < 5; i++) {
			client.next(); // five packets, one of them an attachment
		}
		assertNothingElse(client);
		assertThat(this.calls).containsExactly("first single", "single[1]", "first all", "all[2]", "first asked",
				"asked[4]", "first everyone", "everyone[5]");
		socket.offAnyOutgoing();
		io().emit("more", 6);
		client.next();
		assertNothingElse(client);
		assertThat(this.calls).hasSize(8);
	}

	@Test
	@DisplayName("175. with recovery each is heard of once, too")
	void case175_outgoingWithRecovery() {
		start(TestServer.builder().recovery(), (io) -> {
		});
		WireClient client = joined();
		socket().onAnyOutgoing((event, arguments) -> this.calls.add(event + arguments));
		socket().emit("single", 1);
		socket().volatileEvents().emit("volatile");
		io().to(socket().id()).emit("room", "a", null);
		Await.until("all are heard of", () -> this.calls.size() >= 3);
		assertThat(client.event().name()).isEqualTo("single");
		assertThat(this.calls).containsExactly("single[1]", "volatile[]", "room[a, null]");
	}

	@Test
	@DisplayName("listeners by type: records, generics, two arguments; what is absent is null")
	void typedListeners() {
		start((io) -> io.onConnection((socket) -> {
			socket.on("point", Point.class, (point, ack) -> ack.send(point.x() + point.y()));
			socket.on("list", new ParameterizedTypeReference<List<Point>>() {
			}, (points, ack) -> ack.send(points.get(1).x()));
			socket.on("two", String.class, Integer.class, (text, number, ack) -> ack.send(text + number));
		}));
		WireClient client = joined();
		assertThat(client.send("21[\"point\",{\"x\":1,\"y\":2}]").text()).isEqualTo("31[3]");
		assertThat(client.send("22[\"list\",[{\"x\":1,\"y\":0},{\"x\":7,\"y\":0}]]").text()).isEqualTo("32[7]");
		assertThat(client.send("23[\"two\",\"a\",5]").text()).isEqualTo("33[\"a5\"]");
		assertThat(client.send("24[\"two\"]").text()).isEqualTo("34[\"nullnull\"]");
	}

	@Test
	@DisplayName("listeners by type: an argument that cannot be converted is answered as an error")
	void invalidArgument() {
		start((io) -> io.onConnection(
				(socket) -> socket.on("two", String.class, Integer.class, (text, number, ack) -> ack.send("called"))));
		WireClient client = joined();
		String error = "{\"status\":\"error\",\"message\":\"argument 1 is invalid\"}";
		assertThat(client.send("23[\"two\",\"a\",\"b\"]").text()).isEqualTo("33[" + error + "]");
		assertThat(client.send("2[\"two\",\"a\",{}]").text()).isEqualTo("2[\"exception\"," + error + "]");
		assertNothingElse(client);
	}

	record Point(int x, int y) {

	}

}
