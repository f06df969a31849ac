package io.socketio.server;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * The arguments of an event or of an acknowledgement, converted on demand by the
 * application's {@code JsonMapper}. Immutable.
 *
 * @since 0.1.0
 */
public interface EventArguments {

	/**
	 * Number of arguments, without the name of the event.
	 * @return the number of arguments
	 */
	int size();

	/**
	 * The argument in its natural Java type: {@code String}, {@code Number},
	 * {@code Boolean}, {@code byte[]}, {@code List}, {@code Map} or {@code null}.
	 * @param index position, from 0
	 * @return the argument, {@code null} beyond the last one
	 */
	@Nullable Object get(int index);

	/**
	 * The argument converted to a type.
	 * @param <T> the type
	 * @param index position, from 0
	 * @param type the type
	 * @return the argument, {@code null} beyond the last one
	 * @throws IllegalArgumentException if it cannot be converted
	 */
	<T> @Nullable T get(int index, Class<T> type);

	/**
	 * The argument converted to a generic type.
	 * @param <T> the type
	 * @param index position, from 0
	 * @param type the type
	 * @return the argument, {@code null} beyond the last one
	 * @throws IllegalArgumentException if it cannot be converted
	 */
	<T> @Nullable T get(int index, ParameterizedTypeReference<T> type);

	/**
	 * The argument converted to any type.
	 * @param index position, from 0
	 * @param type the type, such as a parameter's
	 * @return the argument, {@code null} beyond the last one
	 * @throws IllegalArgumentException if it cannot be converted
	 */
	@Nullable Object get(int index, Type type);

	/**
	 * All arguments in their natural Java types.
	 * @return a list of {@link #size()} elements
	 */
	List<@Nullable Object> toList();

}
