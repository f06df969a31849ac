package io.socketio.handler;

import org.jspecify.annotations.Nullable;

/**
 * A call with its place in the queue of its socket. Instead of being started it may be
 * settled by {@link #reject} or {@link #skip}, which do not throw.
 */
abstract class QueuedCall extends HandlerCall {

	/**
	 * The call behind this one; belongs to the queue.
	 */
	@Nullable QueuedCall next;

	QueuedCall(SocketWork work, CompiledHandler handler) {
		super(work, handler);
	}

	/**
	 * Whether the limits of unfinished calls hold for this one.
	 * @return {@code true} if it may have to wait for others
	 */
	boolean limited() {
		return false;
	}

	/**
	 * Run the handler.
	 * @return {@code false} if nothing behind this call may start before
	 * {@link SocketWork#proceed()} is called
	 */
	boolean start() {
		run();
		return true;
	}

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

	/**
	 * The failure of the handler has been dealt with, the client is told.
	 */
	abstract void failed();

	@Override
	final void fail(Throwable ex, boolean mayBlock) {
		work().errors().handle(this, ex, mayBlock);
	}

}
