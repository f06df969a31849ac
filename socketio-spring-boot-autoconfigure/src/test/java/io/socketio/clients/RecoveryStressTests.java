package io.socketio.clients;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.NodeScript;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many clients that move between rooms and lose their connections at random, while
 * several threads emit in every way there is. A model of who is where tells what each
 * client must get: all of it, once and in order.
 */
class RecoveryStressTests {

	private static final int CLIENTS = 50;

	private static final int EVENTS = 2_000;

	private static final int THREADS = 4;

	private static final List<String> ROOMS = List.of("a", "b", "c", "d", "e", "f");

	private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	@RegisterExtension
	private final Seed seed = new Seed();

	@Test
	void everyClientGetsExactlyWhatWasAddressedToIt() throws Exception {
		int seed = this.seed.value();
		Model model = new Model();
		try (TestServer server = TestServer.builder().recovery().application(model::application).start();
				NodeScript script = NodeScript.start("stress",
						Map.of("port", server.port(), "clients", CLIENTS, "rooms", ROOMS, "seed", seed))) {
			script.await("ready");
			await().until(() -> model.size() == CLIENTS);
			emit(model, new Random(seed));
			script.command("stop");
			script.await("stopped");
			server.server().emit("finish");
			Map<String, List<Integer>> received = new TreeMap<>();
			int recoveries = 0;
			for (int i = 0; i < CLIENTS; i++) {
				JsonNode client = script.await("client");
				String name = client.path("name").asString();
				assertThat(client.path("lost").asInt()).as("new sessions of " + name).isZero();
				recoveries += client.path("recovered").asInt();
				received.put(name, numbers(client.path("numbers")));
			}
			script.command("end");
			script.succeed();
			assertThat(recoveries).isGreaterThan(CLIENTS);
			List<String> differences = new ArrayList<>();
			model.expected()
				.forEach((name, expected) -> differences.addAll(differences(name, expected, received.get(name))));
			assertThat(differences).isEmpty();
		}
	}

	private static void emit(Model model, Random random) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Random own = new Random(random.nextLong());
			threads.add(new Thread(() -> {
				for (int event = 0; event < EVENTS / THREADS; event++) {
					model.act(own);
					LockSupport.parkNanos((long) (own.nextDouble() * MAX_PAUSE_NANOS));
				}
			}, "emitter-" + i));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private static List<String> differences(String client, List<Integer> expected, List<Integer> received) {
		if (received.equals(expected)) {
			return List.of();
		}
		List<Integer> missing = new ArrayList<>(expected);
		missing.removeAll(received);
		List<Integer> unexpected = new ArrayList<>(received);
		unexpected.removeAll(expected);
		List<Integer> repeated = new ArrayList<>(received);
		new TreeSet<>(received).forEach(repeated::remove);
		return List.of(client + " misses " + missing + ", got " + unexpected + " of others and twice " + repeated);
	}

	private static List<Integer> numbers(JsonNode array) {
		List<Integer> numbers = new ArrayList<>();
		array.forEach((element) -> numbers.add(element.asInt()));
		return numbers;
	}

	/**
	 * What the server is told to do and what follows from it, in one order.
	 */
	private static final class Model {

		private final Map<String, Client> clients = new HashMap<>();

		private @Nullable SocketIoServer io;

		private int last;

		void application(SocketIoServer server) {
			this.io = server;
			server.onConnection((socket) -> {
				String name = (String) socket.handshake().auth().get("name");
				synchronized (this) {
					this.clients.computeIfAbsent(name, Client::new).socket = socket;
				}
				socket.on("join", (arguments, ack) -> join(name, socket, arguments.get(0, String.class)));
				socket.on("leave", (arguments, ack) -> leave(name, socket, arguments.get(0, String.class)));
			});
		}

		synchronized int size() {
			return this.clients.size();
		}

		// On the connection's event loop, where the socket cannot go at the same time

		private synchronized void join(String name, SocketIoSocket socket, String room) {
			if (socket.connected()) {
				socket.join(room);
				this.clients.get(name).rooms.add(room);
			}
		}

		private synchronized void leave(String name, SocketIoSocket socket, String room) {
			if (socket.connected()) {
				socket.leave(room);
				this.clients.get(name).rooms.remove(room);
			}
		}

		synchronized void act(Random random) {
			String room = any(random);
			String other = any(random);
			Client client = this.clients.get("c" + random.nextInt(CLIENTS));
			SocketIoSocket socket = client.socket;
			int number = ++this.last;
			switch (random.nextInt(13)) {
				case 0 -> {
					this.io.emit("number", number);
					addressed(number, (each) -> true);
				}
				case 1 -> {
					this.io.to(room).emit("number", number, "text");
					addressed(number, in(room));
				}
				case 2 -> {
					this.io.to(room).to(other).emit("number", number);
					addressed(number, in(room).or(in(other)));
				}
				case 3 -> {
					this.io.to(room).except(other).emit("number", number, new byte[] { 1 });
					addressed(number, in(room).and(in(other).negate()));
				}
				case 4 -> {
					this.io.except(room, client.socket.id()).emit("number", number);
					addressed(number, in(room).negate().and((each) -> each != client));
				}
				case 5 -> {
					socket.broadcast().emit("number", number);
					addressed(number, (each) -> each != client);
				}
				case 6 -> {
					socket.to(room, other).emit("number", number);
					addressed(number, in(room).or(in(other)).and((each) -> each != client));
				}
				case 7, 8 -> {
					socket.emit("number", number, List.of("direct", new byte[] { 2 }));
					addressed(number, (each) -> each == client);
				}
				case 9 -> {
					this.io.to(client.socket.id()).emit("number", number);
					addressed(number, (each) -> each == client);
				}
				case 10 -> {
					this.io.in(room).except(client.socket.id()).socketsJoin(other);
					change(in(room).and((each) -> each != client), (each) -> each.rooms.add(other));
				}
				case 11 -> {
					this.io.in(room).socketsLeave(other);
					change(in(room), (each) -> each.rooms.remove(other));
				}
				default -> this.io.volatileEvents().emit("tick", "may be dropped");
			}
		}

		private static String any(Random random) {
			return ROOMS.get(random.nextInt(ROOMS.size()));
		}

		private static Predicate<Client> in(String room) {
			return (client) -> client.rooms.contains(room);
		}

		private void addressed(int number, Predicate<Client> recipients) {
			change(recipients, (client) -> client.expected.add(number));
		}

		private void change(Predicate<Client> affected, Predicate<Client> change) {
			this.clients.values().stream().filter(affected).toList().forEach(change::test);
		}

		synchronized Map<String, List<Integer>> expected() {
			Map<String, List<Integer>> expected = new TreeMap<>();
			this.clients.values().forEach((client) -> expected.put(client.name, client.expected));
			return expected;
		}

	}

	private static final class Client {

		private final String name;

		private final Set<String> rooms = new TreeSet<>();

		private final List<Integer> expected = new ArrayList<>();

		private @Nullable SocketIoSocket socket;

		Client(String name) {
			this.name = name;
		}

	}

}
