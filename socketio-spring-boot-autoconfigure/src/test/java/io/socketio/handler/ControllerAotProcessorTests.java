package io.socketio.handler;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import org.springframework.web.bind.annotation.ControllerAdvice;
import reactor.core.publisher.Mono;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.annotation.SocketIoExceptionHandler;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hints for native images.
 */
class ControllerAotProcessorTests {

	@Test
	void isFoundBySpring() {
		assertThat(AotServices.factories().load(BeanRegistrationAotProcessor.class))
			.hasAtLeastOneElementOfType(ControllerAotProcessor.class);
	}

	@Test
	void handlerMethodsAndTheTypesOfTheirArgumentsAndResults() {
		RuntimeHints hints = process(Controller.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Controller.class, "event")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Controller.class, "connected"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Argument.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Argument.class, "name")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Result.class, "number")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(SocketIoSocket.class, "id")).rejects(hints);
	}

	@Test
	void exceptionHandlersOfAdvices() {
		RuntimeHints hints = process(Advice.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Advice.class, "handle")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Result.class, "number")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(IllegalStateException.class)).rejects(hints);
	}

	private static RuntimeHints process(Class<?> controller) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(controller);
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("com.example", "Test")), new InMemoryGeneratedFiles());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		return generation.getRuntimeHints();
	}

	@SocketIoController
	static class Controller {

		@OnConnect
		void connected(SocketIoSocket socket) {
		}

		@SocketIoEvent
		Mono<Result> event(List<Argument> arguments, SocketIoSocket socket) {
			return Mono.empty();
		}

	}

	@ControllerAdvice
	static class Advice {

		@SocketIoExceptionHandler
		Result handle(IllegalStateException ex) {
			return new Result(1);
		}

	}

	record Argument(String name) {

	}

	record Result(int number) {

	}

}
