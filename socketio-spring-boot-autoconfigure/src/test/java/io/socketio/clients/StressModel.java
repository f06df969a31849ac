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
import java.util.function.IntPredicate;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * Clients named {@code c0}, {@code c1}, … that join and leave rooms, a server that is
 * told to emit to them in every way there is, and what follows from it for each of them,
 * in one order.
 */
final class StressModel {

	static final List<String> ROOMS = List.of("a", "b", "c", "d", "e", "f");

	private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Map<String, Client> clients = new HashMap<>();

	private @Nullable SocketIoServer io;

	private int last;

	/**
	 * Listen to the clients.
	 * @param server the server
	 */
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

	/**
	 * Act in several threads.
	 * @param threads how many
	 * @param random seeds them
	 * @param more asked by each thread before it acts, with the number of its acts so far
	 */
	void act(int threads, Random random, IntPredicate more) throws InterruptedException {
		List<Thread> emitters = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Random own = new Random(random.nextLong());
			emitters.add(new Thread(() -> {
				for (int acts = 0; more.test(acts); acts++) {
					act(own);
					LockSupport.parkNanos((long) (own.nextDouble() * MAX_PAUSE_NANOS));
				}
			}, "emitter-" + i));
		}
		emitters.forEach(Thread::start);
		for (Thread emitter : emitters) {
			emitter.join();
		}
	}

	private synchronized void act(Random random) {
		String room = any(random);
		String other = any(random);
		Client client = this.clients.get("c" + random.nextInt(this.clients.size()));
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

	synchronized int deliveries() {
		return this.clients.values().stream().mapToInt((client) -> client.expected.size()).sum();
	}

	/**
	 * Compare what clients got with what was addressed to them.
	 * @param received the numbers that each client got, by its name
	 * @return the differences
	 */
	synchronized List<String> differences(Map<String, List<Integer>> received) {
		List<String> differences = new ArrayList<>();
		new TreeMap<>(this.clients).forEach((name, client) -> {
			if (!client.expected.equals(received.get(name))) {
				differences.add(name + " " + difference(client.expected, received.getOrDefault(name, List.of())));
			}
		});
		return differences;
	}

	private static String difference(List<Integer> expected, List<Integer> received) {
		List<Integer> missing = new ArrayList<>(expected);
		missing.removeAll(received);
		List<Integer> unexpected = new ArrayList<>(received);
		unexpected.removeAll(expected);
		List<Integer> repeated = new ArrayList<>(received);
		new TreeSet<>(received).forEach(repeated::remove);
		return "misses " + missing + ", got " + unexpected + " of others and twice " + repeated;
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
