package io.socketio.handler;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

import io.socketio.server.DisconnectReason;

/**
 * Call for a socket that has left. Nothing waits for it and nobody is answered.
 */
final class DisconnectCall extends QueuedCall {

	private final DisconnectReason reason;

	DisconnectCall(SocketWork work, CompiledHandler handler, DisconnectReason reason) {
		super(work, handler);
		this.reason = reason;
	}

	@Override
	void complete(@Nullable Object value) {
	}

	@Override
	void completeWithoutAnswer() {
	}

	@Override
	void failed() {
	}

	/**
	 * What an application cleans up when a socket leaves must not be lost because its
	 * executor is busy or shut down, and it cannot be told to the client either.
	 */
	@Override
	boolean reject(RuntimeException ex) {
		try {
			Schedulers.boundedElastic().schedule(() -> work().runBlocking(this));
			return true;
		}
		catch (RejectedExecutionException suppressed) {
			work().errors().rejected(this, ex);
			return false;
		}
	}

	@Override
	boolean skip() {
		return false;
	}

	@Override
	public DisconnectReason reason() {
		return this.reason;
	}

}
