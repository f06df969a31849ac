package io.socketio.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers.Timeout;

/**
 * The heartbeat of one session (Engine.IO revision 4): the server pings, and the client
 * must answer in time. All methods are called on the session's lane.
 */
final class Heartbeat {

	private final EngineSession session;

	private final Timers timers;

	private final EngineOptions options;

	private @Nullable Timeout timeout;

	private boolean awaitingPong;

	private boolean extended;

	Heartbeat(EngineSession session, Timers timers, EngineOptions options) {
		this.session = session;
		this.timers = timers;
		this.options = options;
	}

	void start() {
		this.awaitingPong = false;
		arm(this.options.pingInterval());
	}

	/**
	 * A pong arrived; also an unsolicited one starts the interval anew.
	 */
	void onPong() {
		start();
	}

	/**
	 * Another packet arrived. While a pong is awaited, the first one extends the deadline
	 * once: the client is alive, its pong may be queued behind much data.
	 */
	void onOtherPacket() {
		if (this.awaitingPong && !this.extended) {
			this.extended = true;
			arm(this.options.pingTimeout());
		}
	}

	void stop() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	private void arm(Duration delay) {
		stop();
		this.timeout = this.timers.scheduleBefore(delay, () -> this.session.inLane(this::expired));
	}

	private void expired() {
		if (this.timeout == null || !this.timeout.isExpired()) {
			return; // stopped or armed anew since it fired
		}
		if (!this.awaitingPong) {
			this.awaitingPong = true;
			this.extended = false;
			arm(this.options.pingTimeout());
			this.session.sendControl(EngineMessage.PING);
		}
		else if (this.session.readsPaused()) {
			arm(this.options.pingTimeout()); // the pong may wait unread, by our own doing
		}
		else {
			this.session.fail(CloseReason.PING_TIMEOUT, "No pong within " + this.options.pingTimeout());
		}
	}

}
