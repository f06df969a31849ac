package io.socketio.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import io.socketio.annotation.OnAnyEvent;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.DisconnectReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Limits of unfinished reactive handlers.
 */
class HandlerOverlapTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void reactiveHandlersOverlapUpToTheLimit() {
		TestSocket socket = start(2);
		Work work = this.application.bean(Work.class);
		send(socket, "shared", "a", "b", "c", "d");
		assertThat(work.started).containsExactly("a", "b");
		work.finish("b");
		assertThat(work.started).containsExactly("a", "b", "c");
		work.finish("a");
		assertThat(work.started).containsExactly("a", "b", "c", "d");
		send(socket, "shared", "e");
		assertThat(work.started).hasSize(4);
		work.finish("c");
		work.finish("d");
		assertThat(work.started).endsWith("e");
		work.finish("e");
		send(socket, "shared", "f", "g");
		assertThat(work.started).endsWith("f", "g");
	}

	@Test
	void everythingBehindAWaitingHandlerWaitsToo() {
		TestSocket socket = start(1);
		Work work = this.application.bean(Work.class);
		send(socket, "shared", "a", "b");
		TestAcknowledgement blocking = socket.send("blocking", "c");
		send(socket, "own", "d");
		assertThat(work.started).containsExactly("a");
		work.finish("a");
		assertThat(work.started).startsWith("a", "b"); // others may have started, too
		blocking.await();
		Awaitility.await().untilAsserted(() -> assertThat(work.started).containsExactly("a", "b", "c", "d"));
	}

	@Test
	void blockingHandlersDoNotCount() {
		TestSocket socket = start(1);
		Work work = this.application.bean(Work.class);
		send(socket, "shared", "a");
		socket.send("blocking", "b").await();
		assertThat(work.started).containsExactly("a", "b");
	}

	@Test
	void aLimitOfItsOwnCountsTheMethodAlone() {
		TestSocket socket = start(1);
		Work work = this.application.bean(Work.class);
		send(socket, "shared", "a");
		send(socket, "own", "b");
		send(socket, "serial", "c", "d");
		assertThat(work.started).containsExactly("a", "b", "c");
		send(socket, "own", "e");
		work.finish("c");
		assertThat(work.started).containsExactly("a", "b", "c", "d", "e");
		send(socket, "serial", "f");
		work.finish("a");
		assertThat(work.started).hasSize(5);
		work.finish("d");
		assertThat(work.started).endsWith("f");
	}

	@Test
	void socketsDoNotWaitForEachOther() {
		TestSocket one = start(1);
		TestSocket other = this.application.connect();
		send(one, "serial", "a");
		send(other, "serial", "b");
		assertThat(this.application.bean(Work.class).started).containsExactly("a", "b");
	}

	@Test
	void failuresAndSynchronousResultsLeaveToo() {
		TestSocket socket = start(1);
		for (int i = 0; i < 100; i++) {
			socket.send("failing").await();
			assertThat(socket.send("immediate").awaitValue()).isEqualTo("now");
		}
	}

	@Test
	void handlersThatNeverFinishDoNotKeepTheDisconnectWaiting() {
		TestSocket socket = start(2);
		Work work = this.application.bean(Work.class);
		send(socket, "shared", "a", "b", "c", "d", "e");
		assertThat(work.started).containsExactly("a", "b");
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		assertThat(work.started).containsExactly("a", "b", "c", "d", "e", "disconnect");
		work.finish("a");
		work.finish("e");
		assertThat(work.started).hasSize(6);
	}

	@Test
	void aLimitOfItsOwnHoldsAfterTheDisconnect() {
		TestSocket socket = start(2);
		Work work = this.application.bean(Work.class);
		send(socket, "serial", "a", "b");
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		assertThat(work.started).containsExactly("a");
		work.finish("a");
		assertThat(work.started).containsExactly("a", "b", "disconnect");
	}

	@Test
	void handlersOfAllEventsCountInTheSharedLimit() {
		this.application.maxConcurrentEvents(1).register(Any.class).start();
		TestSocket socket = this.application.connect();
		Any any = this.application.bean(Any.class);
		send(socket, "event", "x");
		assertThat(any.started).containsExactly("any");
		any.end.tryEmitEmpty();
		assertThat(any.started).containsExactly("any", "event");
	}

	@Test
	void manyThreadsFinishWhileManyEventsArrive() {
		this.application.maxConcurrentEvents(3).register(Racing.class).start();
		Racing racing = this.application.bean(Racing.class);
		TestSocket socket = this.application.connect();
		JsonArguments arguments = new JsonArguments();
		List<TestAcknowledgement> acknowledgements = new ArrayList<>();
		int count = 20_000;
		socket.onEventLoop(() -> {
			for (int i = 0; i < count; i++) {
				TestAcknowledgement acknowledgement = new TestAcknowledgement(true);
				acknowledgements.add(acknowledgement);
				boolean serial = ThreadLocalRandom.current().nextInt(4) == 0;
				socket.handler().event(serial ? "serial" : "shared", arguments, acknowledgement);
			}
		});
		acknowledgements.forEach(TestAcknowledgement::await);
		assertThat(racing.calls).hasValue(count);
		assertThat(racing.mostShared).hasValueLessThanOrEqualTo(3).hasValueGreaterThan(1);
		assertThat(racing.mostSerial).hasValue(1);
		assertThat(socket.reading()).isTrue();
	}

	@Test
	void aLimitIsNeeded() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(this.application.maxConcurrentEvents(0)::start)
			.withStackTraceContaining("'maxConcurrentEvents' must be positive");
	}

	private TestSocket start(int maxConcurrent) {
		this.application.maxConcurrentEvents(maxConcurrent).register(Work.class).start();
		return this.application.connect();
	}

	private static void send(TestSocket socket, String event, String... names) {
		for (String name : names) {
			socket.send(event, name);
		}
	}

	@SocketIoController
	static class Work {

		final List<String> started = new CopyOnWriteArrayList<>();

		private final Map<String, Sinks.One<String>> sinks = new ConcurrentHashMap<>();

		void finish(String name) {
			assertThat(this.sinks).containsKey(name);
			this.sinks.get(name).tryEmitValue("finished " + name);
		}

		private Mono<String> run(String name) {
			Sinks.One<String> sink = Sinks.one();
			this.sinks.put(name, sink);
			this.started.add(name);
			return sink.asMono();
		}

		@SocketIoEvent
		Mono<String> shared(String name) {
			return run(name);
		}

		@SocketIoEvent(maxConcurrent = 10)
		Mono<String> own(String name) {
			return run(name);
		}

		@SocketIoEvent(maxConcurrent = 1)
		Mono<String> serial(String name) {
			return run(name);
		}

		@SocketIoEvent
		void blocking(String name) {
			this.started.add(name);
		}

		@SocketIoEvent
		Mono<String> failing() {
			return Mono.error(new InvalidEventArgumentsException("no"));
		}

		@SocketIoEvent
		Mono<String> immediate() {
			return Mono.just("now");
		}

		@OnDisconnect
		Mono<Void> disconnected() {
			this.started.add("disconnect");
			return Mono.empty();
		}

	}

	@SocketIoController
	static class Any {

		final List<String> started = Collections.synchronizedList(new ArrayList<>());

		final Sinks.Empty<Void> end = Sinks.empty();

		@OnAnyEvent
		Mono<Void> any() {
			this.started.add("any");
			return this.end.asMono();
		}

		@SocketIoEvent
		Mono<Void> event() {
			this.started.add("event");
			return Mono.empty();
		}

	}

	@SocketIoController
	static class Racing {

		final AtomicInteger calls = new AtomicInteger();

		final AtomicInteger mostShared = new AtomicInteger();

		final AtomicInteger mostSerial = new AtomicInteger();

		private final AtomicInteger shared = new AtomicInteger();

		private final AtomicInteger serial = new AtomicInteger();

		@SocketIoEvent
		Mono<Integer> shared() {
			return run(this.shared, this.mostShared);
		}

		@SocketIoEvent(maxConcurrent = 1)
		Mono<Integer> serial() {
			return run(this.serial, this.mostSerial);
		}

		private Mono<Integer> run(AtomicInteger running, AtomicInteger most) {
			this.calls.incrementAndGet();
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Mono<Integer> end = Mono.fromCallable(running::decrementAndGet);
			return (ThreadLocalRandom.current().nextInt(3) == 0) ? end : end.subscribeOn(Schedulers.parallel());
		}

	}

}
