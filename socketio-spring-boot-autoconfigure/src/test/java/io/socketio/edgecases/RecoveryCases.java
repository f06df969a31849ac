package io.socketio.edgecases;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.socketio.recovery.RecoveryOptions;
import io.socketio.server.SocketIoServer;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.TestSessionStore;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireClient.Reply;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with connection state recovery, and clients that come back.
 */
abstract class RecoveryCases extends ServerCases {

	final TestSessionStore store = new TestSessionStore();

	TestServer.Builder recovering() {
		return recovering((options) -> {
		});
	}

	TestServer.Builder recovering(Consumer<Options> changes) {
		Options options = new Options();
		changes.accept(options);
		return TestServer.builder().store(this.store).recovery(options.build());
	}

	@Override
	void start(Consumer<SocketIoServer> application) {
		start(recovering(), application);
	}

	/**
	 * Join with a client that will go away.
	 * @return the client, its events read up to one it has an offset of
	 */
	WireClient joinedWithOffset() {
		WireClient client = joined();
		latestSocket().emit("first");
		assertThat(client.event().name()).isEqualTo("first");
		return client;
	}

	/**
	 * End a client's connection and wait until the server knows it.
	 * @param client the client
	 */
	void drop(WireClient client) {
		int before = this.reasons.size();
		client.leave();
		Await.until("the disconnect", () -> this.reasons.size() > before);
	}

	/**
	 * Come back as the official client would.
	 * @param client the client whose connection broke
	 * @return the new connection
	 */
	Return comeBack(WireClient client) {
		return comeBack(client, Wire.WEBSOCKET);
	}

	Return comeBack(WireClient client, Wire wire) {
		return comeBack(wire, client.recovery());
	}

	Return comeBack(Map<String, ?> auth) {
		return comeBack(Wire.WEBSOCKET, auth);
	}

	Return comeBack(Wire wire, Map<String, ?> auth) {
		WireClient client = open(wire);
		return new Return(client, client.connect("/", auth), auth);
	}

	static List<String> names(List<WireEvent> events) {
		return events.stream().map(WireEvent::toString).toList();
	}

	/**
	 * A client that came back.
	 *
	 * @param client the client
	 * @param reply the reply to its CONNECT packet
	 * @param auth payload of that
	 */
	record Return(WireClient client, Reply reply, Map<String, ?> auth) {

		/**
		 * Check that it is recovered.
		 * @param missed the events it has missed
		 * @return this
		 */
		Return recovered(String... missed) {
			assertThat(this.reply.missed().stream().map(WireEvent::toString)).containsExactly(missed);
			assertThat(this.reply.pid()).isEqualTo(this.auth.get("pid"));
			return this;
		}

		/**
		 * Check that it got a new session.
		 * @return this
		 */
		Return notRecovered() {
			assertThat(this.reply.missed()).isEmpty();
			assertThat(this.reply.pid()).isNotNull().isNotEqualTo(this.auth.get("pid"));
			return this;
		}

	}

	/**
	 * Settings of recovery.
	 */
	static final class Options {

		Duration maxDisconnectionDuration = Duration.ofMinutes(2);

		boolean skipMiddlewares = true;

		long maxLogBytes = 1_000_000;

		int maxLogEvents = 100_000;

		int maxTotalLogEvents = 1_000_000;

		int maxSessions = 1000;

		Duration storeTimeout = Duration.ofSeconds(5);

		RecoveryOptions build() {
			return new RecoveryOptions(this.maxDisconnectionDuration, this.skipMiddlewares, this.maxLogBytes,
					this.maxLogEvents, 10_000_000, this.maxTotalLogEvents, this.maxSessions, 100, this.storeTimeout);
		}

	}

}
