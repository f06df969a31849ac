package io.socketio.autoconfigure.validation;

import jakarta.validation.Validator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

import io.socketio.autoconfigure.SocketIoHandlerAutoConfiguration;
import io.socketio.handler.HandlerMethodValidator;
import io.socketio.handler.validation.BeanValidationMethodValidator;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the validation of handler
 * methods by the application's {@code Validator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = SocketIoHandlerAutoConfiguration.class,
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass(Validator.class)
public final class SocketIoValidationAutoConfiguration {

	@Bean
	@ConditionalOnSingleCandidate(Validator.class)
	@ConditionalOnMissingBean(HandlerMethodValidator.class)
	BeanValidationMethodValidator socketIoHandlerMethodValidator(Validator validator) {
		return new BeanValidationMethodValidator(validator);
	}

}
