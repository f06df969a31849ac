package io.socketio.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import io.socketio.testing.NodeScript;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many clients that move between rooms and lose their connections at random, while
 * several threads emit in every way there is. A model of who is where tells what each
 * client must get: all of it, once and in order.
 * <p>
 * {@code -Dsocketio.stress.clients=100 -Dsocketio.stress.seconds=60} makes the network
 * worse for longer.
 */
class RecoveryStressTests {

	private static final int THREADS = 4;

	private static final int CLIENTS = 50;

	private static final int EVENTS = 2_000;

	private static final int NETWORK_CLIENTS = Integer.getInteger("socketio.stress.clients", 24);

	private static final long NETWORK_NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("socketio.stress.seconds", 6));

	/**
	 * A client that has not noticed the loss of its connection needs a heartbeat for it.
	 */
	private static final Duration NOTICED = Duration.ofSeconds(30);

	@RegisterExtension
	private final Seed seed = new Seed();

	private final StressModel model = new StressModel();

	@Test
	void clientsThatCutTheirConnections() throws Exception {
		int seed = this.seed.value();
		try (TestServer server = TestServer.builder().recovery().application(this.model::application).start();
				NodeScript script = script("stress", server, CLIENTS, seed)) {
			awaitReady(script, CLIENTS);
			this.model.act(THREADS, new Random(seed), (acts) -> acts < EVENTS / THREADS);
			script.command("stop");
			script.await("stopped");
			int recoveries = finish(server, script, CLIENTS);
			assertThat(recoveries).isGreaterThan(CLIENTS);
		}
	}

	@Test
	void networkThatDropsDelaysAndHalfOpensConnections() throws Exception {
		int seed = this.seed.value();
		try (TestServer server = TestServer.builder()
			.recovery()
			.heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(1))
			.application(this.model::application)
			.start(); NodeScript script = script("network", server, NETWORK_CLIENTS, seed)) {
			awaitReady(script, NETWORK_CLIENTS);
			long start = System.nanoTime();
			this.model.act(THREADS, new Random(seed), (acts) -> System.nanoTime() - start < NETWORK_NANOS);
			script.command("calm");
			script.await("calm");
			int recoveries = finish(server, script, NETWORK_CLIENTS);
			System.out.println(NETWORK_CLIENTS + " clients, " + recoveries + " recoveries, " + this.model.deliveries()
					+ " deliveries");
			assertThat(recoveries).isGreaterThan(NETWORK_CLIENTS);
		}
	}

	private static NodeScript script(String name, TestServer server, int clients, int seed) {
		return NodeScript.start(name,
				Map.of("port", server.port(), "clients", clients, "rooms", StressModel.ROOMS, "seed", seed));
	}

	private void awaitReady(NodeScript script, int clients) {
		script.await("ready");
		await().until(() -> this.model.size() == clients);
	}

	// All that was sent before has arrived where this arrives
	private int finish(TestServer server, NodeScript script, int clients) {
		server.server().emit("finish");
		Map<String, List<Integer>> received = new TreeMap<>();
		int recoveries = 0;
		for (int i = 0; i < clients; i++) {
			JsonNode client = script.await("client", NOTICED);
			String name = client.path("name").asString();
			assertThat(client.path("lost").asInt()).as("new sessions of " + name).isZero();
			recoveries += client.path("recovered").asInt();
			received.put(name, numbers(client.path("numbers")));
		}
		script.command("end");
		script.succeed();
		assertThat(this.model.differences(received)).isEmpty();
		return recoveries;
	}

	private static List<Integer> numbers(JsonNode array) {
		List<Integer> numbers = new ArrayList<>();
		array.forEach((element) -> numbers.add(element.asInt()));
		return numbers;
	}

}
