package io.socketio.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that middlewares may change.
 */
final class DefaultIncomingEvent implements IncomingEvent {

	private final JsonMapper mapper;

	private final Acknowledgement acknowledgement;

	private String name;

	private EventArguments arguments;

	DefaultIncomingEvent(String name, EventArguments arguments, Acknowledgement acknowledgement, JsonMapper mapper) {
		this.name = name;
		this.arguments = arguments;
		this.acknowledgement = acknowledgement;
		this.mapper = mapper;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void rename(String name) {
		this.name = name;
	}

	@Override
	public EventArguments arguments() {
		return this.arguments;
	}

	@Override
	public void replaceArguments(@Nullable Object... arguments) {
		this.arguments = JsonEventArguments.of(arguments, 0, this.mapper);
	}

	@Override
	public Acknowledgement acknowledgement() {
		return this.acknowledgement;
	}

}
