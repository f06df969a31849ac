package io.socketio.handler;

import org.jspecify.annotations.Nullable;

import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketIoSocket;

/**
 * One call of a handler method. Settled exactly once, by one of {@link #complete},
 * {@link #completeWithoutAnswer} and {@link #fail}, none of which throws.
 */
abstract class HandlerCall implements EventContext {

	private final SocketWork work;

	private final CompiledHandler handler;

	HandlerCall(SocketWork work, CompiledHandler handler) {
		this.work = work;
		this.handler = handler;
	}

	final SocketWork work() {
		return this.work;
	}

	final CompiledHandler handler() {
		return this.handler;
	}

	/**
	 * Run the handler, in the context of its socket. This is where each call starts.
	 */
	final void run() {
		SocketContext.Scope scope;
		try {
			scope = this.work.context().open();
		}
		catch (RuntimeException ex) {
			fail(ex, this.handler.blocking());
			return;
		}
		try {
			this.handler.invoke(this);
		}
		finally {
			scope.close();
		}
	}

	/**
	 * The handler has succeeded.
	 * @param value its result
	 */
	abstract void complete(@Nullable Object value);

	/**
	 * The handler has succeeded and answers by itself.
	 */
	abstract void completeWithoutAnswer();

	/**
	 * The handler or one of its arguments has failed.
	 * @param ex what was thrown or signalled
	 * @param mayBlock whether the calling thread may block
	 */
	abstract void fail(Throwable ex, boolean mayBlock);

	@Override
	public SocketIoSocket socket() {
		return this.work.socket();
	}

	@Override
	public @Nullable String event() {
		return null;
	}

	@Override
	public EventArguments arguments() {
		return NoEvent.INSTANCE;
	}

	@Override
	public Acknowledgement acknowledgement() {
		return NoEvent.INSTANCE;
	}

	@Override
	public @Nullable DisconnectReason reason() {
		return null;
	}

}
