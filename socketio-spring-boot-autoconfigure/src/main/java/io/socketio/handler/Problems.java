package io.socketio.handler;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with controllers: everything that can be found at one start, so that it
 * need not be found one after the other.
 */
final class Problems {

	private @Nullable RuntimeException first;

	/**
	 * Do something, and remember what is wrong with it.
	 * @param task what to do
	 */
	void collect(Runnable task) {
		try {
			task.run();
		}
		catch (InvalidHandlerMethodException | DuplicateSocketIoEventException ex) {
			if (this.first == null) {
				this.first = ex;
			}
			else if (this.first != ex) {
				this.first.addSuppressed(ex);
			}
		}
	}

	/**
	 * Throw the first problem, if there was one, with all others suppressed by it.
	 */
	void throwFirst() {
		if (this.first != null) {
			throw this.first;
		}
	}

}
