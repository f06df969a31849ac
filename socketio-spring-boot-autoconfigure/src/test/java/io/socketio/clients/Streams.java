package io.socketio.clients;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * Streams of numbered events to one socket, each by a thread of its own: to the socket,
 * to its room, to everyone, and by all of these ways in turn. Among them are events for
 * others. Emitting goes on in parts, so that a test can place its cuts.
 */
final class Streams implements AutoCloseable {

	static final String ROOM = "room";

	private static final int MAX_BURST = 5;

	private static final long MAX_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(1500);

	private final SocketIoServer io;

	private final Semaphore permits = new Semaphore(0);

	private final AtomicReference<@Nullable SocketIoSocket> socket = new AtomicReference<>();

	private final AtomicInteger left;

	private final Map<String, Integer> emitted = new ConcurrentHashMap<>();

	private final AtomicInteger total = new AtomicInteger();

	private final List<Way> ways = List.of(this::direct, this::room, this::broadcast);

	private final List<Thread> threads;

	private final CountDownLatch done;

	private volatile @Nullable Throwable failure;

	Streams(SocketIoServer io, int events, long seed) {
		this.io = io;
		this.left = new AtomicInteger(events);
		Random random = new Random(seed);
		this.threads = List.of(thread("direct", this::direct, random.nextLong()),
				thread("room", this::room, random.nextLong()), thread("broadcast", this::broadcast, random.nextLong()),
				thread("mixed", this::mixed, random.nextLong()));
		this.done = new CountDownLatch(this.threads.size());
	}

	private Thread thread(String stream, Way way, long seed) {
		Thread thread = new Thread(() -> run(stream, way, new Random(seed)), "stream-" + stream);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Start, or go on with another socket object.
	 * @param connected the socket
	 */
	void connected(SocketIoSocket connected) {
		if (this.socket.getAndSet(connected) == null) {
			this.threads.forEach(Thread::start);
		}
	}

	/**
	 * Emit more events.
	 * @param events how many
	 */
	void release(int events) {
		this.permits.release(events);
	}

	int total() {
		return this.total.get();
	}

	/**
	 * Wait for the last event.
	 * @return the number of events by stream
	 */
	Map<String, Integer> finish() throws InterruptedException {
		boolean finished = this.done.await(20, TimeUnit.SECONDS);
		if (this.failure != null) {
			throw new AssertionError(this.failure);
		}
		if (!finished) {
			throw new AssertionError("Events not emitted: " + this.left);
		}
		return this.emitted;
	}

	private void run(String stream, Way way, Random random) {
		int number = 0;
		int burst = 1;
		try {
			while (this.left.getAndDecrement() > 0) {
				this.permits.acquire();
				way.emit(stream, number);
				number++;
				this.emitted.put(stream, number);
				this.total.incrementAndGet();
				if (number % 10 == 0) {
					decoys();
				}
				if (--burst == 0) {
					burst = 1 + random.nextInt(MAX_BURST);
					LockSupport.parkNanos((long) (random.nextDouble() * MAX_PAUSE_NANOS));
				}
			}
		}
		catch (InterruptedException ex) {
			// closed
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		finally {
			this.done.countDown();
		}
	}

	private void direct(String stream, int number) {
		this.socket.get().emit("number", stream, number, new byte[] { (byte) number });
	}

	private void room(String stream, int number) {
		this.io.to(ROOM, "nobody").emit("number", stream, number);
	}

	private void broadcast(String stream, int number) {
		this.io.except("nobody").emit("number", stream, number, Map.of("n", number));
	}

	private void mixed(String stream, int number) {
		this.ways.get(number % this.ways.size()).emit(stream, number);
	}

	private void decoys() {
		SocketIoSocket current = this.socket.get();
		this.io.to("nobody").emit("decoy", "another room");
		this.io.except(ROOM).emit("decoy", "left out by room");
		this.io.except(current.id()).emit("decoy", "left out by id");
		current.broadcast().emit("decoy", "broadcast of the socket");
		current.to(ROOM).emit("decoy", "to the room by the socket");
	}

	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

	@FunctionalInterface
	private interface Way {

		void emit(String stream, int number);

	}

}
