package io.socketio.handler;

import org.jspecify.annotations.Nullable;

import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;

/**
 * Call of an exception handler for a call that has failed. It has no place in the queue:
 * the failed call keeps its own until this one is settled.
 */
final class ExceptionCall extends HandlerCall {

	private final QueuedCall failed;

	private final Throwable thrown;

	private final Throwable exception;

	/**
	 * Create a call.
	 * @param failed the call that has failed
	 * @param thrown what it has thrown
	 * @param match the exception handler, and the exception it is for
	 */
	ExceptionCall(QueuedCall failed, Throwable thrown, ExceptionHandlers.Match match) {
		super(failed.work(), match.handler());
		this.failed = failed;
		this.thrown = thrown;
		this.exception = match.exception();
	}

	static Throwable exceptionOf(EventContext context) {
		return ((ExceptionCall) context).exception;
	}

	/**
	 * Call the exception handler, on this thread or on one that may block.
	 * @param mayBlock whether this thread may block
	 */
	void start(boolean mayBlock) {
		if (mayBlock || !handler().blocking()) {
			run();
			return;
		}
		try {
			work().execute(this::run);
		}
		catch (RuntimeException ex) {
			work().errors().rejected(this.failed, ex);
			this.failed.failed();
		}
	}

	@Override
	void complete(@Nullable Object value) {
		HandlerErrors errors = work().errors();
		if (value != null) {
			errors.answer(this, this.failed, value);
		}
		else if (acknowledgement().requested()) {
			errors.answer(this.failed, this.thrown);
		}
		this.failed.failed();
	}

	@Override
	void completeWithoutAnswer() {
		this.failed.failed();
	}

	@Override
	void fail(Throwable ex, boolean mayBlock) {
		work().errors().report(this, this.failed, ex);
		this.failed.failed();
	}

	@Override
	public @Nullable String event() {
		return this.failed.event();
	}

	@Override
	public EventArguments arguments() {
		return this.failed.arguments();
	}

	@Override
	public Acknowledgement acknowledgement() {
		return this.failed.acknowledgement();
	}

	@Override
	public @Nullable DisconnectReason reason() {
		return this.failed.reason();
	}

}
