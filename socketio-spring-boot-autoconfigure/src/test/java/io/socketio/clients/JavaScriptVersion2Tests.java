package io.socketio.clients;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.NodeScript;
import io.socketio.testing.TestOptions;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official JavaScript client of Socket.IO 2 in Node, over the real port.
 */
class JavaScriptVersion2Tests {

	private final CompletableFuture<SocketIoSocket> connected = new CompletableFuture<>();

	private final List<Integer> numbers = new CopyOnWriteArrayList<>();

	private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

	private void register(SocketIoServer io) {
		io.onConnection((socket) -> {
			socket.on("up", (arguments, acknowledgement) -> {
				this.numbers.add(arguments.get(0, Integer.class));
				socket.emit("down", arguments.toList().toArray());
			});
			socket.on("answer", (arguments, acknowledgement) -> acknowledgement.send(arguments.toList().toArray()));
			socket.onDisconnect(this.reasons::add);
			this.connected.complete(socket);
		});
		io.of("/plain").use((socket) -> Mono.error(new ConnectionRefusedException("no reason")));
		io.of("/private")
			.use((socket) -> Mono.error(new ConnectionRefusedException("not allowed",
					Map.of("code", 17, "tried", socket.handshake().auth().get("token")))));
		io.of("/nsp")
			.onConnection((socket) -> socket.on("who", (arguments, acknowledgement) -> acknowledgement
				.send(Map.of("id", socket.id(), "auth", socket.handshake().auth()))));
	}

	private TestServer start() {
		return TestServer.builder()
			.engine(TestOptions.heartbeat(100, 10_000).allowEio3().build())
			.application(this::register)
			.start();
	}

	@ParameterizedTest
	@CsvSource({ ", polling, websocket", "polling, polling, polling", "websocket, websocket, websocket" })
	void connectsAndExchangesEvents(@Nullable String transports, String first, String last) throws Exception {
		try (TestServer server = start(); NodeScript script = script(server, transports, !first.equals(last))) {
			JsonNode opened = script.await("connected");
			SocketIoSocket socket = this.connected.get(10, TimeUnit.SECONDS);
			assertThat(socket.handshake().query()).containsEntry("transport", first);
			assertThat(opened.path("id").asString()).isEqualTo(socket.id()).isEqualTo(opened.path("sid").asString());
			assertThat(socket.handshake().query()).containsEntry("EIO", "3").containsEntry("who", "version 2");
			JsonNode ready = script.await("ready");
			assertThat(ready.path("transport").asString()).isEqualTo(last);
			assertThat(this.numbers).hasSize(ready.path("sent").asInt()).isSorted().doesNotHaveDuplicates();
			EventArguments reply = socket.emitWithAck("question", "ä", new byte[] { 1, 2 })
				.block(Duration.ofSeconds(10));
			assertThat(reply.toList()).containsExactly("ä!", new byte[] { 2, 1 });
			assertThat(this.reasons).isEmpty();
			script.command("end");
			script.succeed();
			assertThat(this.reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
		}
	}

	private static NodeScript script(TestServer server, @Nullable String transports, boolean upgrades) {
		Map<String, Object> options = new HashMap<>(Map.of("port", server.port(), "upgrades", upgrades));
		if (transports != null) {
			options.put("transports", List.of(transports));
		}
		return NodeScript.start("version2", options);
	}

}
