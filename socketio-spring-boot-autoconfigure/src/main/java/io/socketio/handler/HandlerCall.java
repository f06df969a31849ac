package io.socketio.handler;

import org.jspecify.annotations.Nullable;

import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketIoSocket;

/**
 * One call of a handler method, and its place in the queue of its socket. Settled exactly
 * once, by one of {@link #complete}, {@link #completeWithoutAnswer}, {@link #fail},
 * {@link #reject} and {@link #skip}, none of which throws.
 */
abstract class HandlerCall implements EventContext {

	/**
	 * The call behind this one; belongs to the queue.
	 */
	@Nullable HandlerCall next;

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
	 * Run the handler, in the context of its socket.
	 * @return {@code false} if nothing behind this call may start before
	 * {@link SocketWork#proceed()} is called
	 */
	boolean start() {
		SocketContext.Scope scope;
		try {
			scope = this.work.context().open();
		}
		catch (RuntimeException ex) {
			fail(ex);
			return true;
		}
		try {
			this.handler.invoke(this);
		}
		finally {
			scope.close();
		}
		return true;
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
	 */
	abstract void fail(Throwable ex);

	/**
	 * There is no thread for the handler.
	 * @param ex why
	 * @return {@code true} if another thread was found
	 */
	abstract boolean reject(RuntimeException ex);

	/**
	 * The handler is not called, since the socket was never set up.
	 * @return {@code false} to call it nevertheless
	 */
	abstract boolean skip();

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
