package io.socketio.handler;

import org.jspecify.annotations.Nullable;

/**
 * A method of a bean, ready to be called with all of its arguments.
 */
@FunctionalInterface
interface Invocation {

	/**
	 * Call the method.
	 * @param arguments its arguments
	 * @return its result
	 * @throws Throwable what the method throws
	 */
	@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable;

}
