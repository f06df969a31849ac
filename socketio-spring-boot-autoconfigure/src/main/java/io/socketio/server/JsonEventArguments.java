package io.socketio.server;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Arguments as JSON nodes, converted on demand.
 */
final class JsonEventArguments implements EventArguments {

	private final JsonNode array;

	private final int start;

	private final JsonMapper mapper;

	/**
	 * Create arguments.
	 * @param array the array that holds them
	 * @param start index of the first argument
	 * @param mapper converts them
	 */
	JsonEventArguments(JsonNode array, int start, JsonMapper mapper) {
		this.array = array;
		this.start = start;
		this.mapper = mapper;
	}

	/**
	 * Arguments of a packet that was decoded, or that was made here.
	 * @param data an {@code Object[]}, a collection or a JSON array
	 * @param start index of the first argument
	 * @param mapper converts them
	 * @return the arguments
	 */
	static JsonEventArguments of(@Nullable Object data, int start, JsonMapper mapper) {
		JsonNode array = (data instanceof JsonNode node) ? node : mapper.valueToTree(data);
		return new JsonEventArguments(array, start, mapper);
	}

	@Override
	public int size() {
		return Math.max(0, this.array.size() - this.start);
	}

	@Override
	public @Nullable Object get(int index) {
		return get(index, (Type) Object.class);
	}

	@Override
	public <T> @Nullable T get(int index, Class<T> type) {
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) get(index, (Type) type);
		return value;
	}

	@Override
	public <T> @Nullable T get(int index, ParameterizedTypeReference<T> type) {
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) get(index, type.getType());
		return value;
	}

	@Override
	public @Nullable Object get(int index, Type type) {
		JsonNode node = (index < 0 || index >= size()) ? null : this.array.get(this.start + index);
		if (type == JsonNode.class) {
			return node;
		}
		if (node == null || node.isNull()) {
			return null;
		}
		if (type == String.class && node.isString()) {
			return node.stringValue();
		}
		return convert(this.mapper, node, this.mapper.constructType(type), "Argument " + index);
	}

	/**
	 * The elements of a packet's data, as they were emitted or in their natural types.
	 * @param data an {@code Object[]}, a collection or a JSON array
	 * @param mapper reads JSON
	 * @return a read-only list
	 */
	static List<@Nullable Object> values(@Nullable Object data, JsonMapper mapper) {
		if (data instanceof JsonNode array) {
			return new JsonEventArguments(array, 0, mapper).toList();
		}
		return Collections.unmodifiableList(new ArrayList<>(
				(data instanceof Collection<?> collection) ? collection : Arrays.asList((Object[]) data)));
	}

	static @Nullable Object convert(JsonMapper mapper, JsonNode node, JavaType type, String what) {
		try {
			return mapper.treeToValue(node, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					what + " cannot be converted to " + type.toCanonical() + ": " + ex.getOriginalMessage(), ex);
		}
	}

	@Override
	public List<@Nullable Object> toList() {
		List<@Nullable Object> list = new ArrayList<>(size());
		for (int i = 0; i < size(); i++) {
			list.add(get(i));
		}
		return list;
	}

	@Override
	public String toString() {
		return toList().toString();
	}

}
