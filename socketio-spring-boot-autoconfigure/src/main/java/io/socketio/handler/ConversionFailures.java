package io.socketio.handler;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Tells in words of JSON why a value could not be converted. Jackson's own messages name
 * classes of the application.
 */
final class ConversionFailures {

	private static final String UNSPECIFIC = "is not valid";

	private static final Set<Class<?>> INTEGERS = Set.of(Byte.class, Short.class, Integer.class, Long.class,
			BigInteger.class);

	private static final Set<Class<?>> NUMBERS = Set.of(Float.class, Double.class, BigDecimal.class, Number.class);

	private ConversionFailures() {
	}

	/**
	 * Where in the value the failure is.
	 * @param failure what was thrown
	 * @return a path such as {@code room} or {@code tags[0].name}, empty for the value
	 * itself
	 */
	static String path(Throwable failure) {
		StringBuilder path = new StringBuilder();
		JacksonException ex = jacksonException(failure);
		if (ex != null) {
			for (JacksonException.Reference reference : ex.getPath()) {
				if (reference.getPropertyName() != null) {
					path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
				}
				else if (reference.getIndex() >= 0) {
					path.append('[').append(reference.getIndex()).append(']');
				}
			}
		}
		return path.toString();
	}

	/**
	 * What is wrong there.
	 * @param failure what was thrown
	 * @param type type of the value
	 * @return such as {@code must be a string}
	 */
	static String reason(Throwable failure, Class<?> type) {
		JacksonException ex = jacksonException(failure);
		if (ex instanceof UnrecognizedPropertyException) {
			return "is unknown";
		}
		if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return reason(mismatch.getTargetType(), mismatch.getCurrentToken());
		}
		return (ex != null) ? UNSPECIFIC : reason(type, null);
	}

	private static String reason(Class<?> type, @Nullable JsonToken token) {
		Class<?> target = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (INTEGERS.contains(target)) {
			return "must be an integer";
		}
		if (NUMBERS.contains(target)) {
			return "must be a number";
		}
		if (target == Boolean.class) {
			return "must be a boolean";
		}
		if (target == Character.class || CharSequence.class.isAssignableFrom(target)) {
			return "must be a string";
		}
		if (target == byte[].class || ByteBuffer.class.isAssignableFrom(target)) {
			return "must be binary";
		}
		if (target.isArray() || Collection.class.isAssignableFrom(target)) {
			return "must be an array";
		}
		boolean scalarOrArray = token != null && (token.isScalarValue() || token == JsonToken.START_ARRAY);
		boolean object = Map.class.isAssignableFrom(target)
				|| !(target.isEnum() || target.getName().startsWith("java."));
		return (scalarOrArray && object) ? "must be an object" : UNSPECIFIC;
	}

	private static @Nullable JacksonException jacksonException(Throwable failure) {
		for (Throwable ex = failure; ex != null; ex = ex.getCause()) {
			if (ex instanceof JacksonException jackson) {
				return jackson;
			}
		}
		return null;
	}

}
