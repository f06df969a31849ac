package io.socketio.handler;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/**
 * Provides arguments of handler methods. A bean of this type is asked before the built-in
 * ones, so it may also replace what they do.
 * <p>
 * All decisions are made at start-up: {@link #supports} and {@link #compile} are called
 * once for each parameter, and the {@link Argument} that comes out for each call of the
 * handler.
 *
 * @since 0.1.0
 */
public interface ArgumentResolver {

	/**
	 * Whether this resolver provides the parameter. Called at start-up.
	 * @param parameter a parameter of a handler method; its method tells by its
	 * annotations what it handles
	 * @return {@code true} to provide it
	 */
	boolean supports(MethodParameter parameter);

	/**
	 * Prepare a supported parameter. Called at start-up.
	 * @param parameter the parameter
	 * @return provides the argument for each call
	 */
	Argument compile(MethodParameter parameter);

	/**
	 * Provides one argument. Called on the thread that runs the handler, which is the
	 * connection's event loop for methods that return a reactive type: it must not block
	 * for those.
	 */
	@FunctionalInterface
	interface Argument {

		/**
		 * Return the argument.
		 * @param context the call
		 * @return the argument
		 * @throws InvalidEventArgumentsException if the client is to blame, who is told
		 * @throws Exception any other failure, which shows the client nothing of it
		 */
		@Nullable Object resolve(EventContext context) throws Exception;

	}

}
