package io.socketio.handler;

import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import io.socketio.handler.validation.BeanValidationMethodValidator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Suspending functions of Kotlin as handlers.
 */
@ExtendWith(OutputCaptureExtension.class)
class SuspendingHandlerTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void argumentsAndResults() {
		TestSocket socket = start(SuspendingController.class);
		assertThat(this.application.bean(SuspendingController.class).getLog()).containsExactly("connected socket-id");
		assertThat(socket.send("value", "lobby", 3).awaitValue()).isEqualTo("lobby 3");
		assertThat(socket.send("nothing", "x").await()).isEmpty();
		assertThat(socket.send("nullable", "x").awaitValue()).isEqualTo("x");
		assertThat(socket.send("nullable").await()).isEmpty();
		assertThat(socket.send("many").awaitValue()).isEqualTo(List.of(1, 2, 3));
		assertThat(socket.send("flow").awaitValue()).isEqualTo(List.of(4, 5));
		assertThat(socket.send("own").awaitValue()).isEqualTo("own");
		TestAcknowledgement never = socket.send("ownNever");
		assertThat(socket.send("value", "lobby", 3).awaitValue()).isEqualTo("lobby 3");
		assertThat(never.calls()).isZero();
	}

	@Test
	void missingArguments() {
		TestSocket socket = start(SuspendingController.class);
		assertThat(socket.send("value", "lobby").awaitValue()).isEqualTo(Map.of("status", "error", "message",
				"argument 1 (limit) is missing", "errors", List.of(Map.of("field", "limit", "reason", "is missing"))));
		assertThat(socket.send("defaultValue", "lobby").awaitValue()).isEqualTo("lobby 10");
		assertThat(socket.send("defaultValue", "lobby", 4).awaitValue()).isEqualTo("lobby 4");
	}

	@Test
	void theyStartOnTheEventLoopAndOverlap() {
		TestSocket socket = start(SuspendingController.class);
		assertThat((String) socket.send("thread").awaitValue()).startsWith("event-loop");
		TestAcknowledgement waiting = socket.send("waiting");
		assertThat((String) socket.send("thread").awaitValue()).startsWith("event-loop");
		assertThat(waiting.answered()).isFalse();
		this.application.bean(SuspendingController.class).getGate().tryEmitValue("done");
		assertThat(waiting.awaitValue()).isEqualTo("done");
	}

	@Test
	void oneAtATimeWhereThatIsAskedFor() {
		TestSocket socket = start(SuspendingController.class);
		socket.send("serial", "a");
		socket.send("serial", "b").await();
		assertThat(this.application.bean(SuspendingController.class).getLog()).containsExactly("connected socket-id",
				"start a", "end a", "start b", "end b");
	}

	@Test
	void failures(CapturedOutput output) {
		TestSocket socket = start(SuspendingController.class);
		assertThat(socket.send("failing").awaitValue())
			.isEqualTo(Map.of("status", "error", "message", "Internal server error"));
		assertThat(output).contains("secret of failing").contains("SuspendingController#failing(");
		assertThat(socket.send("handled").awaitValue()).isEqualTo("handled x");
		Awaitility.await().untilAsserted(() -> assertThat(socket.reading()).isTrue());
	}

	@Test
	void behindAProxy() {
		this.application.context.registerBean("suspendingProxied", SuspendingController.class);
		this.application.with(Proxies.automatic(true)).start();
		TestSocket socket = this.application.connect();
		assertThat(socket.send("value", "lobby", 3).awaitValue()).isEqualTo("lobby 3");
		assertThat(Proxies.calls(this.application)).containsExactly("connected", "value");
	}

	@Test
	void validation() {
		LocalValidatorFactoryBean factory = new LocalValidatorFactoryBean();
		factory.afterPropertiesSet();
		this.application.context.registerBean(HandlerMethodValidator.class,
				() -> new BeanValidationMethodValidator(factory));
		TestSocket socket = start(ValidatedSuspendingController.class);
		assertThat(socket.send("event", "").awaitValue()).isEqualTo(Map.of("status", "error", "message",
				"text must not be blank", "errors", List.of(Map.of("field", "text", "reason", "must not be blank"))));
		assertThat(socket.send("event", "x").awaitValue()).isEqualTo("x");
	}

	private TestSocket start(Class<?> controller) {
		this.application.register(controller).start();
		return this.application.connect();
	}

}
