package io.socketio.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that arrived.
 */
final class ReceivedEvent extends ReceivedArguments implements TestEvent {

	private final String name;

	private final @Nullable String offset;

	private final @Nullable Answer answer;

	/**
	 * Create an event.
	 * @param name name of the event
	 * @param arguments the arguments, without the offset
	 * @param mapper converts them
	 * @param offset the offset, or {@code null}
	 * @param answer sends the acknowledgement, {@code null} if none is wanted
	 */
	ReceivedEvent(String name, List<JsonNode> arguments, JsonMapper mapper, @Nullable String offset,
			@Nullable Answer answer) {
		super("event " + quote(name), arguments, mapper);
		this.name = name;
		this.offset = offset;
		this.answer = answer;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public @Nullable String offset() {
		return this.offset;
	}

	@Override
	public boolean wantsAcknowledgement() {
		return this.answer != null;
	}

	@Override
	public void acknowledge(@Nullable Object... args) {
		if (this.answer == null) {
			throw new IllegalStateException("The server wants no acknowledgement of event " + quote(this.name));
		}
		this.answer.send(args);
	}

	String summary() {
		return quote(this.name) + this;
	}

	static String quote(String name) {
		return "'" + name + "'";
	}

	/**
	 * Sends an acknowledgement.
	 */
	@FunctionalInterface
	interface Answer {

		void send(@Nullable Object[] args);

	}

}
