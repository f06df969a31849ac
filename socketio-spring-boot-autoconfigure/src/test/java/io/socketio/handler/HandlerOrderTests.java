package io.socketio.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.task.SyncTaskExecutor;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.willAnswer;

/**
 * Threads, order and back-pressure of handlers.
 */
class HandlerOrderTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void reactiveHandlersRunOnTheEventLoopAndOthersDoNot() {
		TestSocket socket = start(Work.class);
		assertThat(socket.send("reactiveThread").awaitValue()).isEqualTo("event-loop");
		assertThat((String) socket.send("blockingThread").awaitValue()).startsWith("blocking-");
		// The acknowledgement may be here before the worker has let go of the queue.
		Awaitility.await()
			.untilAsserted(() -> assertThat(socket.send("reactiveThread").awaitValue()).isEqualTo("event-loop"));
	}

	@Test
	void blockingHandlersOfOneSocketRunOneAtATime() {
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		TestAcknowledgement first = socket.send("block", "first");
		TestAcknowledgement second = socket.send("block", "second");
		work.awaitStarted("first");
		assertThat(work.log).containsExactly("start first");
		work.release("second");
		assertThat(second.answered()).isFalse();
		work.release("first");
		second.await();
		first.await();
		assertThat(work.log).containsExactly("start first", "end first", "start second", "end second");
	}

	@Test
	void blockingHandlersOfTwoSocketsRunTogether() {
		TestSocket one = start(Work.class);
		TestSocket other = this.application.connect();
		Work work = this.application.bean(Work.class);
		TestAcknowledgement first = one.send("block", "one");
		TestAcknowledgement second = other.send("block", "other");
		work.awaitStarted("one");
		work.awaitStarted("other");
		work.release("one");
		work.release("other");
		first.await();
		second.await();
	}

	@Test
	void aBlockedHandlerHoldsUpNeitherTheEventLoopNorOtherSockets() {
		TestSocket blocked = start(Work.class);
		TestSocket other = this.application.connect();
		TestAcknowledgement first = blocked.send("block", "first");
		assertThat(other.send("reactive", "x").awaitValue()).isEqualTo("x");
		assertThat((String) other.send("blockingThread").awaitValue()).startsWith("blocking-");
		assertThat(first.answered()).isFalse();
		this.application.bean(Work.class).release("first");
		first.await();
	}

	@Test
	void aReactiveHandlerBehindABlockingOneStartsAfterIt() {
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		socket.send("block", "first");
		TestAcknowledgement reactive = socket.send("reactive", "second");
		work.awaitStarted("first");
		assertThat(work.log).containsExactly("start first");
		work.release("first");
		assertThat(reactive.awaitValue()).isEqualTo("second");
		assertThat(work.log).containsExactly("start first", "end first", "reactive second");
	}

	@Test
	void reactiveHandlersOverlap() {
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		TestAcknowledgement first = socket.send("wait", "first");
		TestAcknowledgement second = socket.send("wait", "second");
		assertThat(work.log).containsExactly("wait first", "wait second");
		work.sink("second").tryEmitValue("done");
		assertThat(second.awaitValue()).isEqualTo("done");
		assertThat(first.answered()).isFalse();
		work.sink("first").tryEmitValue("done");
		first.await();
	}

	@Test
	void handlersStartInTheOrderOfArrival() {
		TestSocket socket = start(Numbers.class);
		List<TestAcknowledgement> acknowledgements = new ArrayList<>();
		int count = 5000;
		for (int i = 0; i < count; i++) {
			boolean blocking = ThreadLocalRandom.current().nextInt(3) == 0;
			String event = blocking ? "blocking" : "reactive";
			acknowledgements.add(socket.send(event, i));
		}
		acknowledgements.forEach(TestAcknowledgement::await);
		Numbers numbers = this.application.bean(Numbers.class);
		assertThat(numbers.started).hasSize(count).isSorted();
		assertThat(numbers.overlaps).hasValue(0);
		assertThat(numbers.blockedEventLoop).hasValue(0);
		assertThat(socket.reading()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 8000 })
	void noHandlerIsForgottenWhenItArrivesAsTheQueueRunsEmpty(int burst) {
		TestSocket socket = start(Numbers.class);
		Numbers numbers = this.application.bean(Numbers.class);
		JsonArguments arguments = new JsonArguments(1);
		TestAcknowledgement acknowledgement = new TestAcknowledgement(false);
		socket.onEventLoop(() -> {
			for (int i = 1; i <= 24_000; i++) {
				socket.handler().event("blocking", arguments, acknowledgement);
				if (i % burst != 0) {
					continue;
				}
				long start = System.nanoTime();
				while (numbers.finished < i) {
					assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
				}
				for (int spins = ThreadLocalRandom.current().nextInt(50); spins > 0; spins--) {
					Thread.onSpinWait();
				}
			}
		});
		assertThat(numbers.started).hasSize(24_000);
		assertThat(numbers.overlaps).hasValue(0);
	}

	@Test
	void orderHoldsWithAnExecutorThatOftenRejects() {
		this.application.executor((task) -> {
			if (ThreadLocalRandom.current().nextInt(3) == 0) {
				throw new RejectedExecutionException("full");
			}
			this.application.blocking.execute(task);
		});
		TestSocket socket = start(Numbers.class);
		List<TestAcknowledgement> acknowledgements = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			acknowledgements.add(socket.send((i % 2 == 0) ? "blocking" : "reactive", i));
		}
		acknowledgements.forEach(TestAcknowledgement::await);
		Numbers numbers = this.application.bean(Numbers.class);
		assertThat(numbers.started).isSorted().hasSizeBetween(1000, 2000);
		assertThat(numbers.overlaps).hasValue(0);
		assertThat(socket.reading()).isTrue();
	}

	@Test
	void anExecutorThatRunsTasksAtOnceIsNoProblem() {
		this.application.executor(new SyncTaskExecutor());
		TestSocket socket = start(Work.class);
		assertThat(socket.send("blockingThread").awaitValue()).isEqualTo("event-loop");
		assertThat(socket.send("reactiveThread").awaitValue()).isEqualTo("event-loop");
	}

	@Test
	void manyWaitingHandlersAreStartedWithoutDeepStacks() {
		TestSocket socket = start(Connecting.class);
		List<TestAcknowledgement> acknowledgements = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			acknowledgements.add(socket.send("event", i));
		}
		Connecting connecting = this.application.bean(Connecting.class);
		assertThat(connecting.log).containsExactly("connect 1");
		connecting.first.tryEmitEmpty();
		acknowledgements.forEach(TestAcknowledgement::await);
	}

	@Test
	void onConnectIsWaitedFor() {
		TestSocket socket = start(Connecting.class);
		Connecting connecting = this.application.bean(Connecting.class);
		TestAcknowledgement event = socket.send("event", 1);
		assertThat(connecting.log).containsExactly("connect 1");
		assertThat(event.answered()).isFalse();
		Schedulers.parallel().schedule(() -> connecting.first.tryEmitEmpty());
		event.await();
		assertThat(connecting.log).containsExactly("connect 1", "connect 2", "event 1");
		assertThat(connecting.secondThread).startsWith("blocking-");
	}

	@Test
	void onDisconnectComesLast() {
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		socket.send("wait", "unfinished");
		socket.send("block", "first");
		socket.send("block", "second");
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		work.awaitStarted("first");
		work.release("first");
		work.awaitStarted("second");
		assertThat(work.log).doesNotContain("disconnect transport close");
		work.release("second");
		Awaitility.await().untilAsserted(() -> assertThat(work.log).contains("disconnect transport close"));
		assertThat(work.log).containsExactly("wait unfinished", "start first", "end first", "start second",
				"end second", "disconnect transport close");
	}

	@Test
	void onDisconnectWhileASocketIsSetUp() {
		TestSocket socket = start(Connecting.class);
		Connecting connecting = this.application.bean(Connecting.class);
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		assertThat(connecting.log).containsExactly("connect 1");
		connecting.first.tryEmitEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(connecting.log).containsExactly("connect 1", "connect 2", "disconnect"));
	}

	@Test
	void aHandlerThatDisconnectsItsSocketIsLeftBeforeOnDisconnect() {
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		willAnswer((call) -> {
			socket.handler().disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
			return null;
		}).given(socket.socket).disconnect();
		socket.send("leave");
		Awaitility.await()
			.untilAsserted(() -> assertThat(work.log).containsExactly("leaving", "left",
					"disconnect server namespace disconnect"));
	}

	@Test
	void readingStopsWhileTooMuchIsWaiting() {
		this.application.maxPendingEvents(4);
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		List<TestAcknowledgement> acknowledgements = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			acknowledgements.add(socket.send("block", "" + i));
		}
		assertThat(socket.reading()).isTrue();
		acknowledgements.add(socket.send("block", "4"));
		assertThat(socket.reading()).isFalse();
		acknowledgements.add(socket.send("block", "5"));
		assertThat(socket.pauses).hasValue(1);
		for (int i = 0; i < 3; i++) {
			work.release("" + i);
			acknowledgements.get(i).await();
		}
		work.awaitStarted("3");
		assertThat(socket.reading()).isFalse();
		work.release("3");
		Awaitility.await().untilAsserted(() -> assertThat(socket.reading()).isTrue());
		assertThat(socket.pauses).hasValue(1);
		work.release("4");
		work.release("5");
		acknowledgements.forEach(TestAcknowledgement::await);
		assertThat(socket.resumes).hasValue(1);
	}

	@Test
	void unfinishedReactiveHandlersCountToo() {
		this.application.maxPendingEvents(2);
		TestSocket socket = start(Work.class);
		Work work = this.application.bean(Work.class);
		for (int i = 0; i < 3; i++) {
			socket.send("wait", "" + i);
		}
		assertThat(socket.reading()).isFalse();
		work.sink("1").tryEmitValue("done");
		assertThat(socket.reading()).isFalse();
		work.sink("0").tryEmitValue("done");
		assertThat(socket.reading()).isTrue();
	}

	@Test
	void aSocketThatHasLeftDoesNotHoldUpItsConnection() {
		this.application.maxPendingEvents(1);
		TestSocket socket = start(Work.class);
		socket.send("wait", "1");
		socket.send("wait", "2");
		assertThat(socket.reading()).isFalse();
		socket.disconnected(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
		assertThat(socket.reading()).isTrue();
		socket.send("wait", "3");
		assertThat(socket.reading()).isTrue();
	}

	private TestSocket start(Class<?> controller) {
		this.application.register(controller).start();
		return this.application.connect();
	}

	@SocketIoController
	static class Work {

		final List<String> log = new CopyOnWriteArrayList<>();

		private final Map<String, CountDownLatch> started = new ConcurrentHashMap<>();

		private final Map<String, CountDownLatch> released = new ConcurrentHashMap<>();

		private final Map<String, Sinks.One<String>> sinks = new ConcurrentHashMap<>();

		void awaitStarted(String name) {
			await(latch(this.started, name));
		}

		void release(String name) {
			latch(this.released, name).countDown();
		}

		Sinks.One<String> sink(String name) {
			return this.sinks.computeIfAbsent(name, (key) -> Sinks.one());
		}

		private static CountDownLatch latch(Map<String, CountDownLatch> latches, String name) {
			return latches.computeIfAbsent(name, (key) -> new CountDownLatch(1));
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		@SocketIoEvent
		String blockingThread() {
			return Thread.currentThread().getName();
		}

		@SocketIoEvent
		Mono<String> reactiveThread() {
			return Mono.just(Thread.currentThread().getName());
		}

		@SocketIoEvent
		void block(String name) {
			this.log.add("start " + name);
			latch(this.started, name).countDown();
			await(latch(this.released, name));
			this.log.add("end " + name);
		}

		@SocketIoEvent
		Mono<String> reactive(String name) {
			this.log.add("reactive " + name);
			return Mono.just(name);
		}

		@SocketIoEvent
		Mono<String> wait(String name) {
			this.log.add("wait " + name);
			return sink(name).asMono();
		}

		@SocketIoEvent
		Mono<Void> leave(SocketIoSocket socket) {
			this.log.add("leaving");
			socket.disconnect();
			this.log.add("left");
			return Mono.empty();
		}

		@OnDisconnect
		void disconnected(DisconnectReason reason) {
			this.log.add("disconnect " + reason);
		}

	}

	@SocketIoController
	static class Numbers {

		final List<Integer> started = new ArrayList<>();

		final AtomicInteger overlaps = new AtomicInteger();

		final AtomicInteger blockedEventLoop = new AtomicInteger();

		volatile int finished;

		private final AtomicInteger running = new AtomicInteger();

		@SocketIoEvent
		void blocking(int number) {
			if (Thread.currentThread().getName().equals("event-loop")) {
				this.blockedEventLoop.incrementAndGet();
			}
			handle(number);
		}

		@SocketIoEvent
		Mono<Integer> reactive(int number) {
			handle(number);
			return Mono.just(number);
		}

		private void handle(int number) {
			if (this.running.getAndIncrement() != 0) {
				this.overlaps.incrementAndGet();
			}
			// Not thread-safe on purpose: starts happen one before the other.
			this.started.add(number);
			this.running.decrementAndGet();
			this.finished = this.started.size();
		}

	}

	@SocketIoController
	static class Connecting {

		final List<String> log = new CopyOnWriteArrayList<>();

		final Sinks.Empty<Void> first = Sinks.empty();

		volatile String secondThread = "";

		@OnConnect
		Mono<Void> connect1() {
			this.log.add("connect 1");
			return this.first.asMono();
		}

		@OnConnect
		void connect2() {
			this.secondThread = Thread.currentThread().getName();
			this.log.add("connect 2");
		}

		@SocketIoEvent
		Mono<Void> event(int number) {
			if (number < 10) {
				this.log.add("event " + number);
			}
			return Mono.empty();
		}

		@OnDisconnect
		void disconnected() {
			this.log.add("disconnect");
		}

	}

}
