package io.socketio.engine;

import java.time.Duration;

/**
 * The heartbeat of Engine.IO revision 3: the client pings, and must do so in time. The
 * server answers.
 */
final class ClientHeartbeat extends Heartbeat {

	ClientHeartbeat(EngineSession session) {
		super(session);
	}

	@Override
	void start() {
		arm(limit());
	}

	private Duration limit() {
		return options().pingInterval().plus(options().pingTimeout());
	}

	@Override
	void onPing() {
		start();
		session().sendControl(EngineMessage.PONG);
	}

	@Override
	void onPong() {
		invalidDirection();
	}

	@Override
	void onOtherPacket() {
		// only a ping counts
	}

	@Override
	void expired() {
		if (session().readsPaused()) {
			start(); // a ping may wait unread, by our own doing
		}
		else {
			session().fail(CloseReason.PING_TIMEOUT, "No ping within " + limit());
		}
	}

}
