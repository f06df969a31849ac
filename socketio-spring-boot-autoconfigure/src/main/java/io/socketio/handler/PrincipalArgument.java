package io.socketio.handler;

import java.security.Principal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;

import io.socketio.handler.ArgumentResolver.Argument;
import io.socketio.handler.InvalidEventArgumentsException.FieldError;

/**
 * The principal of the handshake. Of another type than asked for it counts as absent
 * where that is allowed, and fails the call otherwise.
 */
final class PrincipalArgument implements Argument {

	private final Class<?> type;

	private final boolean optional;

	private final boolean nullable;

	private final boolean required;

	PrincipalArgument(MethodParameter parameter) {
		this.type = parameter.nestedIfOptional().getNestedParameterType();
		this.optional = ConvertedArgument.isOptional(parameter);
		this.nullable = this.optional || Nullness.forMethodParameter(parameter) == Nullness.NULLABLE;
		this.required = ConvertedArgument.isRequired(parameter);
	}

	/**
	 * Whether a parameter takes the principal.
	 * @param parameter the parameter
	 * @return {@code true} if it does
	 */
	static boolean supports(MethodParameter parameter) {
		return Principal.class.isAssignableFrom(parameter.nestedIfOptional().getNestedParameterType());
	}

	@Override
	public @Nullable Object resolve(EventContext context) {
		Principal principal = context.socket().principal();
		if (principal == null && this.required) {
			throw new InvalidEventArgumentsException("Not authenticated", new FieldError("principal", "is missing"));
		}
		if (principal != null && !this.type.isInstance(principal)) {
			if (!this.nullable) {
				throw new IllegalStateException(
						"Principal is a " + principal.getClass().getName() + ", not a " + this.type.getName());
			}
			principal = null;
		}
		return this.optional ? Optional.ofNullable(principal) : principal;
	}

}
