package io.socketio.edgecases;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineSession;
import io.socketio.engine.PollingTransport;
import io.socketio.protocol.EnginePayload;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Timeouts that are over while the event loop does what they wait for (cases 130 and
 * 150).
 */
class LateTimeoutTests extends ServerCases {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	@Test
	@DisplayName("130. connectTimeout is over while the client joins -> joined, not closed")
	void case130_joinsAtTheLastMoment() {
		start(TestServer.builder().connectTimeout(TIMEOUT), (io) -> io.use((socket) -> {
			awaitTimeout();
			return Mono.empty();
		}));
		WireClient client = open(Wire.WEBSOCKET);
		client.connect();
		assertNothingElse(client);
	}

	@Test
	@DisplayName("150. connectTimeout is over while the last attachment is read -> delivered, not closed")
	void case150_attachmentAtTheLastMoment() {
		start(TestServer.builder().connectTimeout(TIMEOUT), (io) -> {
		});
		WireClient client = joined(Wire.POLLING);
		client.send("51-[\"binary\",{\"_placeholder\":true,\"num\":0}]");
		EngineSession session = this.server.engine().session(client.engineId());
		PollingTransport transport = session.pollingTransport();
		session.lane().execute(() -> {
			awaitTimeout();
			transport.push(new EnginePayload("bAQID".getBytes(), false), (valid) -> {
			});
		});
		Await.until("the event was delivered", () -> !this.received.isEmpty());
		assertNothingElse(client);
	}

	// Blocks the event loop until what was scheduled before for the same time is over
	private void awaitTimeout() {
		CountDownLatch over = new CountDownLatch(1);
		this.server.engine().timers().schedule(TIMEOUT, over::countDown);
		try {
			assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
