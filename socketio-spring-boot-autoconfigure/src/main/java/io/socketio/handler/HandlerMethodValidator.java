package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Validates arguments and results of handler methods. A bean of this type is asked once
 * for each method, at start-up, so that methods without constraints cost nothing.
 *
 * @since 0.1.0
 */
public interface HandlerMethodValidator {

	/**
	 * Prepare a method. Called at start-up.
	 * @param type the user's class
	 * @param method a handler method of the class
	 * @param names what clients are told the method's parameters are called
	 * @return its constraints, or {@code null} if it has none
	 * @throws RuntimeException if its constraints are wrong, which fails the start
	 */
	@Nullable Constraints compile(Class<?> type, Method method, List<String> names);

	/**
	 * The constraints of one method. Called on the thread that runs the handler.
	 */
	interface Constraints {

		/**
		 * Check the arguments, before the method is called.
		 * @param bean the bean, a Spring proxy where there is one
		 * @param arguments the arguments
		 * @throws InvalidEventArgumentsException if they violate a constraint; the client
		 * is told
		 */
		void checkArguments(Object bean, @Nullable Object[] arguments);

		/**
		 * Check what the method has returned.
		 * @param bean the bean, a Spring proxy where there is one
		 * @param result the result; of reactive types the publisher
		 * @throws IllegalStateException if it violates a constraint, which is no fault of
		 * the client
		 */
		void checkResult(Object bean, @Nullable Object result);

	}

}
