package io.socketio.clients;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.socketio.recovery.RecoveryOptions;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.NodeScript;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that never reads while 100 MB are emitted to it.
 */
class SlowReaderTests {

	private static final int MEGABYTE = 1_000_000;

	private static final int COUNT = 100;

	private static final long MAX_GROWTH = 40L * MEGABYTE;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void costsBoundedMemoryAndIsClosedWhileOthersAreServed(boolean recovery) throws Exception {
		Map<String, SocketIoSocket> sockets = new ConcurrentHashMap<>();
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		AtomicInteger answers = new AtomicInteger();
		TestServer.Builder builder = TestServer.builder().application((io) -> io.onConnection((socket) -> {
			sockets.put((String) socket.handshake().auth().get("name"), socket);
			socket.on("echo", (arguments, ack) -> {
				answers.incrementAndGet();
				ack.send(arguments.get(0));
			});
		}));
		if (recovery) {
			RecoveryOptions options = RecoveryOptions.defaults();
			builder.recovery(new RecoveryOptions(options.maxDisconnectionDuration(), options.skipMiddlewares(),
					8 * MEGABYTE, options.maxLogEvents(), options.maxTotalLogBytes(), options.maxTotalLogEvents(),
					options.maxSessions(), options.maxConcurrentReplays(), options.storeTimeout()));
		}
		try (TestServer server = builder.start();
				NodeScript script = NodeScript.start("slow-reader", Map.of("port", server.port()))) {
			script.await("ready");
			SocketIoSocket slow = sockets.get("slow");
			slow.onDisconnect(reasons::add);
			long before = usedMemory();
			for (int i = 1; i <= COUNT; i++) {
				slow.emit("bulk", i, new byte[MEGABYTE]);
				if (i % 20 == 0) {
					int answered = answers.get();
					await().atMost(Duration.ofSeconds(10)).until(() -> answers.get() > answered + 1);
					assertThat(usedMemory() - before).as("growth after " + i + " MB").isLessThan(MAX_GROWTH);
				}
			}
			assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_ERROR);
			assertThat(slow.connected()).isFalse();
			assertThat(sockets.get("other").connected()).isTrue();
			assertThat(server.engine().slowClientCount()).isOne();
			await().until(() -> server.engine().sessionCount() == 1);
			script.command("stop");
			JsonNode done = script.await("done");
			assertThat(done.path("reason").asString()).isIn("transport close", "transport error");
			script.succeed();
		}
	}

	// On the heap and, by Netty, beside it
	private static long usedMemory() {
		System.gc();
		long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
			ByteBufAllocatorMetric metric = provider.metric();
			used += metric.usedDirectMemory();
		}
		return used;
	}

}
