package io.socketio.handler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.ClientErrorTranslator;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * The context in which handlers run, and errors that clients are told of.
 */
class HandlerContextTests {

	private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

	private final Application application = Application.of(Controller.class, Translator.class);

	private final Controller controller = this.application.bean(Controller.class);

	private final TestSocket socket = socket("alice");

	@AfterEach
	void close() {
		this.application.close();
	}

	private TestSocket socket(String name) {
		TestSocket socket = this.application.socket();
		given(socket.socket.context()).willReturn(new SocketContext() {

			@Override
			public Context reactor() {
				return Context.of("user", name);
			}

			@Override
			public Scope open() {
				String previous = CURRENT.get();
				CURRENT.set(name);
				return () -> CURRENT.set(previous);
			}

		});
		this.application.connect("/", socket);
		return socket;
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "elsewhere", "flux" })
	void reactiveHandlersAreSubscribedToWithIt(String event) {
		assertThat(this.socket.send(event).await()).asString().contains("alice");
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "assembled", "stage" })
	void threadLocalsAreSetForTheCall(String event) {
		assertThat(this.socket.send(event).await()).asString().contains("alice");
		assertNothingLeft();
	}

	@Test
	void threadLocalsAreSetWhenTheSocketJoinsAndLeaves() {
		Await.until("@OnConnect", () -> "alice".equals(this.controller.connected));
		this.socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		Await.until("@OnDisconnect", () -> "alice".equals(this.controller.disconnected));
		assertNothingLeft();
	}

	@Test
	void handlersThatFailLeaveNothingBehind() {
		assertThat(this.socket.send("failing").await()).asString().contains("Internal server error");
		assertThat(this.socket.send("failingReactive").await()).asString().contains("Internal server error");
		assertNothingLeft();
	}

	@Test
	void handlerOfAnotherSocketThatIsCalledMeanwhileHasItsOwn() {
		TestSocket bob = socket("bob");
		this.controller.meanwhile = () -> bob.handler().disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
		assertThat(this.socket.send("meanwhile").await()).asString().contains("alice");
		Await.until("@OnDisconnect", () -> "bob".equals(this.controller.disconnected));
		assertNothingLeft();
	}

	@Test
	void contextThatCannotBeSetFailsTheCall() {
		TestSocket broken = this.application.socket();
		given(broken.socket.context()).willReturn(new SocketContext() {

			@Override
			public Context reactor() {
				return Context.empty();
			}

			@Override
			public Scope open() {
				throw new IllegalStateException("inside");
			}

		});
		this.application.connect("/", broken);
		Await.until("disconnected", () -> broken.disconnects.get() == 1);
		assertThat(broken.emitted).hasToString("[[exception, {status=error, message=Internal server error}]]");
	}

	private void assertNothingLeft() {
		CompletableFuture<@Nullable String> left = new CompletableFuture<>();
		this.socket.onEventLoop(() -> left.complete(CURRENT.get()));
		assertThat(left.join()).isNull();
		for (int i = 0; i < 8; i++) {
			assertThat(CompletableFuture.supplyAsync(CURRENT::get, this.application.blocking).join()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "refused", "refusedReactive", "refusedStage" })
	void knownErrorsAreTranslated(String event) {
		assertThat(this.socket.send(event).await()).hasToString("[{status=error, message=Not you}]");
	}

	@SocketIoController
	static class Controller {

		volatile @Nullable String connected;

		volatile @Nullable String disconnected;

		volatile Runnable meanwhile = () -> {
		};

		@OnConnect
		void connected(SocketIoSocket socket) {
			this.connected = CURRENT.get();
		}

		@OnDisconnect
		Mono<Void> left() {
			this.disconnected = CURRENT.get();
			return Mono.empty();
		}

		@SocketIoEvent
		Mono<String> mono() {
			return Mono.deferContextual((context) -> Mono.just(context.get("user")));
		}

		@SocketIoEvent
		Mono<String> elsewhere() {
			return Mono.deferContextual((context) -> Mono.just(context.<String>get("user")))
				.subscribeOn(Schedulers.parallel());
		}

		@SocketIoEvent
		Flux<String> flux() {
			return Flux.deferContextual((context) -> Flux.just(context.get("user"), "2"));
		}

		@SocketIoEvent
		String blocking() {
			return String.valueOf(CURRENT.get());
		}

		@SocketIoEvent
		Mono<String> assembled() {
			return Mono.just(String.valueOf(CURRENT.get()));
		}

		@SocketIoEvent
		CompletionStage<String> stage() {
			return CompletableFuture.completedFuture(String.valueOf(CURRENT.get()));
		}

		@SocketIoEvent
		Mono<String> meanwhile() {
			this.meanwhile.run();
			return Mono.just(String.valueOf(CURRENT.get()));
		}

		@SocketIoEvent
		void failing() {
			throw new IllegalStateException("inside");
		}

		@SocketIoEvent
		Mono<Void> failingReactive() {
			throw new IllegalStateException("inside");
		}

		@SocketIoEvent
		void refused() {
			throw new SecurityException("inside");
		}

		@SocketIoEvent
		Flux<String> refusedReactive() {
			return Flux.concat(Flux.just("one"), Flux.error(new SecurityException("inside")));
		}

		@SocketIoEvent
		CompletionStage<String> refusedStage() {
			return CompletableFuture.failedFuture(new SecurityException("inside"));
		}

	}

	static class Translator implements ClientErrorTranslator {

		@Override
		public @Nullable String translate(Throwable error) {
			return (error instanceof SecurityException) ? "Not you" : null;
		}

	}

}
