package io.socketio.engine;

/**
 * The heartbeat of Engine.IO revision 4: the server pings, and the client must answer in
 * time.
 */
final class ServerHeartbeat extends Heartbeat {

	private boolean awaitingPong;

	private boolean extended;

	ServerHeartbeat(EngineSession session) {
		super(session);
	}

	@Override
	void start() {
		this.awaitingPong = false;
		arm(options().pingInterval());
	}

	@Override
	void onPing() {
		invalidDirection();
	}

	/**
	 * A pong arrived; also an unsolicited one starts the interval anew.
	 */
	@Override
	void onPong() {
		start();
	}

	/**
	 * Another packet arrived. While a pong is awaited, the first one extends the deadline
	 * once: the client is alive, its pong may be queued behind much data.
	 */
	@Override
	void onOtherPacket() {
		if (this.awaitingPong && !this.extended) {
			this.extended = true;
			arm(options().pingTimeout());
		}
	}

	@Override
	void expired() {
		if (!this.awaitingPong) {
			this.awaitingPong = true;
			this.extended = false;
			arm(options().pingTimeout());
			session().sendControl(EngineMessage.PING);
		}
		else if (session().readsPaused()) {
			arm(options().pingTimeout()); // the pong may wait unread, by our own doing
		}
		else {
			session().fail(CloseReason.PING_TIMEOUT, "No pong within " + options().pingTimeout());
		}
	}

}
