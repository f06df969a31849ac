package io.socketio.autoconfigure.validation;

import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.autoconfigure.SocketIoAutoConfiguration;
import io.socketio.autoconfigure.SocketIoHandlerAutoConfiguration;
import io.socketio.handler.HandlerMethodValidator;
import io.socketio.handler.InvalidHandlerMethodException;
import io.socketio.handler.SocketIoControllerRegistrar;
import io.socketio.handler.validation.BeanValidationMethodValidator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketIoValidationAutoConfiguration}.
 */
class SocketIoValidationAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, SocketIoAutoConfiguration.class,
				SocketIoHandlerAutoConfiguration.class, SocketIoValidationAutoConfiguration.class));

	private final ApplicationContextRunner validatingRunner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));

	@Test
	void handlersAreValidatedByTheApplicationsValidator() {
		this.validatingRunner.withBean(Controller.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(BeanValidationMethodValidator.class)
				.getBean(BeanValidationMethodValidator.class)
				.hasFieldOrPropertyWithValue("validator", context.getBean(Validator.class)));
	}

	@Test
	void validatorOfHandlersIsReplacedByTheApplications() {
		HandlerMethodValidator own = mock(HandlerMethodValidator.class);
		this.validatingRunner.withBean(HandlerMethodValidator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HandlerMethodValidator.class).isSameAs(own));
	}

	@Test
	void constraintsWithoutValidatorFailTheStart() {
		this.contextRunner.withBean(Controller.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(InvalidHandlerMethodException.class)
				.hasMessageContaining("@NotBlank")
				.hasMessageContaining("spring-boot-starter-validation");
		});
	}

	@Test
	void startsWithoutBeanValidation() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
			.withBean(Unconstrained.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SocketIoControllerRegistrar.class)
				.doesNotHaveBean(HandlerMethodValidator.class));
	}

	@SocketIoController
	static class Controller {

		@SocketIoEvent
		void event(@NotBlank String text) {
		}

	}

	@SocketIoController
	static class Unconstrained {

		@SocketIoEvent
		void event(String text) {
		}

	}

}
