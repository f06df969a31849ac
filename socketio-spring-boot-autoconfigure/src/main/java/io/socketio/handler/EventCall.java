package io.socketio.handler;

import org.jspecify.annotations.Nullable;

import io.socketio.server.Acknowledgement;
import io.socketio.server.EventArguments;

/**
 * Call for an event: its result acknowledges the event.
 */
final class EventCall extends QueuedCall {

	private final String event;

	private final EventArguments arguments;

	private final Acknowledgement acknowledgement;

	EventCall(SocketWork work, CompiledHandler handler, String event, EventArguments arguments,
			Acknowledgement acknowledgement) {
		super(work, handler);
		this.event = event;
		this.arguments = arguments;
		this.acknowledgement = acknowledgement;
	}

	@Override
	boolean limited() {
		return true;
	}

	@Override
	void complete(@Nullable Object value) {
		try {
			answer(value);
		}
		catch (Throwable ex) {
			// A result that JSON cannot say.
			fail(ex, false);
			return;
		}
		work().eventFinished(handler());
	}

	private void answer(@Nullable Object value) {
		Acknowledgement acknowledgement = this.acknowledgement;
		if (!handler().answers() || !acknowledgement.requested()) {
			return;
		}
		if (value != null) {
			acknowledgement.send(value);
		}
		else {
			acknowledgement.send();
		}
	}

	@Override
	void completeWithoutAnswer() {
		work().eventFinished(handler());
	}

	@Override
	void failed() {
		work().eventFinished(handler());
	}

	@Override
	boolean reject(RuntimeException ex) {
		work().errors().rejected(this, ex);
		work().eventNotStarted();
		return false;
	}

	@Override
	boolean skip() {
		work().eventNotStarted();
		return true;
	}

	@Override
	public String event() {
		return this.event;
	}

	@Override
	public EventArguments arguments() {
		return this.arguments;
	}

	@Override
	public Acknowledgement acknowledgement() {
		return this.acknowledgement;
	}

}
