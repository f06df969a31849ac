package io.socketio.handler;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.CollectionUtils;

import io.socketio.handler.InvalidEventArgumentsException.FieldError;
import io.socketio.server.Handshake;

/**
 * A header or a query parameter of the handshake, converted by the
 * {@code ConversionService}.
 */
final class HandshakeArgument implements NamedArgument {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor STRINGS = TypeDescriptor.collection(List.class, STRING);

	private final String name;

	private final Function<Handshake, @Nullable List<String>> values;

	private final @Nullable String defaultValue;

	private final boolean optional;

	private final boolean required;

	private final TypeDescriptor type;

	private final ConversionService conversionService;

	/**
	 * Prepare an argument.
	 * @param parameter the parameter
	 * @param userType the class that binds the type variables of the method
	 * @param name what clients are told it is called
	 * @param values reads the values
	 * @param required whether the values have to be there, by the annotation
	 * @param defaultValue value where there is none
	 * @param conversionService converts the values
	 */
	HandshakeArgument(MethodParameter parameter, Class<?> userType, String name,
			Function<Handshake, @Nullable List<String>> values, boolean required, @Nullable String defaultValue,
			ConversionService conversionService) {
		this.name = name;
		this.values = values;
		this.defaultValue = defaultValue;
		this.optional = ConvertedArgument.isOptional(parameter);
		this.required = (required || parameter.getParameterType().isPrimitive()) && !parameter.isOptional();
		Type valueType = ConvertedArgument.valueType(parameter, userType);
		this.type = new TypeDescriptor(ResolvableType.forType(valueType), null, parameter.getParameterAnnotations());
		this.conversionService = conversionService;
	}

	/**
	 * Whether the parameter's type can be made from text.
	 * @return {@code false} if no call could ever have the argument
	 */
	boolean convertible() {
		return this.conversionService.canConvert(STRING, this.type);
	}

	@Override
	public @Nullable Object resolve(EventContext context) {
		List<String> values = this.values.apply(context.socket().handshake());
		if (this.defaultValue != null && isEmpty(values)) {
			values = List.of(this.defaultValue);
		}
		Object value = CollectionUtils.isEmpty(values) ? null : convert(values);
		if (value == null && this.required) {
			throw invalid("is missing");
		}
		return this.optional ? Optional.ofNullable(value) : value;
	}

	private static boolean isEmpty(@Nullable List<String> values) {
		return CollectionUtils.isEmpty(values) || (values.size() == 1 && values.get(0).isEmpty());
	}

	private @Nullable Object convert(List<String> values) {
		try {
			return (values.size() == 1) ? this.conversionService.convert(values.get(0), STRING, this.type)
					: this.conversionService.convert(values, STRINGS, this.type);
		}
		catch (ConversionException ex) {
			throw invalid(ConversionFailures.reason(ex, this.type.getObjectType()));
		}
	}

	private InvalidEventArgumentsException invalid(String reason) {
		return new InvalidEventArgumentsException(this.name + " " + reason, new FieldError(this.name, reason));
	}

	@Override
	public String name() {
		return this.name;
	}

}
