package io.socketio.edgecases;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A middleware refuses a recovered socket: its session is what it was before (case 213).
 */
class RecoveryRefusalTests extends RecoveryCases {

	private final Queue<Function<SocketIoSocket, Mono<Void>>> middlewares = new ArrayDeque<>();

	private WireClient client;

	@BeforeEach
	void away() {
		start(recovering((options) -> options.skipMiddlewares = false), (io) -> io.use((socket) -> {
			Function<SocketIoSocket, Mono<Void>> middleware = this.middlewares.poll();
			return (middleware != null) ? middleware.apply(socket) : Mono.empty();
		}));
		this.client = joinedWithOffset();
		socket().join("room");
		socket().data().put("name", "alice");
		drop(this.client);
	}

	private void refusedOnce(Function<SocketIoSocket, Mono<Void>> middleware) {
		this.middlewares.add(
				(socket) -> middleware.apply(socket).then(Mono.error(() -> new ConnectionRefusedException("not now"))));
	}

	private WireClient sendConnect() {
		WireClient back = webSocket();
		back.sendConnect("/", this.client.recovery());
		return back;
	}

	private static void assertRefused(WireClient back) {
		assertThat(back.text()).isEqualTo("4{\"message\":\"not now\"}");
	}

	private void assertUnchanged(String... missed) {
		comeBack(this.client).recovered(missed);
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(latestSocket().id(), "room");
		assertThat(latestSocket().data()).containsOnlyKeys("name").containsEntry("name", "alice");
	}

	@Test
	@DisplayName("213. a refused socket has joined and left rooms -> the session is in those that it was in")
	void case213_rooms() {
		refusedOnce((socket) -> {
			socket.join("admins");
			socket.leave("room", socket.id());
			assertThat(socket.rooms()).containsExactly("admins");
			io().to("admins").emit("secret", 1);
			io().to("room").emit("missed", 1);
			return Mono.empty();
		});
		assertRefused(sendConnect());
		io().to("admins").emit("secret", 2);
		io().to("room").emit("missed", 2);
		io().to(socket().id()).emit("missed", 3);
		assertUnchanged("missed[1]", "missed[2]", "missed[3]");
	}

	@Test
	@DisplayName("213. a refused socket has changed data() -> the session has that of before")
	void case213_data() {
		refusedOnce((socket) -> {
			assertThat(socket.data()).containsEntry("name", "alice");
			socket.data().put("name", "mallory");
			socket.data().put("admin", true);
			return Mono.empty();
		});
		assertRefused(sendConnect());
		assertUnchanged();
	}

	@Test
	@DisplayName("213. data() of the old socket changes while a middleware runs -> both changes count when it is let in")
	void case213_dataOfBoth() {
		this.middlewares.add((socket) -> {
			socket.data().put("new", 1);
			socket().data().put("old", 1);
			assertThat(socket.data()).doesNotContainKey("old");
			return Mono.empty();
		});
		comeBack(this.client).recovered();
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().data()).containsOnlyKeys("name", "new", "old");
	}

	@Test
	@DisplayName("213. what a refused socket emits, then or later, is not for the session")
	void case213_emits() {
		Queue<SocketIoSocket> refused = new ArrayDeque<>();
		refusedOnce((socket) -> {
			socket.emit("early");
			refused.add(socket);
			return Mono.empty();
		});
		assertRefused(sendConnect());
		refused.element().emit("late");
		refused.element().emitWithAck("late").onErrorComplete().subscribe();
		assertUnchanged();
	}

	@Test
	@DisplayName("193, 213. the server's own changes meanwhile stay, whether the socket is refused or let in")
	void case193_meanwhile() {
		for (boolean refuse : new boolean[] { true, false }) {
			Sinks.Empty<Void> gate = Sinks.empty();
			Sinks.Empty<Void> asked = Sinks.empty();
			Function<SocketIoSocket, Mono<Void>> middleware = (socket) -> {
				socket.join("own", "common");
				asked.tryEmitEmpty();
				return gate.asMono();
			};
			if (refuse) {
				refusedOnce(middleware);
			}
			else {
				this.middlewares.add(middleware);
			}
			WireClient back = sendConnect();
			asked.asMono().block(Duration.ofSeconds(5));
			io().in("room").socketsJoin("news");
			io().in("own").socketsJoin("not addressed: not let in");
			io().in("news").socketsLeave("room", "common");
			io().to("news").emit("missed", refuse);
			io().to("room", "common").emit("left");
			gate.tryEmitEmpty();
			if (refuse) {
				assertRefused(back);
				io().in("news").socketsJoin("room");
				io().in("news").socketsLeave("news");
			}
			else {
				assertThat(names(back.reply("/", true).missed())).containsExactly("missed[true]", "missed[false]");
			}
		}
		Await.until("the connection", () -> this.sockets.size() == 2);
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(latestSocket().id(), "own", "news");
	}

	@Test
	@DisplayName("213. let in at the second try -> what the middleware changes then counts")
	void case213_letIn() {
		refusedOnce((socket) -> {
			socket.join("first");
			return Mono.empty();
		});
		assertRefused(sendConnect());
		this.middlewares.add((socket) -> {
			socket.join("second");
			socket.leave("room");
			socket.data().put("name", "bob");
			io().to("second").emit("missed");
			io().to("room").emit("left");
			return Mono.empty();
		});
		Return back = comeBack(this.client).recovered("missed[]");
		drop(back.client());
		io().to("second").emit("missed");
		comeBack(back.client()).recovered("missed[]");
		Await.until("the connection", () -> this.sockets.size() == 3);
		assertThat(latestSocket().rooms()).containsExactlyInAnyOrder(latestSocket().id(), "second");
		assertThat(latestSocket().data()).containsEntry("name", "bob");
	}

}
