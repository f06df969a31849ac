package io.socketio.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers.Timeout;
import io.socketio.protocol.EngineRevision;

/**
 * The heartbeat of one session, by which each side learns that the other is gone. All
 * methods are called on the session's lane.
 */
abstract class Heartbeat {

	private final EngineSession session;

	private @Nullable Timeout timeout;

	Heartbeat(EngineSession session) {
		this.session = session;
	}

	/**
	 * Create the heartbeat of a session.
	 * @param session the session
	 * @param revision its revision of the protocol
	 * @return the heartbeat, not started yet
	 */
	static Heartbeat of(EngineSession session, EngineRevision revision) {
		return switch (revision) {
			case V3 -> new ClientHeartbeat(session);
			case V4 -> new ServerHeartbeat(session);
		};
	}

	abstract void start();

	/**
	 * A ping arrived.
	 */
	abstract void onPing();

	/**
	 * A pong arrived.
	 */
	abstract void onPong();

	/**
	 * Another packet arrived.
	 */
	abstract void onOtherPacket();

	/**
	 * The time that was set last is over.
	 */
	abstract void expired();

	final void stop() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	final void arm(Duration delay) {
		stop();
		this.timeout = this.session.server().timers().scheduleBefore(delay, () -> this.session.inLane(this::fired));
	}

	private void fired() {
		boolean current = this.timeout != null && this.timeout.isExpired();
		if (current) { // else stopped or armed anew since it fired
			expired();
		}
	}

	final void invalidDirection() {
		this.session.fail(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
	}

	final EngineSession session() {
		return this.session;
	}

	final EngineOptions options() {
		return this.session.server().options();
	}

}
