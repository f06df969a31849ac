package io.socketio.handler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.Acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the results of handler methods.
 */
class HandlerResultTests {

	private final Application application = Application.of(Results.class);

	private final TestSocket socket = this.application.connect();

	private final Results results = this.application.bean(Results.class);

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void voidIsAnEmptyAcknowledgement() {
		assertThat(this.socket.send("nothing").await()).isEmpty();
		assertThat(this.socket.send("nullValue").await()).isEmpty();
		assertThat(this.socket.send("nullMono").await()).isEmpty();
		assertThat(this.socket.send("emptyMono").await()).isEmpty();
		assertThat(this.socket.send("voidMono").await()).isEmpty();
		assertThat(this.socket.send("voidStage").await()).isEmpty();
	}

	@Test
	void valuesAreTheAcknowledgement() {
		assertThat(this.socket.send("value").awaitValue()).isEqualTo(42);
		assertThat(this.socket.send("array").awaitValue()).isEqualTo(new String[] { "a", "b" });
		assertThat(this.socket.send("bytes").awaitValue()).isEqualTo(new byte[] { 1 });
		assertThat(this.socket.send("map").awaitValue()).isEqualTo(Map.of("a", 1));
	}

	@Test
	void reactiveValuesAreTheAcknowledgement() {
		assertThat(this.socket.send("mono").awaitValue()).isEqualTo("mono");
		assertThat(this.socket.send("stage").awaitValue()).isEqualTo("stage");
		assertThat(this.socket.send("future").awaitValue()).isEqualTo("future");
	}

	@Test
	void fluxIsCollected() {
		assertThat(this.socket.send("flux").awaitValue()).isEqualTo(List.of(1, 2, 3));
		assertThat(this.socket.send("publisher").awaitValue()).isEqualTo(List.of(1, 2));
		assertThat(this.socket.send("emptyFlux").awaitValue()).isEqualTo(List.of());
	}

	@Test
	void whatIsKnownOnlyAfterTheCall() {
		assertThat(this.socket.send("object", "value").awaitValue()).isEqualTo("value");
		assertThat(this.socket.send("object", "mono").awaitValue()).isEqualTo("mono");
		assertThat(this.socket.send("object", "stage").awaitValue()).isEqualTo("stage");
		assertThat(this.socket.send("object", "null").await()).isEmpty();
	}

	@Test
	void acknowledgementIsSentOnCompletion() {
		TestAcknowledgement acknowledgement = this.socket.send("later");
		assertThat(acknowledgement.answered()).isFalse();
		this.results.later.tryEmitValue("now");
		assertThat(acknowledgement.awaitValue()).isEqualTo("now");
	}

	@Test
	void methodsThatTakeTheAcknowledgementAnswerThemselves() {
		TestAcknowledgement own = this.socket.send("own");
		assertThat(own.await()).containsExactly("a", "b");
		TestAcknowledgement never = this.socket.send("ownNever");
		TestAcknowledgement ownMono = this.socket.send("ownMono");
		assertThat(this.socket.send("value").awaitValue()).isEqualTo(42);
		assertThat(own.calls()).isEqualTo(1);
		assertThat(never.calls()).isZero();
		assertThat(ownMono.calls()).isZero();
		assertThat(this.socket.send("takesButReturns").awaitValue()).isEqualTo("returned");
	}

	@Test
	void nothingIsSentWhereNothingWasAskedFor() {
		TestAcknowledgement value = this.socket.sendWithoutAcknowledgement("value");
		TestAcknowledgement mono = this.socket.sendWithoutAcknowledgement("mono");
		assertThat(this.socket.send("value").awaitValue()).isEqualTo(42);
		assertThat(value.calls()).isZero();
		assertThat(mono.calls()).isZero();
		assertThat(this.socket.emitted).isEmpty();
		Awaitility.await().untilAsserted(() -> assertThat(this.results.monoSubscriptions).hasValue(1));
	}

	@Test
	void eventsWithoutHandlerAreIgnored() {
		TestAcknowledgement unknown = this.socket.send("unknown");
		assertThat(this.socket.send("value").awaitValue()).isEqualTo(42);
		assertThat(unknown.calls()).isZero();
		assertThat(this.socket.emitted).isEmpty();
	}

	@SocketIoController
	static class Results {

		final Sinks.One<String> later = Sinks.one();

		final AtomicInteger monoSubscriptions = new AtomicInteger();

		@SocketIoEvent
		void nothing() {
		}

		@SocketIoEvent
		@Nullable String nullValue() {
			return null;
		}

		@SocketIoEvent
		@Nullable Mono<String> nullMono() {
			return null;
		}

		@SocketIoEvent
		Mono<String> emptyMono() {
			return Mono.empty();
		}

		@SocketIoEvent
		Mono<Void> voidMono() {
			return Mono.empty();
		}

		@SocketIoEvent
		CompletionStage<@Nullable Void> voidStage() {
			return CompletableFuture.completedFuture(null);
		}

		@SocketIoEvent
		int value() {
			return 42;
		}

		@SocketIoEvent
		String[] array() {
			return new String[] { "a", "b" };
		}

		@SocketIoEvent
		byte[] bytes() {
			return new byte[] { 1 };
		}

		@SocketIoEvent
		Map<String, Object> map() {
			return Map.of("a", 1);
		}

		@SocketIoEvent
		Mono<String> mono() {
			return Mono.just("mono").doOnSubscribe((subscription) -> this.monoSubscriptions.incrementAndGet());
		}

		@SocketIoEvent
		CompletionStage<String> stage() {
			return CompletableFuture.supplyAsync(() -> "stage");
		}

		@SocketIoEvent
		CompletableFuture<String> future() {
			return CompletableFuture.completedFuture("future");
		}

		@SocketIoEvent
		Flux<Integer> flux() {
			return Flux.just(1, 2, 3);
		}

		@SocketIoEvent
		Publisher<Integer> publisher() {
			return Flux.just(1, 2);
		}

		@SocketIoEvent
		Flux<Integer> emptyFlux() {
			return Flux.empty();
		}

		@SocketIoEvent
		@Nullable Object object(String what) {
			return switch (what) {
				case "mono" -> Mono.just("mono");
				case "stage" -> CompletableFuture.completedFuture("stage");
				case "null" -> null;
				default -> what;
			};
		}

		@SocketIoEvent
		Mono<String> later() {
			return this.later.asMono();
		}

		@SocketIoEvent
		void own(Acknowledgement acknowledgement) {
			acknowledgement.send("a", "b");
		}

		@SocketIoEvent
		void ownNever(Acknowledgement acknowledgement) {
		}

		@SocketIoEvent
		Mono<Void> ownMono(Acknowledgement acknowledgement) {
			return Mono.empty();
		}

		@SocketIoEvent
		String takesButReturns(Acknowledgement acknowledgement) {
			return "returned";
		}

	}

}
