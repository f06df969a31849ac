package io.socketio.handler;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

import io.socketio.server.Acknowledgement;
import io.socketio.server.EventArguments;

/**
 * The event of a call that has none.
 */
final class NoEvent implements EventArguments, Acknowledgement {

	static final NoEvent INSTANCE = new NoEvent();

	private NoEvent() {
	}

	@Override
	public int size() {
		return 0;
	}

	@Override
	public @Nullable Object get(int index) {
		return null;
	}

	@Override
	public <T> @Nullable T get(int index, Class<T> type) {
		return null;
	}

	@Override
	public <T> @Nullable T get(int index, ParameterizedTypeReference<T> type) {
		return null;
	}

	@Override
	public @Nullable Object get(int index, Type type) {
		return null;
	}

	@Override
	public List<@Nullable Object> toList() {
		return List.of();
	}

	@Override
	public boolean requested() {
		return false;
	}

	@Override
	public void send(@Nullable Object... args) {
	}

}
