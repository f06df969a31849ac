package io.socketio.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The exception handlers of one controller: its own, then those of advices.
 */
final class ExceptionHandlers {

	/**
	 * No exception handlers.
	 */
	static final ExceptionHandlers NONE = new ExceptionHandlers(List.of());

	/**
	 * Causes that are looked at; chains of causes can be circles.
	 */
	private static final int MAX_CAUSES = 32;

	private final List<ExceptionMethods> sources;

	ExceptionHandlers(List<ExceptionMethods> sources) {
		this.sources = List.copyOf(sources);
	}

	/**
	 * Find the handler for an exception.
	 * @param thrown what was thrown
	 * @return the handler, and the exception or the cause it is for, or {@code null}
	 */
	@Nullable Match find(Throwable thrown) {
		for (ExceptionMethods source : this.sources) {
			Throwable ex = thrown;
			for (int i = 0; ex != null && i < MAX_CAUSES; i++) {
				CompiledHandler handler = source.find(ex.getClass());
				if (handler != null) {
					return new Match(handler, ex);
				}
				ex = ex.getCause();
			}
		}
		return null;
	}

	/**
	 * A handler for an exception.
	 *
	 * @param handler the handler
	 * @param exception what was thrown, or one of its causes
	 */
	record Match(CompiledHandler handler, Throwable exception) {

	}

}
