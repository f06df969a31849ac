package io.socketio.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.Acknowledgement;
import io.socketio.server.SocketHandler;

/**
 * What an event costs between the server and a handler with two arguments: the queue of
 * the socket, the look-up, the arguments, the call and the acknowledgement. Arguments
 * come as they are, so that no conversion is measured, and methods do next to nothing.
 * What {@link #direct} and {@link #directReactive} cost is not ours.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HandlerBenchmark {

	private final Controller controller = new Controller();

	private final PreparedArguments arguments = new PreparedArguments("lobby", 42);

	private final LastAnswer acknowledgement = new LastAnswer();

	private final AnsweringSubscriber subscriber = new AnsweringSubscriber(this.acknowledgement);

	private final SocketHandler handler = Handlers.of(Controller.class, this.controller);

	/**
	 * Check that events arrive.
	 */
	@Setup
	public void check() {
		this.controller.calls = 0;
		blocking();
		reactive();
		if (this.controller.calls != 2 || !"lobby".equals(this.acknowledgement.value)) {
			throw new IllegalStateException("Handlers were not called");
		}
	}

	/**
	 * The same without anything of ours: the arguments, the method and its answer.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable Object direct() {
		String room = this.arguments.get(0, String.class);
		Integer limit = this.arguments.get(1, Integer.class);
		this.acknowledgement.send(this.controller.blocking(room, limit));
		return this.acknowledgement.value;
	}

	/**
	 * The same for a method that returns a reactive type: somebody subscribes.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable Object directReactive() {
		String room = this.arguments.get(0, String.class);
		Integer limit = this.arguments.get(1, Integer.class);
		this.controller.reactive(room, limit).subscribe(this.subscriber);
		return this.acknowledgement.value;
	}

	/**
	 * A method that may block, on an executor that runs it at once.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable Object blocking() {
		this.handler.event("blocking", this.arguments, this.acknowledgement);
		return this.acknowledgement.value;
	}

	/**
	 * A method that returns a reactive type.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable Object reactive() {
		this.handler.event("reactive", this.arguments, this.acknowledgement);
		return this.acknowledgement.value;
	}

	/**
	 * Remembers the answer.
	 */
	private static final class LastAnswer implements Acknowledgement {

		private @Nullable Object value;

		@Override
		public boolean requested() {
			return true;
		}

		@Override
		public void send(@Nullable Object... args) {
			this.value = args[0];
		}

	}

	/**
	 * Answers with what it gets.
	 */
	private static final class AnsweringSubscriber implements CoreSubscriber<Object> {

		private final Acknowledgement acknowledgement;

		AnsweringSubscriber(Acknowledgement acknowledgement) {
			this.acknowledgement = acknowledgement;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Object value) {
			this.acknowledgement.send(value);
		}

		@Override
		public void onError(Throwable ex) {
			throw new IllegalStateException(ex);
		}

		@Override
		public void onComplete() {
			// answered already
		}

	}

	/**
	 * Handlers with two arguments.
	 */
	@SocketIoController
	static class Controller {

		private final Mono<String> answer = Mono.just("lobby");

		private long calls;

		@SocketIoEvent
		String blocking(String room, int limit) {
			this.calls++;
			return room;
		}

		@SocketIoEvent
		Mono<String> reactive(String room, int limit) {
			this.calls++;
			return this.answer;
		}

	}

}
