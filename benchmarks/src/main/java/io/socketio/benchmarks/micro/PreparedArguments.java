package io.socketio.benchmarks.micro;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

import io.socketio.server.EventArguments;

/**
 * Arguments that need no conversion.
 */
final class PreparedArguments implements EventArguments {

	private final Object[] arguments;

	PreparedArguments(Object... arguments) {
		this.arguments = arguments;
	}

	@Override
	public int size() {
		return this.arguments.length;
	}

	@Override
	public Object get(int index) {
		return this.arguments[index];
	}

	@Override
	public <T> T get(int index, Class<T> type) {
		return type.cast(this.arguments[index]);
	}

	@Override
	@SuppressWarnings("unchecked") // nobody asks for another type
	public <T> T get(int index, ParameterizedTypeReference<T> type) {
		return (T) this.arguments[index];
	}

	@Override
	public Object get(int index, Type type) {
		return this.arguments[index];
	}

	@Override
	public List<@Nullable Object> toList() {
		return List.of(this.arguments);
	}

}
