package io.socketio.clients;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import io.socketio.engine.TransportType;
import io.socketio.protocol.msgpack.MsgpackPacketParser;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.NodeScript;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The official JavaScript client with the parser of socket.io-msgpack-parser.
 */
@ExtendWith(OutputCaptureExtension.class)
class MsgpackClientTests {

	private static TestServer start(Consumer<SocketIoServer> application) {
		return TestServer.builder().parser(MsgpackPacketParser::new).application(application).start();
	}

	private static NodeScript script(String name, TestServer server, String transports) {
		return NodeScript.start(name, Map.of("parser", "msgpack", "port", server.port(), "transports",
				List.of(transports.split(" ")), "seed", 1, "limit", 700_000, "bytes", 3_000_000));
	}

	private static @Nullable Object[] all(EventArguments arguments) {
		return arguments.toList().toArray();
	}

	@ParameterizedTest
	@CsvSource({ "polling websocket, POLLING, WEBSOCKET", "websocket, WEBSOCKET, WEBSOCKET",
			"polling, POLLING, POLLING" })
	void connects(String transports, TransportType first, TransportType last) {
		try (TestServer server = start(
				(io) -> io.onConnection((socket) -> socket.on("echo", (arguments, ack) -> ack.send(all(arguments)))));
				NodeScript script = script("transports", server, transports)) {
			assertThat(script.await("connected").path("transport").asString()).isEqualTo(first.wireName());
			JsonNode settled = script.await("settled");
			assertThat(settled.path("transport").asString()).isEqualTo(last.wireName());
			assertThat(settled.path("answer").asString()).isEqualTo("häß €uro 😀");
			script.command("end");
			script.succeed();
			await().until(() -> server.engine().sessionCount() == 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, websocket", "false, polling", "false, polling websocket", "true, websocket" })
	void carriesValues(boolean bundle, String transports) throws Exception {
		BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
		try (TestServer server = start((io) -> io.onConnection((socket) -> {
			seen.add(socket.handshake().auth());
			socket.on("describe", (arguments, ack) -> {
				seen.add(arguments.get(0, Instant.class));
				seen.add(arguments.get(3, int.class));
				ack.send((Object) all(arguments));
			});
			socket.on("echo", (arguments, ack) -> socket.emit("echo", all(arguments)));
			socket.on("make",
					(arguments, ack) -> socket.emit("made",
							new Made(new UUID(1, 2), Instant.parse("2023-11-14T22:13:20.123Z"), new BigDecimal("1.10"),
									5.0, 1L << 60, new byte[] { 1, 2 })));
		}));
				NodeScript script = NodeScript.start("msgpack", Map.of("parser", "msgpack", "port", server.port(),
						"transports", List.of(transports.split(" ")), "bundle", bundle))) {
			script.await("done");
			script.succeed();
			assertThat(seen).containsExactly(Map.of("token", "t"), Instant.parse("2023-11-14T22:13:20.123Z"), 5);
		}
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
	void acknowledges(String transports) throws Exception {
		CompletableFuture<SocketIoSocket> connected = new CompletableFuture<>();
		BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
		try (TestServer server = start((io) -> io.onConnection((socket) -> {
			socket.on("answer", (arguments, ack) -> ack.send(arguments.get(0, String.class) + "!"));
			socket.on("answer-binary", (arguments, ack) -> {
				byte[] bytes = arguments.get(0, byte[].class);
				ack.send((Object) new byte[] { bytes[2], bytes[1], bytes[0] });
			});
			socket.on("answer-several", (arguments, ack) -> ack.send("one", 2, Map.of("three", List.of(3)), null));
			socket.on("answer-nothing", (arguments, ack) -> ack.send());
			socket.on("held", (arguments, ack) -> held.add(() -> ack.send("late")));
			socket.on("release", (arguments, ack) -> {
				held.remove().run();
				ack.send();
			});
			connected.complete(socket);
		})); NodeScript script = script("acknowledgements", server, transports)) {
			script.await("done");
			SocketIoSocket socket = connected.get(10, TimeUnit.SECONDS);
			EventArguments answer = socket.emitWithAck("answer", "ä").block(Duration.ofSeconds(30));
			assertThat(answer.toList()).containsExactly("ä!", Map.of("list", List.of(1, 2)));
			EventArguments binary = socket.emitWithAck("answer-binary", (Object) new byte[] { 1, 2, 3 })
				.block(Duration.ofSeconds(30));
			assertThat(binary.get(0)).isInstanceOfSatisfying(Map.class,
					(map) -> assertThat((byte[]) map.get("bytes")).containsExactly(3, 2, 1));
			assertThat(socket.emitWithAck("answer-nothing").block(Duration.ofSeconds(30)).size()).isZero();
			socket.emit("end");
			script.succeed();
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling websocket" })
	void refusesAndAcceptsNamespaces(String transports) {
		try (TestServer server = start((io) -> {
			io.of("/private").use((socket) -> {
				Object token = socket.handshake().auth().get("token");
				return "right".equals(token) ? Mono.empty()
						: Mono.error(new ConnectionRefusedException("not allowed", Map.of("code", 17, "tried", token)));
			});
			io.of("/plain").use((socket) -> Mono.error(new ConnectionRefusedException("no reason")));
			io.of("/broken").use((socket) -> {
				throw new IllegalStateException("secret of the inside");
			});
			for (String name : List.of("/", "/private")) {
				io.of(name)
					.onConnection((socket) -> socket.on("who", (arguments, ack) -> ack
						.send("/".equals(name) ? name : name + " " + socket.handshake().auth().get("token"))));
			}
		}); NodeScript script = script("namespaces", server, transports)) {
			script.succeed();
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling" })
	void echoesWithoutADifference(String transports) {
		try (TestServer server = start((io) -> io.onConnection((socket) -> socket.on("echo",
				(arguments, ack) -> socket.emit("echo", JavaScriptClientTests.hashAndArguments(arguments)))));
				NodeScript script = script("echo", server, transports)) {
			script.await("done", Duration.ofSeconds(30));
			script.succeed();
		}
	}

	@ParameterizedTest
	@CsvSource({ "json, msgpack, websocket", "json, msgpack, polling", "msgpack, json, websocket",
			"msgpack, json, polling" })
	void closesTheConnectionOfAClientWithAnotherParser(String client, String atServer, String transports,
			CapturedOutput output) {
		TestServer.Builder builder = TestServer.builder();
		if ("msgpack".equals(atServer)) {
			builder.parser(MsgpackPacketParser::new);
		}
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		try (TestServer server = builder
			.application((io) -> io.onConnection((socket) -> socket.onDisconnect(reasons::add)))
			.start();
				NodeScript script = NodeScript.start("wrong-parser",
						Map.of("parser", client, "port", server.port(), "transports", List.of(transports)))) {
			script.await("closed");
			script.succeed();
			assertThat(script.poll("connected", Duration.ZERO)).isNull();
			await().until(() -> server.engine().sessionCount() == 0);
			assertThat(reasons).isEmpty();
			assertThat(output.getAll()).doesNotContain("ERROR", "WARN", "Exception");
		}
	}

	record Made(UUID id, Instant at, BigDecimal amount, double count, long big, byte[] content) {

	}

}
