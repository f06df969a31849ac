package io.socketio.clients;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import io.socketio.protocol.msgpack.MsgpackPacketParser;
import io.socketio.recovery.SessionRecoveredEvent;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.NodeScript;
import io.socketio.testing.TcpProxy;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connection state recovery with the official JavaScript client: its connection is cut
 * again and again while several threads emit to it.
 */
class JavaScriptRecoveryTests {

	/**
	 * After that time the client is one that was between two polls when the connection
	 * was cut, and has not noticed.
	 */
	private static final Duration UNNOTICED = Duration.ofSeconds(3);

	@RegisterExtension
	private final Seed seed = new Seed();

	@ParameterizedTest
	@CsvSource({ "json, websocket, close", "json, polling, close", "json, polling websocket, close",
			"json, websocket, terminate", "msgpack, websocket, terminate", "msgpack, polling websocket, close" })
	void recoversFromCutsByTheClient(String parser, String transports, String cut) throws Exception {
		try (Scene scene = new Scene(this.seed.value(), parser, transports, cut, 10_000, 20)) {
			for (int i = 1; i <= scene.cuts; i++) {
				scene.script.await("cut");
				scene.streams.release(scene.part);
			}
			scene.finish();
		}
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void recoversFromResets(String transports) throws Exception {
		cutByTheNetwork(transports, TcpProxy::reset);
	}

	@ParameterizedTest
	@CsvSource({ "websocket", "polling", "polling websocket" })
	void takesOverWhenTheServerHasNotNoticed(String transports) throws Exception {
		cutByTheNetwork(transports, TcpProxy::resetClientOnly);
	}

	// A client whose upgrade is cut after it has paused polling does nothing any more
	// until
	// it misses the heartbeat
	private void cutByTheNetwork(String transports, Consumer<TcpProxy> cut) throws Exception {
		try (Scene scene = new Scene(this.seed.value(), "json", transports, "", 3_000, 10)) {
			for (int i = 0; i < scene.cuts; i++) {
				scene.script.await("connected");
				int position = (int) ((i + scene.random.nextDouble() * 0.9) * scene.part);
				await().until(() -> scene.streams.total() >= position);
				do {
					cut.accept(scene.proxy);
				}
				while (scene.script.poll("disconnected", UNNOTICED) == null);
				scene.streams.release(scene.part);
			}
			scene.finish();
		}
	}

	/**
	 * A server, a network, a client and streams of events to it.
	 */
	private static final class Scene implements AutoCloseable {

		private final int cuts;

		private final int part;

		private final Random random;

		private final List<SocketIoSocket> sockets = new CopyOnWriteArrayList<>();

		private final AtomicReference<Streams> emitting = new AtomicReference<>();

		private final TestServer server;

		private final TcpProxy proxy;

		private final Streams streams;

		private final NodeScript script;

		Scene(int seed, String parser, String transports, String cut, int events, int cuts) {
			this.cuts = cuts;
			this.part = events / (cuts + 1) + 1;
			this.random = new Random(seed);
			TestServer.Builder builder = TestServer.builder().recovery().application(this::application);
			if ("msgpack".equals(parser)) {
				builder.parser(MsgpackPacketParser::new);
			}
			if (cut.isEmpty()) {
				builder.heartbeat(Duration.ofSeconds(2), Duration.ofSeconds(2));
			}
			this.server = builder.start();
			this.proxy = new TcpProxy(this.server.port());
			this.streams = new Streams(this.server.server(), events, seed);
			this.emitting.set(this.streams);
			this.streams.release(this.part);
			this.script = NodeScript.start("recovery",
					Map.of("port", cut.isEmpty() ? this.proxy.port() : this.server.port(), "transports",
							List.of(transports.split(" ")), "cut", cut, "cuts", cuts, "part", this.part, "seed", seed,
							"parser", parser));
		}

		private void application(SocketIoServer io) {
			io.onConnection((socket) -> {
				if (!socket.recovered()) {
					socket.join(Streams.ROOM);
					socket.data().put("first", socket.id());
				}
				this.sockets.add(socket);
				this.emitting.get().connected(socket);
			});
		}

		void finish() throws Exception {
			Map<String, Integer> emitted = this.streams.finish();
			this.server.server().to(Streams.ROOM).emit("finish");
			JsonNode finished = this.script.await("finished");
			this.script.succeed();
			assertThat(finished.path("problems")).isEmpty();
			assertThat(numbers(finished.path("streams"))).isEqualTo(emitted);
			assertRecovered(finished.path("recovered").valueStream().map(JsonNode::asBoolean).toList());
			assertRecovered(this.sockets.stream().map(SocketIoSocket::recovered).toList());
			assertThat(finished.path("ids").asInt()).isOne();
			assertThat(this.sockets).extracting((socket) -> socket.data().get("first"))
				.containsOnly(this.sockets.get(0).id());
			assertThat(this.server.events()).filteredOn(SessionRecoveredEvent.class::isInstance)
				.extracting((event) -> ((SessionRecoveredEvent) event).missedEvents())
				.as("events were missed, so that the test is worth something")
				.filteredOn((missed) -> missed > 0)
				.hasSizeGreaterThan(this.cuts / 2);
			await().until(() -> this.server.engine().sessionCount() == 0);
		}

		private void assertRecovered(List<Boolean> recovered) {
			assertThat(recovered).hasSizeGreaterThan(this.cuts).startsWith(false);
			assertThat(recovered.subList(1, recovered.size())).containsOnly(true);
		}

		private static Map<String, Integer> numbers(JsonNode streams) {
			Map<String, Integer> numbers = new HashMap<>();
			streams.forEachEntry((name, count) -> numbers.put(name, count.asInt()));
			return numbers;
		}

		@Override
		public void close() {
			this.streams.close();
			this.script.close();
			this.proxy.close();
			this.server.close();
		}

	}

}
