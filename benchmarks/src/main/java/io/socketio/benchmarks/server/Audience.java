package io.socketio.benchmarks.server;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * The clients of a namespace, each in one room.
 */
abstract class Audience {

	private static final String TEXT = "The quick brown fox jumps over the lazy dog, 64 characters long.";

	/**
	 * Of mixed events, one of so many goes to each client by itself.
	 */
	private static final int DIRECT = 20;

	private final SocketIoNamespace namespace;

	private final AtomicInteger present = new AtomicInteger();

	private final Map<String, String> roomOfSocket = new ConcurrentHashMap<>();

	Audience(SocketIoNamespace namespace) {
		this.namespace = namespace;
	}

	@OnConnect
	void connected(SocketIoSocket socket, @Auth("room") int room) {
		if (!socket.recovered()) {
			socket.join("room-" + room);
			this.roomOfSocket.put(socket.id(), "room-" + room);
		}
		this.present.incrementAndGet();
	}

	@OnDisconnect
	void disconnected() {
		this.present.decrementAndGet();
	}

	int present() {
		return this.present.get();
	}

	void greet() {
		this.namespace.emit("hello", "there");
	}

	void broadcast(int number, String text) {
		this.namespace.emit("event", number, text);
	}

	/**
	 * Emit events so that every client is to get each number once.
	 * @param count how many numbers
	 * @param mixed to everybody, to rooms and to single clients, or to everybody only
	 * @return how often was emitted
	 */
	int emit(int count, boolean mixed) {
		Set<String> rooms = Set.copyOf(this.roomOfSocket.values());
		int emitted = 0;
		for (int number = 0; number < count; number++) {
			if (!mixed || number % 2 == 1) {
				broadcast(number, TEXT);
				emitted++;
			}
			else {
				emitted += emitTo((number % DIRECT == 0) ? this.roomOfSocket.keySet() : rooms, number);
			}
		}
		return emitted;
	}

	private int emitTo(Set<String> rooms, int number) {
		rooms.forEach((room) -> this.namespace.to(room).emit("event", number, TEXT));
		return rooms.size();
	}

	/**
	 * Those who are measured.
	 */
	@SocketIoController
	static class Measured extends Audience {

		Measured(SocketIoServer server) {
			super(server);
		}

	}

	/**
	 * Those who warm the server up.
	 */
	@SocketIoController("/warmup")
	static class WarmUp extends Audience {

		WarmUp(SocketIoServer server) {
			super(server.of("/warmup"));
		}

	}

}
