package io.socketio.clients;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The official Java client, over the real port.
 */
class JavaClientTests {

	private static final String POLLING = "polling";

	private static final String WEBSOCKET = "websocket";

	private static final String BOTH = "polling websocket";

	private static BlockingQueue<Object[]> listen(Socket client, String event) {
		BlockingQueue<Object[]> events = new LinkedBlockingQueue<>();
		client.on(event, events::add);
		return events;
	}

	private static Object[] next(BlockingQueue<Object[]> events) throws InterruptedException {
		Object[] event = events.poll(10, TimeUnit.SECONDS);
		assertThat(event).as("event").isNotNull();
		return event;
	}

	private static @Nullable Object[] all(EventArguments arguments) {
		return arguments.toList().toArray();
	}

	@ParameterizedTest
	@CsvSource({ "polling websocket, polling, websocket", "websocket, websocket, websocket",
			"polling, polling, polling" })
	void connectsAndExchangesEvents(String transports, String first, String last) throws Exception {
		try (Scene scene = new Scene(transports, (io) -> {
		})) {
			BlockingQueue<String> used = new LinkedBlockingQueue<>();
			scene.manager.on(Manager.EVENT_TRANSPORT, (args) -> used.add(((Transport) args[0]).name));
			SocketIoSocket socket = scene.connect();
			assertThat(socket.handshake().query()).containsEntry("transport", first);
			if (!first.equals(last)) {
				await().until(() -> used.contains(last));
			}
			assertThat(used)
				.containsExactly(Arrays.stream(new String[] { first, last }).distinct().toArray(String[]::new));
			socket.on("to-server", (arguments, ack) -> socket.emit("to-client", all(arguments)));
			BlockingQueue<Object[]> events = listen(scene.client, "to-client");
			JSONObject object = new JSONObject();
			object.put("text", "häß €uro 😀").put("list", new JSONArray().put(1).put(true));
			scene.client.emit("to-server", "a", 1, 2.5, true, JSONObject.NULL, object, new JSONArray().put("x"));
			Object[] args = next(events);
			assertThat(args).hasSize(7).startsWith("a", 1);
			assertThat(((Number) args[2]).doubleValue()).isEqualTo(2.5);
			assertThat(args[3]).isEqualTo(true);
			assertThat(args[4]).isNull();
			assertThat(args[5]).hasToString(object.toString());
			assertThat(args[6]).hasToString("[\"x\"]");
			for (int i = 0; i < 200; i++) {
				scene.client.emit("to-server", i);
			}
			for (int i = 0; i < 200; i++) {
				assertThat(next(events)).containsExactly(i);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void acknowledges(String transports) throws Exception {
		try (Scene scene = new Scene(transports, (io) -> {
		})) {
			SocketIoSocket socket = scene.connect();
			socket.on("ask", (arguments, ack) -> ack.send(arguments.get(0) + "!", new byte[] { 7 }));
			socket.on("silent", (arguments, ack) -> {
			});
			CompletableFuture<Object[]> answer = new CompletableFuture<>();
			scene.client.emit("ask", new Object[] { "a" }, (Ack) answer::complete);
			assertThat(answer.get(10, TimeUnit.SECONDS)).containsExactly("a!", new byte[] { 7 });
			CompletableFuture<String> timedOut = new CompletableFuture<>();
			scene.client.emit("silent", new Object[0], new AckWithTimeout(50) {

				@Override
				public void onSuccess(Object... args) {
					timedOut.complete("answered");
				}

				@Override
				public void onTimeout() {
					timedOut.complete("timed out");
				}

			});
			assertThat(timedOut.get(10, TimeUnit.SECONDS)).isEqualTo("timed out");
			scene.client.on("question",
					(args) -> ((Ack) args[args.length - 1]).call("re: " + args[0], new byte[] { 8 }));
			EventArguments reply = socket.emitWithAck("question", "b").block(Duration.ofSeconds(10));
			assertThat(reply.toList()).containsExactly("re: b", new byte[] { 8 });
			scene.client.on("ignored", (args) -> {
			});
			Mono<EventArguments> ignored = socket.timeout(Duration.ofMillis(50)).emitWithAck("ignored");
			assertThatThrownBy(() -> ignored.block(Duration.ofSeconds(10))).hasCauseInstanceOf(TimeoutException.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void carriesBinary(String transports) throws Exception {
		try (Scene scene = new Scene(transports, (io) -> {
		})) {
			SocketIoSocket socket = scene.connect();
			socket.on("to-server", (arguments, ack) -> socket.emit("to-client", all(arguments)));
			BlockingQueue<Object[]> events = listen(scene.client, "to-client");
			byte[] big = new byte[200_000];
			Arrays.fill(big, (byte) 5);
			JSONObject inner = new JSONObject().put("bytes", new byte[] { 1, 2 });
			JSONObject deep = new JSONObject().put("list", new JSONArray().put(inner).put("x"));
			scene.client.emit("to-server", big, deep, new byte[0], "end");
			Object[] args = next(events);
			assertThat(args).hasSize(4);
			assertThat((byte[]) args[0]).isEqualTo(big);
			JSONArray list = ((JSONObject) args[1]).getJSONArray("list");
			assertThat((byte[]) list.getJSONObject(0).get("bytes")).containsExactly(1, 2);
			assertThat(list.get(1)).isEqualTo("x");
			assertThat((byte[]) args[2]).isEmpty();
			assertThat(args[3]).isEqualTo("end");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void joinsNamespacesWithAuthentication(String transports) throws Exception {
		try (Scene scene = new Scene(transports,
				(io) -> io.of("/custom")
					.use((socket) -> "right".equals(socket.handshake().auth().get("token")) ? Mono.empty()
							: Mono.error(new ConnectionRefusedException("not allowed", Map.of("code", 17))))
					.onConnection((socket) -> {
						socket.join("room");
						socket.on("who", (arguments, ack) -> ack.send(socket.namespace().name()));
					}))) {
			scene.connect();
			IO.Options options = new IO.Options();
			options.auth = new HashMap<>(Map.of("token", "wrong"));
			Socket custom = scene.manager.socket("/custom", options);
			BlockingQueue<Object[]> errors = listen(custom, Socket.EVENT_CONNECT_ERROR);
			custom.open();
			JSONObject error = (JSONObject) next(errors)[0];
			assertThat(error.getString("message")).isEqualTo("not allowed");
			assertThat(error.getJSONObject("data").getInt("code")).isEqualTo(17);
			options.auth.put("token", "right");
			BlockingQueue<Object[]> connects = listen(custom, Socket.EVENT_CONNECT);
			custom.open();
			next(connects);
			CompletableFuture<Object[]> name = new CompletableFuture<>();
			custom.emit("who", new Object[0], (Ack) name::complete);
			assertThat(name.get(10, TimeUnit.SECONDS)).containsExactly("/custom");
			assertThat(scene.client.connected()).isTrue();
		}
	}

	@Test
	void addressesRoomsOfACustomNamespace() throws Exception {
		try (Scene scene = new Scene(BOTH, (io) -> io.of("/custom").onConnection((socket) -> {
			socket.join("room");
			socket.on("who", (arguments, ack) -> ack.send(socket.namespace().name()));
		}))) {
			scene.connect();
			Socket custom = scene.manager.socket("/custom");
			BlockingQueue<Object[]> connects = listen(custom, Socket.EVENT_CONNECT);
			BlockingQueue<Object[]> news = listen(custom, "news");
			BlockingQueue<Object[]> mainNews = listen(scene.client, "news");
			custom.open();
			next(connects);
			CompletableFuture<Object[]> name = new CompletableFuture<>();
			custom.emit("who", new Object[0], (Ack) name::complete);
			assertThat(name.get(10, TimeUnit.SECONDS)).containsExactly("/custom");
			scene.server.server().of("/custom").to("elsewhere").emit("news", "not for it");
			scene.server.server().of("/custom").to("room").emit("news", "hello");
			assertThat(next(news)).containsExactly("hello");
			scene.server.server().emit("news", "main");
			assertThat(next(mainNews)).containsExactly("main");
			assertThat(news).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void isDisconnectedByTheServer(String transports) throws Exception {
		try (Scene scene = new Scene(transports, (io) -> {
		})) {
			SocketIoSocket socket = scene.connect();
			BlockingQueue<Object[]> disconnects = listen(scene.client, Socket.EVENT_DISCONNECT);
			BlockingQueue<Object[]> last = listen(scene.client, "last");
			socket.emit("last", "words");
			socket.disconnect();
			assertThat(next(last)).containsExactly("words");
			assertThat(next(disconnects)).containsExactly("io server disconnect");
			assertThat(scene.reasons.poll(10, TimeUnit.SECONDS))
				.isEqualTo(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void disconnects(String transports) throws Exception {
		try (Scene scene = new Scene(transports, (io) -> {
		})) {
			scene.connect();
			BlockingQueue<Object[]> disconnects = listen(scene.client, Socket.EVENT_DISCONNECT);
			scene.client.disconnect();
			assertThat(next(disconnects)).containsExactly("io client disconnect");
			assertThat(scene.reasons.poll(10, TimeUnit.SECONDS))
				.isEqualTo(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
			await().until(() -> scene.server.engine().sessionCount() == 0);
			SocketIoSocket again = scene.connect();
			assertThat(again.recovered()).isFalse();
		}
	}

	/**
	 * The client does not notice a close frame, whoever sends it, so that it takes the
	 * missing heartbeat.
	 * @param transports transports of the client
	 * @throws Exception in case of failure
	 */
	@ParameterizedTest
	@ValueSource(strings = { WEBSOCKET, POLLING })
	void noticesTheServersShutdown(String transports) throws Exception {
		try (Scene scene = new Scene(transports, (io) -> {
		})) {
			scene.connect();
			BlockingQueue<Object[]> disconnects = listen(scene.client, Socket.EVENT_DISCONNECT);
			scene.server.close();
			assertThat(scene.reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.SERVER_SHUTTING_DOWN);
			assertThat(next(disconnects)[0]).isIn("ping timeout", "transport close", "transport error");
		}
	}

	/**
	 * A server, the sockets that connect to it, and a client.
	 */
	private static final class Scene implements AutoCloseable {

		private final BlockingQueue<SocketIoSocket> connected = new LinkedBlockingQueue<>();

		private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

		private final TestServer server;

		private final Manager manager;

		private final Socket client;

		Scene(String transports, Consumer<SocketIoServer> application) throws Exception {
			this.server = TestServer.builder()
				.heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(1))
				.application((io) -> {
					io.onConnection((socket) -> {
						socket.onDisconnect(this.reasons::add);
						this.connected.add(socket);
					});
					application.accept(io);
				})
				.start();
			IO.Options options = new IO.Options();
			options.transports = transports.split(" ");
			options.reconnection = false;
			this.manager = new Manager(URI.create("http://127.0.0.1:" + this.server.port()), options);
			this.client = this.manager.socket("/");
		}

		SocketIoSocket connect() throws Exception {
			BlockingQueue<Object[]> events = listen(this.client, Socket.EVENT_CONNECT);
			this.client.open();
			assertThat(events.poll(10, TimeUnit.SECONDS)).as("connected").isNotNull();
			SocketIoSocket socket = this.connected.poll(10, TimeUnit.SECONDS);
			assertThat(socket).isNotNull();
			assertThat(this.client.id()).isEqualTo(socket.id());
			return socket;
		}

		@Override
		public void close() {
			this.client.close();
			this.server.close();
		}

	}

}
