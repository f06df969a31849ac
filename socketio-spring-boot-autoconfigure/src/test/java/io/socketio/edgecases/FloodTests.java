package io.socketio.edgecases;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineSession;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.RawWebSocket.Frame;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that makes the server answer, and does not read the answers: what is kept for
 * it is bounded.
 */
class FloodTests extends EngineCases {

	private static final int FIN = 0x80;

	private static final int SMALL_BUFFER = 32 * 1024;

	private final List<Channel> channels = new CopyOnWriteArrayList<>();

	private void start() {
		start(TestEngine.with(TestOptions.defaults().build())
			.http((server) -> server.childOption(ChannelOption.SO_SNDBUF, SMALL_BUFFER)
				.doOnConnection((connection) -> this.channels.add(connection.channel()))));
	}

	// None, as far as they are too few to make the channel unwritable
	private long pendingBytes() {
		return this.channels.get(0).bytesBeforeWritable();
	}

	@Test
	@DisplayName("ping frames without end from a client that does not read -> few answers are kept, session survives")
	void pingFrames() {
		start();
		RawWebSocket webSocket = openWebSocket();
		webSocket.sendFrames(FIN | RawWebSocket.PING, new byte[125], 40_000).send("4hello");
		Await.until("all of it has arrived", () -> received().contains("hello"));
		assertThat(pendingBytes()).as("bytes that wait for the client").isLessThan(100_000);
		assertThat(answers(webSocket)).isBetween(1, 39_999);
	}

	@Test
	@DisplayName("ping frames from a client that reads -> each is answered with its payload")
	void pingFramesOfAReader() {
		start();
		RawWebSocket webSocket = openWebSocket();
		for (int i = 0; i < 100; i++) {
			Frame pong = webSocket.sendFrame(FIN | RawWebSocket.PING, new byte[] { (byte) i }).read();
			assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
			assertThat(pong.payload()).containsExactly((byte) i);
		}
	}

	@Test
	@DisplayName("pong frames nobody asked for -> ignored")
	void pongFrames() {
		start();
		RawWebSocket webSocket = openWebSocket();
		webSocket.sendFrames(FIN | RawWebSocket.PONG, new byte[125], 1000).send("4hello");
		assertThat(webSocket.text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("probes without end on a candidate -> a few are answered, candidate closed, session survives")
	void probes() {
		start();
		PollingClient client = openPolling();
		RawWebSocket candidate = candidate(client).sendFrames(FIN | RawWebSocket.TEXT, "2probe".getBytes(), 100);
		int answers = 0;
		Frame frame = candidate.read();
		while (frame.opcode() == RawWebSocket.TEXT) {
			assertThat(frame.text()).isEqualTo("3probe");
			answers++;
			frame = candidate.read();
		}
		assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
		assertThat(answers).isBetween(2, 10);
		assertOpen(client);
		assertThat(upgraded(client).send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("very many packets in one payload -> all delivered in order, others of the lane served in between")
	void packetsOfOnePayload() {
		List<Integer> servedAt = new CopyOnWriteArrayList<>();
		start(TestEngine.with(TestOptions.defaults().build()).application((session, message) -> {
			if ("0".equals(message.text())) {
				session.lane().execute(() -> servedAt.add(this.engine.received.size()));
			}
		}));
		assertOk(openPolling().push(payload(5000)));
		assertThat(servedAt).singleElement().satisfies((count) -> assertThat(count).isBetween(1, 2000));
		assertThat(received()).isEqualTo(numbers(5000));
	}

	@Test
	@DisplayName("very many packets to a client whose reads are paused -> the rest is delivered after it, then ok")
	void packetsOfOnePayloadWhilePaused() {
		start(TestEngine.with(TestOptions.defaults().build()).application((session, message) -> {
			if ("0".equals(message.text())) {
				session.pauseReads();
			}
		}));
		PollingClient client = openPolling();
		RawHttp push = closedLater(RawHttp.connect(port())).send("POST", client.target(), payload(5000).getBytes());
		Await.until("a part was delivered", () -> !this.engine.received.isEmpty());
		EngineSession session = session(client);
		CompletableFuture<Integer> before = new CompletableFuture<>();
		session.lane().execute(() -> {
			before.complete(this.engine.received.size());
			session.resumeReads();
		});
		assertThat(before).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((count) -> assertThat(count).isLessThan(2000));
		assertOk(push.read());
		assertThat(received()).isEqualTo(numbers(5000));
	}

	@Test
	@DisplayName("malformed packet behind very many -> those before it delivered, parse error")
	void malformedPacketBehindMany() {
		start(TestOptions.defaults());
		assertEmpty(openPolling().push(payload(3000) + "\u001e"), 400);
		awaitClosed(CloseReason.PARSE_ERROR);
		assertThat(received()).isEqualTo(numbers(3000));
	}

	private static List<String> numbers(int count) {
		return IntStream.range(0, count).mapToObj(String::valueOf).toList();
	}

	private static String payload(int count) {
		return "4" + String.join("\u001e4", numbers(count));
	}

	// Reads up to the echo
	private static int answers(RawWebSocket webSocket) {
		int answers = 0;
		Frame frame = webSocket.read();
		while (frame.opcode() == RawWebSocket.PONG) {
			answers++;
			frame = webSocket.read();
		}
		assertThat(frame.text()).isEqualTo("4hello");
		return answers;
	}

}
