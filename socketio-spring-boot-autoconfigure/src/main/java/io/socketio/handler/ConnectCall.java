package io.socketio.handler;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Call for a socket that has joined: everything behind it waits until it is settled.
 */
final class ConnectCall extends QueuedCall {

	/**
	 * Set by the end of {@link #start} and by the settlement: whoever comes second goes
	 * on with the queue.
	 */
	private final AtomicBoolean goOn = new AtomicBoolean();

	ConnectCall(SocketWork work, CompiledHandler handler) {
		super(work, handler);
	}

	@Override
	boolean start() {
		super.start();
		return this.goOn.getAndSet(true);
	}

	@Override
	void complete(@Nullable Object value) {
		completeWithoutAnswer();
	}

	@Override
	void completeWithoutAnswer() {
		if (this.goOn.getAndSet(true)) {
			work().proceed();
		}
	}

	@Override
	void failed() {
		work().setUpFailed();
		completeWithoutAnswer();
	}

	@Override
	boolean reject(RuntimeException ex) {
		work().errors().rejected(this, ex);
		work().setUpFailed();
		return false;
	}

	@Override
	boolean skip() {
		return true;
	}

}
