package io.socketio.test;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Arguments as JSON nodes.
 */
class ReceivedArguments implements TestArguments {

	/** Longer ones would hide the rest of a message. */
	private static final int SHOWN = 300;

	private final String owner;

	private final List<JsonNode> nodes;

	private final JsonMapper mapper;

	/**
	 * Create arguments.
	 * @param owner whose arguments these are, for messages
	 * @param nodes the arguments
	 * @param mapper converts them
	 */
	ReceivedArguments(String owner, List<JsonNode> nodes, JsonMapper mapper) {
		this.owner = owner;
		this.nodes = List.copyOf(nodes);
		this.mapper = mapper;
	}

	@Override
	public final int size() {
		return this.nodes.size();
	}

	@Override
	public final @Nullable Object get(int index) {
		return get(index, (Type) Object.class);
	}

	@Override
	public final <T> @Nullable T get(int index, Class<T> type) {
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) get(index, (Type) type);
		return value;
	}

	@Override
	public final <T> @Nullable T get(int index, ParameterizedTypeReference<T> type) {
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) get(index, type.getType());
		return value;
	}

	@Override
	public final @Nullable Object get(int index, Type type) {
		JsonNode node = (index < 0 || index >= size()) ? null : this.nodes.get(index);
		if (node == null || (node.isNull() && type != JsonNode.class)) {
			return null;
		}
		try {
			return this.mapper.treeToValue(node, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Argument " + index + " of " + describe() + " cannot be converted to "
					+ type.getTypeName() + ": " + ex.getOriginalMessage(), ex);
		}
	}

	@Override
	public final <T> T as(Class<T> type) {
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) first(type);
		return value;
	}

	@Override
	public final <T> T as(ParameterizedTypeReference<T> type) {
		@SuppressWarnings("unchecked") // converted to that type
		T value = (T) first(type.getType());
		return value;
	}

	private Object first(Type type) {
		Object value;
		try {
			value = get(0, type);
		}
		catch (IllegalArgumentException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
		if (value == null) {
			throw new AssertionError("A " + type.getTypeName() + " is missing as first argument of " + describe());
		}
		return value;
	}

	@Override
	public final List<@Nullable Object> toList() {
		List<@Nullable Object> list = new ArrayList<>(size());
		for (int i = 0; i < size(); i++) {
			list.add(get(i));
		}
		return list;
	}

	private String describe() {
		return this.owner + this;
	}

	@Override
	public final String toString() {
		String text = this.nodes.toString();
		return (text.length() > SHOWN) ? text.substring(0, SHOWN) + "… (" + text.length() + " characters)" : text;
	}

}
