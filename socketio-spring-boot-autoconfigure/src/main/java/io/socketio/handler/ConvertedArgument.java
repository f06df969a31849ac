package io.socketio.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import io.socketio.handler.InvalidEventArgumentsException.FieldError;

/**
 * An argument that a client sent as JSON: converted by Jackson, or where that fails and
 * it is a scalar, by the {@code ConversionService}.
 */
abstract class ConvertedArgument implements NamedArgument {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private final String description;

	private final String field;

	private final Type type;

	private final boolean optional;

	private final boolean required;

	private final ConversionService conversionService;

	private final @Nullable TypeDescriptor scalarType;

	/**
	 * Prepare an argument.
	 * @param parameter the parameter
	 * @param userType the class that binds the type variables of the method
	 * @param description what clients are told it is
	 * @param field what clients are told it is called
	 * @param conversionService converts scalars that Jackson cannot
	 */
	ConvertedArgument(MethodParameter parameter, Class<?> userType, String description, String field,
			ConversionService conversionService) {
		this.description = description;
		this.field = field;
		this.optional = isOptional(parameter);
		this.required = isRequired(parameter);
		this.type = valueType(parameter, userType);
		this.conversionService = conversionService;
		TypeDescriptor scalarType = new TypeDescriptor(ResolvableType.forType(this.type), null,
				parameter.getParameterAnnotations());
		boolean convertible = isScalar(rawType()) && conversionService.canConvert(STRING, scalarType);
		this.scalarType = convertible ? scalarType : null;
	}

	/**
	 * Whether a parameter is an {@code Optional}.
	 * @param parameter the parameter
	 * @return {@code true} if it is
	 */
	static boolean isOptional(MethodParameter parameter) {
		return parameter.getParameterType() == Optional.class;
	}

	/**
	 * Whether a parameter cannot be {@code null}: primitives, and what Kotlin or JSpecify
	 * say so of. Of other code nothing is known. A suspending function puts its default
	 * values in the place of {@code null}.
	 * @param parameter the parameter
	 * @return {@code true} if it cannot
	 */
	static boolean isRequired(MethodParameter parameter) {
		Method method = parameter.getMethod();
		boolean defaults = method != null && KotlinDetector.isSuspendingFunction(method) && parameter.isOptional();
		return !isOptional(parameter) && !defaults && Nullness.forMethodParameter(parameter) == Nullness.NON_NULL;
	}

	/**
	 * The type to convert to: type variables bound, an {@code Optional} unwrapped and
	 * primitives boxed, so that what is absent can be told.
	 * @param parameter the parameter
	 * @param userType the class that binds the type variables of the method
	 * @return the type
	 */
	static Type valueType(MethodParameter parameter, Class<?> userType) {
		Type type = GenericTypeResolver.resolveType(parameter.getGenericParameterType(), userType);
		if (isOptional(parameter)) {
			return ResolvableType.forType(type).getGeneric().getType();
		}
		return (type instanceof Class<?> clazz) ? ClassUtils.resolvePrimitiveIfNecessary(clazz) : type;
	}

	private static boolean isScalar(Class<?> type) {
		return type != Object.class && !type.isArray() && !Collection.class.isAssignableFrom(type)
				&& !Map.class.isAssignableFrom(type) && !ByteBuffer.class.isAssignableFrom(type)
				&& !JsonNode.class.isAssignableFrom(type);
	}

	/**
	 * Convert by Jackson.
	 * @param context the call
	 * @param type the type
	 * @return the value, or {@code null} if it is absent or null
	 * @throws IllegalArgumentException if it cannot be converted
	 */
	protected abstract @Nullable Object read(EventContext context, Type type);

	/**
	 * The value in its natural Java type.
	 * @param context the call
	 * @return the value
	 */
	protected abstract @Nullable Object natural(EventContext context);

	/**
	 * Whether the client sent the value, be it null.
	 * @param context the call
	 * @return {@code true} if it did
	 */
	protected abstract boolean present(EventContext context);

	@Override
	public final String name() {
		return this.field;
	}

	@Override
	public final @Nullable Object resolve(EventContext context) {
		Object value = convert(context);
		if (value == null && this.required) {
			throw invalid("", present(context) ? "must not be null" : "is missing");
		}
		return this.optional ? Optional.ofNullable(value) : value;
	}

	private @Nullable Object convert(EventContext context) {
		try {
			return read(context, this.type);
		}
		catch (IllegalArgumentException | JacksonException ex) {
			if (this.scalarType != null) {
				Object scalar = natural(context);
				if (scalar instanceof String || scalar instanceof Number || scalar instanceof Boolean) {
					return convert(String.valueOf(scalar), this.scalarType, ex);
				}
			}
			throw invalid(ex);
		}
	}

	private @Nullable Object convert(String scalar, TypeDescriptor target, RuntimeException failure) {
		try {
			return this.conversionService.convert(scalar, STRING, target);
		}
		catch (ConversionException ex) {
			throw invalid(failure);
		}
	}

	private InvalidEventArgumentsException invalid(RuntimeException failure) {
		return invalid(ConversionFailures.path(failure), ConversionFailures.reason(failure, rawType()));
	}

	private InvalidEventArgumentsException invalid(String path, String reason) {
		String message = this.description + (path.isEmpty() ? " " : ", field " + path + " ") + reason;
		String separator = (path.isEmpty() || path.startsWith("[")) ? "" : ".";
		return new InvalidEventArgumentsException(message, new FieldError(this.field + separator + path, reason));
	}

	private Class<?> rawType() {
		return ResolvableType.forType(this.type).toClass();
	}

}
