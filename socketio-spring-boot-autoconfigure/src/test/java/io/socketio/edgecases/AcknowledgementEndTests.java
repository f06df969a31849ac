package io.socketio.edgecases;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.EventArguments;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Waiting for an acknowledgement always ends, and on a thread where that does no harm
 * (cases 161 and 162).
 */
class AcknowledgementEndTests extends ServerCases {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final String TIMERS = "socketio-timer";

	private static Thread threadOfTimeout(Publisher<EventArguments> asked) throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		Flux.from(asked).subscribe((answer) -> thread.completeExceptionally(new AssertionError(answer)), (ex) -> {
			assertThat(ex).isInstanceOf(TimeoutException.class);
			thread.complete(Thread.currentThread());
		});
		return thread.get(10, TimeUnit.SECONDS);
	}

	@Test
	@DisplayName("161. a timeout is signalled on the connection's event loop, not on the thread of all timers")
	void case161_lane() throws Exception {
		start();
		WireClient client = joined();
		CompletableFuture<Thread> lane = new CompletableFuture<>();
		this.server.engine().session(client.engineId()).inLane(() -> lane.complete(Thread.currentThread()));
		assertThat(threadOfTimeout(socket().timeout(SHORT).emitWithAck("ask"))).isSameAs(lane.get());
	}

	@Test
	@DisplayName("161. the connection has gone -> the timeout is signalled on another thread than that of all timers")
	void case161_gone() throws Exception {
		start();
		drop(joined());
		assertThat(threadOfTimeout(socket().timeout(SHORT).emitWithAck("ask")).getName()).doesNotContain(TIMERS);
	}

	@Test
	@DisplayName("161. a broadcast's timeout is not signalled on the thread of all timers")
	void case161_broadcast() throws Exception {
		start();
		joined();
		assertThat(threadOfTimeout(io().timeout(SHORT).emitWithAck("ask")).getName()).doesNotContain(TIMERS);
	}

	private void drop(WireClient client) {
		client.leave();
		awaitReasons("transport close");
	}

	// Fails if the thread that signals holds what an emit on another thread needs
	private void emitOnOtherThread() {
		CompletableFuture.runAsync(() -> io().emit("other")).orTimeout(2, TimeUnit.SECONDS).join();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("162. timeout of zero -> what follows may emit on other threads, also in a middleware")
	void case162_noLock(boolean inMiddleware) throws Exception {
		CompletableFuture<Throwable> error = new CompletableFuture<>();
		start((io) -> io.use((socket) -> {
			if (inMiddleware) {
				socket.timeout(Duration.ZERO)
					.emitWithAck("ask")
					.doOnError((ex) -> emitOnOtherThread())
					.subscribe(null, error::complete);
			}
			return Mono.empty();
		}));
		joined();
		if (!inMiddleware) {
			socket().timeout(Duration.ZERO)
				.emitWithAck("ask")
				.doOnError((ex) -> emitOnOtherThread())
				.subscribe(null, error::complete);
		}
		assertThat(error.get(10, TimeUnit.SECONDS)).isExactlyInstanceOf(TimeoutException.class);
	}

	@Test
	@DisplayName("161. a middleware waits for an acknowledgement -> the time begins at once, the late event is not sent")
	void case161_middleware() {
		start((io) -> io.use((socket) -> {
			socket.emit("welcome");
			return socket.timeout(SHORT).emitWithAck("ask").onErrorComplete(TimeoutException.class).then();
		}));
		WireClient client = webSocket();
		client.sendConnect("/", Map.of());
		assertThat(client.text()).isEqualTo("2[\"welcome\"]");
		assertThat(client.text()).startsWith("0{");
		assertNothingElse(client);
	}

	@Test
	@DisplayName("161. a middleware refuses the socket that it has asked -> error at once, also when it asks later")
	void case161_refused() {
		AtomicReference<Mono<EventArguments>> later = new AtomicReference<>();
		Sinks.One<Throwable> ended = Sinks.one();
		start((io) -> io.use((socket) -> {
			socket.emitWithAck("ask").subscribe(null, ended::tryEmitValue);
			later.set(socket.emitWithAck("ask"));
			return Mono.error(new ConnectionRefusedException("no"));
		}));
		WireClient client = webSocket();
		client.sendConnect("/", Map.of());
		assertThat(client.text()).startsWith("4{");
		assertThat(ended.asMono().block(Duration.ofSeconds(5))).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("was not let in");
		assertThatThrownBy(() -> later.get().block(Duration.ofSeconds(5))).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("was not let in");
	}

	@Test
	@DisplayName("161. the connection breaks while a middleware waits for its acknowledgement -> error")
	void case161_brokenMeanwhile() {
		Sinks.One<Throwable> ended = Sinks.one();
		Sinks.Empty<Void> asked = Sinks.empty();
		start(TestServer.builder(), (io) -> io.use((socket) -> {
			socket.emitWithAck("ask").subscribe(null, ended::tryEmitValue);
			asked.tryEmitEmpty();
			return Mono.never();
		}));
		WireClient client = webSocket();
		client.sendConnect("/", Map.of());
		asked.asMono().block(Duration.ofSeconds(5));
		client.leave();
		assertThat(ended.asMono().block(Duration.ofSeconds(5))).isInstanceOf(IllegalStateException.class);
	}

}
