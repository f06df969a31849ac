package io.socketio.handler;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.server.EventArguments;

/**
 * Arguments as a client would have sent them.
 */
final class JsonArguments implements EventArguments {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private final List<JsonNode> nodes = new ArrayList<>();

	JsonArguments(@Nullable Object... arguments) {
		for (Object argument : arguments) {
			this.nodes.add(mapper.valueToTree(argument));
		}
	}

	@Override
	public int size() {
		return this.nodes.size();
	}

	@Override
	public @Nullable Object get(int index) {
		return get(index, (Type) Object.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(int index, Class<T> type) {
		return (T) get(index, (Type) type);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(int index, ParameterizedTypeReference<T> type) {
		return (T) get(index, type.getType());
	}

	@Override
	public @Nullable Object get(int index, Type type) {
		if (index >= this.nodes.size() || this.nodes.get(index).isNull()) {
			return null;
		}
		try {
			return mapper.treeToValue(this.nodes.get(index), mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("com.example.Inside", ex);
		}
	}

	@Override
	public List<@Nullable Object> toList() {
		List<@Nullable Object> list = new ArrayList<>();
		for (int i = 0; i < this.nodes.size(); i++) {
			list.add(get(i));
		}
		return list;
	}

}
