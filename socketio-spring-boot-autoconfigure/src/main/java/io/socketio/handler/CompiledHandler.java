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

	private final BeanMethod method;

	private final Argument[] arguments;

	private final ResultStrategy result;

	private final boolean blocking;

	CompiledHandler(String description, BeanMethod method, Argument[] arguments, ResultStrategy result,
			boolean blocking) {
		this.description = description;
		this.method = method;
		this.arguments = arguments;
		this.result = result;
		this.blocking = blocking;
	}

	/**
	 * Whether the method may block its thread, since it returns no reactive type.
	 * @return {@code true} if it must not run on an event loop
	 */
	boolean blocking() {
		return this.blocking;
	}

	/**
	 * Call the method and settle the call, now or when its reactive result is there.
	 * @param call the call
	 */
	void invoke(HandlerCall call) {
		Object result;
		try {
			result = this.method.invoke(resolveArguments(call));
		}
		catch (Throwable ex) {
			call.fail(ex);
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
