package io.socketio.handler;

import java.util.Arrays;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.annotation.SocketIoExceptionHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All that is wrong with controllers is told at one start.
 */
class HandlerProblemTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void severalProblemsOfSeveralControllers() {
		this.application.register(Wrong.class, AlsoWrong.class);
		Throwable failure = Assertions.catchThrowable(this.application::start);
		assertThat(failure).isInstanceOf(InvalidHandlerMethodException.class).hasMessageContaining("Wrong#handle");
		assertThat(Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage)).hasSize(4)
			.anySatisfy((message) -> assertThat(message).contains("Wrong#connected").contains("cannot be resolved"))
			.anySatisfy((message) -> assertThat(message).contains("Wrong#limited").contains("maxConcurrent"))
			.anySatisfy((message) -> assertThat(message).contains("Wrong#negative").contains("negative"))
			.anySatisfy((message) -> assertThat(message).contains("'fine'").contains("AlsoWrong#other"));
	}

	@Test
	void variableLength() {
		this.application.register(VariableLength.class);
		Throwable failure = Assertions.catchThrowable(this.application::start);
		assertThat(failure).isInstanceOf(InvalidHandlerMethodException.class)
			.hasMessageContaining("parameter 1 (rest)")
			.hasMessageContaining("variable length: take EventArguments");
		assertThat(failure.getSuppressed()).isEmpty();
	}

	@SocketIoController
	static class Wrong {

		@OnConnect
		void connected(String what) {
		}

		@SocketIoEvent
		void fine() {
		}

		@SocketIoEvent(maxConcurrent = 2)
		void limited() {
		}

		@SocketIoEvent(maxConcurrent = -1)
		Mono<Void> negative() {
			return Mono.empty();
		}

		@SocketIoExceptionHandler
		void handle() {
		}

	}

	@SocketIoController
	static class AlsoWrong {

		@SocketIoEvent("fine")
		void other() {
		}

	}

	@SocketIoController
	static class VariableLength {

		@SocketIoEvent
		void event(String first, Object... rest) {
		}

	}

}
