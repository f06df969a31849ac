package io.socketio.clients;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import io.socketio.engine.EngineSession;
import io.socketio.engine.TransportType;
import io.socketio.server.Acknowledgement;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.NodeScript;
import io.socketio.testing.TcpProxy;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The official JavaScript client in Node, over the real port.
 */
class JavaScriptClientTests {

	private static final int MEGABYTE = 1_000_000;

	@RegisterExtension
	private final Seed seed = new Seed();

	private static TestServer start(Consumer<SocketIoServer> application) {
		return TestServer.builder().application(application).start();
	}

	private static NodeScript script(String name, TestServer server, String transports) {
		return NodeScript.start(name, Map.of("port", server.port(), "transports", List.of(transports.split(" "))));
	}

	private static void echo(SocketIoServer io) {
		io.onConnection(
				(socket) -> socket.on("echo", (arguments, acknowledgement) -> acknowledgement.send(all(arguments))));
	}

	private static @Nullable Object[] all(EventArguments arguments) {
		return arguments.toList().toArray();
	}

	@ParameterizedTest
	@CsvSource({ "polling websocket, POLLING, WEBSOCKET", "websocket, WEBSOCKET, WEBSOCKET",
			"polling, POLLING, POLLING" })
	void connects(String transports, TransportType first, TransportType last) {
		List<SocketIoSocket> sockets = new ArrayList<>();
		try (TestServer server = start((io) -> {
			io.onConnection(sockets::add);
			echo(io);
		}); NodeScript script = script("transports", server, transports)) {
			JsonNode connected = script.await("connected");
			assertThat(connected.path("transport").asString()).isEqualTo(first.wireName());
			JsonNode settled = script.await("settled");
			assertThat(settled.path("transport").asString()).isEqualTo(last.wireName());
			assertThat(settled.path("answer").asString()).isEqualTo("häß €uro 😀");
			String sid = connected.path("sid").asString();
			assertThat(settled.path("sid").asString()).isEqualTo(sid);
			assertThat(server.engine().session(sid)).extracting(EngineSession::transportType).isEqualTo(last);
			assertThat(connected.path("id").asString()).isEqualTo(sockets.get(0).id()).isNotEqualTo(sid);
			script.command("end");
			script.succeed();
			await().until(() -> server.engine().sessionCount() == 0);
			assertThat(sockets).singleElement()
				.satisfies((socket) -> assertThat(socket.handshake().query()).containsEntry("transport",
						first.wireName()));
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket, 20", "polling, 15", "polling websocket, 15" })
	void echoesWithoutADifference(String transports, int megabytes) {
		try (TestServer server = start((io) -> io.onConnection((socket) -> socket.on("echo",
				(arguments, acknowledgement) -> socket.emit("echo", hashAndArguments(arguments)))));
				NodeScript script = NodeScript.start("echo", Map.of("port", server.port(), "transports",
						List.of(transports.split(" ")), "bytes", megabytes * MEGABYTE, "seed", this.seed.value()))) {
			JsonNode done = script.await("done", Duration.ofSeconds(30));
			script.succeed();
			assertThat(done.path("bytes").asInt()).isGreaterThanOrEqualTo(megabytes * MEGABYTE);
			assertThat(transports).endsWith(done.path("transport").asString());
		}
	}

	static @Nullable Object[] hashAndArguments(EventArguments arguments) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			List<@Nullable Object> list = new ArrayList<>();
			arguments.toList().forEach((argument) -> update(digest, argument));
			list.add(HexFormat.of().formatHex(digest.digest()));
			list.addAll(arguments.toList());
			return list.toArray();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void update(MessageDigest digest, @Nullable Object value) {
		if (value instanceof byte[] bytes) {
			digest.update(bytes);
		}
		else if (value instanceof String text) {
			digest.update(text.getBytes(StandardCharsets.UTF_8));
		}
		else if (value instanceof List<?> list) {
			list.forEach((element) -> update(digest, element));
		}
		else if (value instanceof Map<?, ?> map) {
			map.values().forEach((element) -> update(digest, element));
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void acknowledges(String transports) throws Exception {
		CompletableFuture<SocketIoSocket> connected = new CompletableFuture<>();
		AtomicReference<@Nullable Acknowledgement> held = new AtomicReference<>();
		try (TestServer server = start((io) -> io.onConnection((socket) -> {
			socket.on("answer", (arguments, ack) -> ack.send(arguments.get(0, String.class) + "!"));
			socket.on("answer-binary", (arguments, ack) -> ack.send(reversed(arguments.get(0, byte[].class))));
			socket.on("answer-several", (arguments, ack) -> ack.send("one", 2, Map.of("three", List.of(3)), null));
			socket.on("answer-nothing", (arguments, ack) -> ack.send());
			socket.on("held", (arguments, ack) -> held.set(ack));
			socket.on("release", (arguments, ack) -> {
				held.get().send("late");
				ack.send();
			});
			connected.complete(socket);
		})); NodeScript script = script("acknowledgements", server, transports)) {
			script.await("done");
			SocketIoSocket socket = connected.get();
			EventArguments answer = socket.emitWithAck("answer", "ä").block(Duration.ofSeconds(30));
			assertThat(answer.toList()).containsExactly("ä!", Map.of("list", List.of(1, 2)));
			EventArguments binary = socket.timeout(Duration.ofSeconds(5))
				.emitWithAck("answer-binary", (Object) new byte[] { 1, 2, 3 })
				.block(Duration.ofSeconds(30));
			assertThat(binary.get(0)).isInstanceOfSatisfying(Map.class,
					(map) -> assertThat((byte[]) map.get("bytes")).containsExactly(3, 2, 1));
			assertThat(socket.emitWithAck("answer-nothing").block(Duration.ofSeconds(30)).size()).isZero();
			Mono<EventArguments> silent = socket.timeout(Duration.ofMillis(50)).emitWithAck("silent");
			assertThatThrownBy(silent::block).hasCauseInstanceOf(TimeoutException.class);
			// answers "silent" before, which is too late
			assertThat(socket.emitWithAck("now").block(Duration.ofSeconds(30)).toList()).containsExactly("in time");
			socket.emit("end");
			script.succeed();
		}
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] reversed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		return reversed;
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void carriesBinaryAtAnyDepth(String transports) {
		try (TestServer server = start((io) -> io.onConnection((socket) -> {
			socket.on("echo", (arguments, ack) -> socket.emit("echo", all(arguments)));
			socket.on("acknowledge", (arguments, ack) -> ack.send(all(arguments)));
			socket.on("make", (arguments, ack) -> {
				socket.emit("made-by-server", new byte[] { 1, 2 },
						Map.of("list", List.of(new byte[] { 3 }, Map.of("deep", new byte[] { 4, 5 }))), "end");
				ack.send();
			});
		})); NodeScript script = script("binary", server, transports)) {
			script.succeed();
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void refusesAndAcceptsNamespaces(String transports) {
		List<String> joined = new ArrayList<>();
		try (TestServer server = start((io) -> {
			io.of("/private").use((socket) -> {
				Object token = token(socket);
				return "right".equals(token) ? Mono.empty()
						: Mono.error(new ConnectionRefusedException("not allowed", Map.of("code", 17, "tried", token)));
			});
			io.of("/plain").use((socket) -> Mono.error(new ConnectionRefusedException("no reason")));
			io.of("/broken").use((socket) -> {
				throw new IllegalStateException("secret of the inside");
			});
			for (String name : List.of("/", "/private", "/plain", "/broken")) {
				io.of(name).onConnection((socket) -> {
					joined.add(name);
					socket.on("who",
							(arguments, ack) -> ack.send("/".equals(name) ? name : name + " " + token(socket)));
				});
			}
		}); NodeScript script = script("namespaces", server, transports)) {
			script.succeed();
			assertThat(joined).containsExactly("/", "/private");
		}
	}

	private static Object token(SocketIoSocket socket) {
		return socket.handshake().auth().get("token");
	}

	@ParameterizedTest
	@CsvSource({ "websocket, clientLeaves, CLIENT_NAMESPACE_DISCONNECT, io client disconnect, true",
			"polling, clientLeaves, CLIENT_NAMESPACE_DISCONNECT, io client disconnect, true",
			"websocket, serverDisconnects, SERVER_NAMESPACE_DISCONNECT, io server disconnect, true",
			"polling, serverDisconnects, SERVER_NAMESPACE_DISCONNECT, io server disconnect, true",
			"websocket, serverCloses, SERVER_NAMESPACE_DISCONNECT, io server disconnect,",
			"polling, serverCloses, SERVER_NAMESPACE_DISCONNECT, io server disconnect,",
			"websocket, engineCloses, TRANSPORT_CLOSE, forced close, false",
			"polling, engineCloses, TRANSPORT_CLOSE, forced close, false",
			"polling websocket, engineCloses, TRANSPORT_CLOSE, forced close, false",
			"websocket, connectionBreaks, TRANSPORT_CLOSE, transport close, false",
			"websocket, garbageForEngine, PARSE_ERROR, transport close, false",
			"websocket, garbageForSocket, FORCED_CLOSE, transport close, false",
			"polling, garbageForSocket, FORCED_CLOSE, transport close, false",
			"websocket, tooBig, TRANSPORT_ERROR, transport close, false",
			"polling, tooBig, TRANSPORT_CLOSE, transport error, false" })
	void tellsWhyASocketLeft(String transports, String way, DisconnectReason atServer, String atClient,
			@Nullable Boolean othersStay) throws Exception {
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		try (TestServer server = start((io) -> {
			io.of("/other");
			io.onConnection((socket) -> {
				socket.onDisconnect(reasons::add);
				socket.on("disconnect-me", (arguments, ack) -> socket.disconnect(arguments.get(0, Boolean.class)));
			});
		});
				NodeScript script = NodeScript.start("disconnects",
						Map.of("port", server.port(), "transports", List.of(transports.split(" ")), "way", way))) {
			JsonNode disconnected = script.await("disconnected");
			assertThat(disconnected.path("reason").asString()).isEqualTo(atClient);
			if (othersStay != null) {
				assertThat(disconnected.path("stillConnected").asBoolean()).isEqualTo(othersStay);
			}
			assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(atServer);
			script.succeed();
			assertThat(reasons).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling" })
	void tellsThatTheServerShutsDown(String transports) throws Exception {
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		try (TestServer server = start((io) -> {
			io.of("/other");
			io.onConnection((socket) -> socket.onDisconnect(reasons::add));
		});
				NodeScript script = NodeScript.start("disconnects",
						Map.of("port", server.port(), "transports", List.of(transports), "way", "done"))) {
			script.await("ready");
			server.server().close().block(Duration.ofSeconds(30));
			// an error if the client was between two polls
			assertThat(script.await("disconnected").path("reason").asString()).isIn("transport close",
					"polling".equals(transports) ? "transport error" : "transport close");
			assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.SERVER_SHUTTING_DOWN);
		}
	}

	@Test
	void noticesASilentNetworkOnBothSides() throws Exception {
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.builder()
			.heartbeat(Duration.ofMillis(300), Duration.ofMillis(300))
			.application((io) -> {
				io.of("/other");
				io.onConnection((socket) -> socket.onDisconnect(reasons::add));
			})
			.start();
				TcpProxy proxy = new TcpProxy(server.port());
				NodeScript script = NodeScript.start("disconnects",
						Map.of("port", proxy.port(), "transports", List.of("websocket"), "way", "done"))) {
			script.await("ready");
			proxy.silence();
			assertThat(script.await("disconnected").path("reason").asString()).isEqualTo("ping timeout");
			assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.PING_TIMEOUT);
		}
	}

	@Test
	void dropsVolatileEventsForAClientThatDoesNotRead() throws Exception {
		CompletableFuture<SocketIoSocket> connected = new CompletableFuture<>();
		try (TestServer server = start((io) -> io.onConnection(connected::complete));
				NodeScript script = script("volatile", server, "websocket")) {
			script.await("ready");
			SocketIoSocket socket = connected.get();
			socket.volatileEvents().emit("tick", 0);
			socket.emit("marker");
			assertThat(numbers(script.await("received").path("received"))).as("nothing to wait for").containsExactly(0);
			script.command("pause");
			script.await("paused");
			byte[] bytes = new byte[100_000];
			int count = 500;
			for (int i = 0; i < count; i++) {
				socket.volatileEvents().emit("tick", i, bytes);
			}
			socket.emit("marker");
			script.command("resume");
			List<Integer> received = numbers(script.await("received").path("received"));
			assertThat(received).as("the first, which fit into the buffers of the network")
				.isNotEmpty()
				.hasSizeLessThan(count)
				.isSorted()
				.doesNotHaveDuplicates();
			script.command("end");
			script.succeed();
		}
	}

	private static List<Integer> numbers(JsonNode array) {
		List<Integer> numbers = new ArrayList<>();
		array.forEach((element) -> numbers.add(element.asInt()));
		return numbers;
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void addressesRooms(String transports) {
		Map<String, SocketIoSocket> sockets = new LinkedHashMap<>();
		try (TestServer server = start((io) -> io.onConnection((socket) -> {
			sockets.put((String) socket.handshake().auth().get("name"), socket);
			socket.on("flush", (arguments, ack) -> ack.send());
			socket.on("go", (arguments, ack) -> {
				emitToRooms(io, sockets);
				ack.send();
			});
		})); NodeScript script = script("rooms", server, transports)) {
			JsonNode done = script.await("done");
			assertThat(texts(done.path("ann"))).containsExactly("all", "red", "red or blue", "but bob",
					"but red in blue", "to ann", "all again");
			assertThat(texts(done.path("bob"))).containsExactly("all", "red", "red or blue", "ann's", "ann's red",
					"all again");
			assertThat(texts(done.path("cat"))).containsExactly("all", "red or blue", "but bob", "but red", "ann's",
					"but red in blue", "ann's but bob", "to cat by ann", "all again");
			assertThat(texts(done.path("dan"))).containsExactly("all", "but bob", "but red", "ann's", "ann's but bob",
					"all again", "red later");
			script.succeed();
		}
	}

	private static void emitToRooms(SocketIoServer io, Map<String, SocketIoSocket> sockets) {
		SocketIoSocket ann = sockets.get("ann");
		SocketIoSocket bob = sockets.get("bob");
		SocketIoSocket cat = sockets.get("cat");
		ann.join("red");
		bob.join("red");
		cat.join("blue");
		io.emit("say", "all");
		io.to("red").emit("say", "red");
		io.to("red", "blue").emit("say", "red or blue");
		io.except(bob.id()).emit("say", "but bob");
		io.except("red").emit("say", "but red");
		ann.broadcast().emit("say", "ann's");
		ann.to("red").emit("say", "ann's red");
		ann.leave("red");
		ann.join("blue");
		io.to("blue").except("red").emit("say", "but red in blue");
		ann.except("red").emit("say", "ann's but bob");
		io.to(ann.id()).emit("say", "to ann");
		ann.to(cat.id()).emit("say", "to cat by ann");
		io.to("nowhere").emit("say", "nobody");
		bob.leave("red");
		io.to("red").emit("say", "nobody any more");
		io.emit("say", "all again");
		sockets.get("dan").join("red");
		io.in("red").emit("say", "red later");
	}

	private static List<String> texts(JsonNode array) {
		List<String> texts = new ArrayList<>();
		array.forEach((element) -> texts.add(element.asString()));
		return texts;
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void reconnectsAfterARestart(String transports) {
		int port;
		String firstId;
		NodeScript script;
		try (TestServer server = TestServer.builder().recovery().application(JavaScriptClientTests::echo).start()) {
			port = server.port();
			script = script("restart", server, transports);
			JsonNode connected = script.await("connected");
			assertThat(connected.path("answer").asString()).isEqualTo("hello");
			firstId = connected.path("id").asString();
		}
		try (script) {
			assertThat(script.await("disconnected").path("reason").asString()).isIn("transport close",
					"transport error");
			try (TestServer server = TestServer.builder()
				.port(port)
				.recovery()
				.application(JavaScriptClientTests::echo)
				.start()) {
				JsonNode connected = script.await("connected");
				assertThat(connected.path("answer").asString()).isEqualTo("hello");
				assertThat(connected.path("recovered").asBoolean()).isFalse();
				assertThat(connected.path("id").asString()).isNotEqualTo(firstId);
				server.server().emit("end");
				script.succeed();
			}
		}
	}

}
