package io.socketio.handler;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ExceptionDepthComparator;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * The exception handlers of one bean.
 */
final class ExceptionMethods {

	private final Map<Class<? extends Throwable>, CompiledHandler> handlers;

	private final ConcurrentMap<Class<? extends Throwable>, Optional<CompiledHandler>> found = new ConcurrentReferenceHashMap<>();

	ExceptionMethods(Map<Class<? extends Throwable>, CompiledHandler> handlers) {
		this.handlers = Map.copyOf(handlers);
	}

	/**
	 * Find the handler whose exception type is the nearest.
	 * @param type class of an exception
	 * @return the handler, or {@code null} if none is for the type
	 */
	@Nullable CompiledHandler find(Class<? extends Throwable> type) {
		return this.found.computeIfAbsent(type, this::nearest).orElse(null);
	}

	private Optional<CompiledHandler> nearest(Class<? extends Throwable> type) {
		Comparator<Class<? extends Throwable>> depth = new ExceptionDepthComparator(type);
		return this.handlers.keySet()
			.stream()
			.filter((handled) -> handled.isAssignableFrom(type))
			.min(depth)
			.map(this.handlers::get);
	}

}
