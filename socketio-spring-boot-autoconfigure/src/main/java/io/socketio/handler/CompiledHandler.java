package io.socketio.handler;

import org.jspecify.annotations.Nullable;

import io.socketio.handler.ArgumentResolver.Argument;

/**
 * A handler method with every decision made: where its arguments come from, what becomes
 * of its result and on which thread it runs.
 */
final class CompiledHandler {

	private static final @Nullable Object[] NO_ARGUMENTS = new Object[0];

	private final String description;

	private final Invocation method;

	private final Argument[] arguments;

	private final ResultStrategy result;

	private final boolean blocking;

	private final boolean answers;

	private final Overlap overlap;

	private final ExceptionHandlers exceptions;

	/**
	 * Create a handler.
	 * @param description what it is called in logs and errors
	 * @param method the method
	 * @param arguments where its arguments come from
	 * @param result what becomes of its result
	 * @param blocking whether it may block its thread
	 * @param answers whether clients are told of its result or failure
	 * @param overlap limit of its unfinished calls, unless it may block
	 * @param exceptions who answers for what it throws
	 */
	CompiledHandler(String description, Invocation method, Argument[] arguments, ResultStrategy result,
			boolean blocking, boolean answers, Overlap overlap, ExceptionHandlers exceptions) {
		this.description = description;
		this.method = method;
		this.arguments = arguments;
		this.result = result;
		this.blocking = blocking;
		this.answers = answers;
		this.overlap = overlap;
		this.exceptions = exceptions;
	}

	/**
	 * Whether the method may block its thread, since it returns no reactive type.
	 * @return {@code true} if it must not run on an event loop
	 */
	boolean blocking() {
		return this.blocking;
	}

	/**
	 * Whether clients are told of the method's result or failure.
	 * @return {@code false} if another method answers the event
	 */
	boolean answers() {
		return this.answers;
	}

	Overlap overlap() {
		return this.overlap;
	}

	ExceptionHandlers exceptions() {
		return this.exceptions;
	}

	/**
	 * Call the method and settle the call, now or when its reactive result is there. This
	 * is the one place where methods are called; what they return is subscribed to by a
	 * {@link ResultSubscriber}.
	 * @param call the call
	 */
	void invoke(HandlerCall call) {
		Object result;
		try {
			result = this.method.invoke(resolveArguments(call));
		}
		catch (Throwable ex) {
			call.fail(ex, this.blocking);
			return;
		}
		this.result.settle(call, result);
	}

	private @Nullable Object[] resolveArguments(HandlerCall call) throws Exception {
		Argument[] arguments = this.arguments;
		if (arguments.length == 0) {
			return NO_ARGUMENTS;
		}
		@Nullable Object[] values = new Object[arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = arguments[i].resolve(call);
		}
		return values;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
