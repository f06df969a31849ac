package io.socketio.test;

import org.springframework.core.ParameterizedTypeReference;

import io.socketio.server.EventArguments;

/**
 * Arguments that a {@link TestSocket} was sent, converted on demand. Immutable.
 * <p>
 * There are as many as the server gave: the offset that connection state recovery adds is
 * none of them.
 *
 * @since 0.1.0
 */
public interface TestArguments extends EventArguments {

	/**
	 * The first argument, converted.
	 * @param <T> the type
	 * @param type the type
	 * @return the argument
	 * @throws AssertionError if there is none, if it is {@code null}, or if it cannot be
	 * converted
	 */
	<T> T as(Class<T> type);

	/**
	 * The first argument, converted to a generic type.
	 * @param <T> the type
	 * @param type the type
	 * @return the argument
	 * @throws AssertionError if there is none, if it is {@code null}, or if it cannot be
	 * converted
	 */
	<T> T as(ParameterizedTypeReference<T> type);

}
