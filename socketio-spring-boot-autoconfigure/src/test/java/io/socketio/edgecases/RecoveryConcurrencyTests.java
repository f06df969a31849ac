package io.socketio.edgecases;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireClient.Reply;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connection state recovery under real concurrency: many claims at once, and streams of
 * events that are cut again and again.
 */
class RecoveryConcurrencyTests extends RecoveryCases {

	private static final int CLAIMANTS = 8;

	private static final int ROUNDS = 10;

	private final AtomicInteger owners = new AtomicInteger();

	private final AtomicInteger mostOwners = new AtomicInteger();

	private void countOwners(SocketIoSocket socket) {
		if (socket.handshake().auth("count", Boolean.class) == null && !socket.recovered()) {
			return;
		}
		this.mostOwners.accumulateAndGet(this.owners.incrementAndGet(), Math::max);
		socket.onDisconnect((reason) -> this.owners.decrementAndGet());
	}

	@ParameterizedTest
	@CsvSource({ "false, 0", "false, 5", "true, 0", "true, 5" })
	@DisplayName("210, 4.3. one pid presented many times at the same moment -> exactly one owner at any time")
	void manyClaims(boolean alive, int storeMillis) throws Exception {
		if (storeMillis > 0) {
			this.store.beforeClaim = Mono.delay(Duration.ofMillis(storeMillis)).then();
			this.store.beforeSave = Mono.delay(Duration.ofMillis(storeMillis)).then();
		}
		start((io) -> io.onConnection(this::countOwners));
		WireClient client = webSocket();
		Reply first = client.connect("/", Map.of("count", true));
		Await.until("the connection", () -> this.sockets.size() == 1);
		socket().join("room");
		socket().emit("first");
		client.event();
		Map<String, String> recovery = client.recovery();
		io().to("room").emit("missed");
		if (!alive) {
			drop(client);
		}
		ExecutorService threads = Executors.newFixedThreadPool(CLAIMANTS);
		try {
			for (int round = 0; round < ROUNDS; round++) {
				assertOneOwner(threads, first, recovery);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void assertOneOwner(ExecutorService threads, Reply first, Map<String, String> recovery) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(CLAIMANTS);
		List<WireClient> claimants = IntStream.range(0, CLAIMANTS).mapToObj((i) -> webSocket()).toList();
		List<Callable<Reply>> claims = new ArrayList<>();
		for (WireClient claimant : claimants) {
			claims.add(() -> {
				barrier.await(10, TimeUnit.SECONDS);
				return claim(claimant, recovery);
			});
		}
		List<WireClient> recovered = new ArrayList<>();
		List<Future<Reply>> replies = threads.invokeAll(claims);
		for (int i = 0; i < CLAIMANTS; i++) {
			Reply reply = replies.get(i).get();
			if (reply != null && reply.sid().equals(first.sid())) {
				assertThat(names(reply.missed())).containsExactly("missed[]");
				recovered.add(claimants.get(i));
			}
			else if (reply != null) {
				assertThat(reply.missed()).isEmpty();
				assertThat(reply.pid()).isNotEqualTo(first.pid());
			}
		}
		assertThat(recovered).isNotEmpty();
		Await.until("one owner", () -> this.owners.get() == 1);
		io().to("room").except("nobody").volatileEvents().emit("who");
		io().to(first.sid()).volatileEvents().emit("who");
		int living = 0;
		for (WireClient claimant : recovered) {
			living += hears(claimant) ? 1 : 0;
		}
		assertThat(living).isEqualTo(1);
		assertThat(this.mostOwners.get()).isEqualTo(1);
		claimants.forEach(WireClient::close);
		Await.until("no owner", () -> this.owners.get() == 0);
	}

	// The reply, or null if another claimant took over before it was read
	private static Reply claim(WireClient claimant, Map<String, String> recovery) {
		try {
			return claimant.connect("/", recovery);
		}
		catch (AssertionError | UncheckedIOException ex) {
			assertThat(ex.getMessage()).containsAnyOf("the end of the connection", "reset", "Broken pipe");
			return null;
		}
	}

	private static boolean hears(WireClient client) {
		try {
			client.send("21[\"marker\"]");
			List<Object> packets = new ArrayList<>();
			for (Object packet = client.next(); packet != null; packet = client.next()) {
				if ("31[]".equals(packet)) {
					assertThat(packets).isNotEmpty();
					return true;
				}
				assertThat((String) packet).startsWith("2[\"who\",");
				packets.add(packet);
			}
			return false;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	/**
	 * Ways to lose a connection.
	 */
	enum Cut {

		/** The client says that it goes. */
		LEAVE,

		/** The connection ends without a word. */
		CLOSE,

		/** The server notices nothing. */
		HALF_OPEN

	}

	@ParameterizedTest
	@EnumSource(Cut.class)
	@DisplayName("214, 220. a stream of direct, room and broadcast events, cut often -> each once, in order, always recovered")
	void cutStream(Cut cut) throws Exception {
		int total = 3000;
		long seed = System.nanoTime();
		Random random = new Random(seed);
		start((io) -> io.onConnection((socket) -> {
			if (!socket.recovered()) {
				socket.join("room");
			}
		}));
		WireClient client = joined();
		String id = socket().id();
		AtomicInteger read = new AtomicInteger();
		List<Thread> emitters = List.of(emitter(total, read, (number) -> {
			switch (number % 4) {
				case 0 -> io().emit("broadcast", 0, number);
				case 1 -> io().to("room").emit("room", 0, number);
				case 2 -> io().except("nobody").emit("except", 0, number, new byte[] { 1 });
				default -> io().to(id, "room").emit("both", 0, number);
			}
		}), emitter(total, read, (number) -> {
			latestSocket().emit("direct", 1, number);
			io().to("elsewhere").emit("not for it");
			io().except(id).emit("not for it");
		}));
		int[] next = new int[2];
		int cuts = 0;
		int untilCut = 0;
		while (next[0] < total || next[1] < total) {
			if (untilCut-- == 0) {
				untilCut = random.nextInt(150);
				WireClient broken = client;
				switch (cut) {
					case LEAVE -> broken.leave();
					case CLOSE -> broken.close();
					default -> {
					}
				}
				Map<String, String> auth = broken.recovery();
				client = open(random.nextBoolean() ? Wire.WEBSOCKET : Wire.POLLING);
				Reply reply = client.connect("/", auth);
				assertThat(reply.pid()).as("pid, seed " + seed).isEqualTo(auth.get("pid"));
				for (WireEvent event : reply.missed()) {
					count(event, next, read, seed);
				}
				if (cuts++ == 0) {
					emitters.forEach(Thread::start);
				}
				continue;
			}
			count(client.event(), next, read, seed);
		}
		for (Thread emitter : emitters) {
			emitter.join();
		}
		assertThat(next).containsExactly(total, total);
		assertThat(cuts).isGreaterThan(20);
		assertNothingElse(client);
	}

	private static void count(WireEvent event, int[] next, AtomicInteger read, long seed) {
		int stream = (Integer) event.arguments().get(0);
		assertThat(event.arguments().get(1)).as("number in stream " + stream + ", seed " + seed)
			.isEqualTo(next[stream]++);
		read.incrementAndGet();
	}

	// Emits numbers in order, never far ahead of what the client has read
	private static Thread emitter(int total, AtomicInteger read, IntConsumer emit) {
		return new Thread(() -> {
			for (int i = 0; i < total; i++) {
				while (i * 2 > read.get() + 200) {
					LockSupport.parkNanos(100_000);
				}
				emit.accept(i);
			}
		});
	}

}
