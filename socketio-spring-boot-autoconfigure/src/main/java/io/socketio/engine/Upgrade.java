package io.socketio.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers.Timeout;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketType;

/**
 * The attempt to move a session from long-polling to another transport: probe, stop of
 * polling, take-over. State belongs to the session's lane. A client that sends more than
 * an upgrade takes is given up.
 */
final class Upgrade implements Transport.Listener {

	private static final Duration RELEASE_INTERVAL = Duration.ofMillis(100);

	private static final EnginePacket PROBE_ANSWER = EnginePacket.of(EnginePacketType.PONG, "probe");

	/**
	 * A client probes once, or a second time if it is impatient.
	 */
	private static final int MAX_PACKETS = 8;

	private final EngineSession session;

	private final UpgradeCandidate candidate;

	private final Timers timers;

	private @Nullable Timeout timeout;

	private @Nullable Timeout ticker;

	private boolean ended;

	/**
	 * Counted on the candidate's lane.
	 */
	private int packets;

	Upgrade(EngineSession session, UpgradeCandidate candidate) {
		this.session = session;
		this.candidate = candidate;
		this.timers = session.server().timers();
	}

	void start() {
		this.session.upgrade(this);
		this.timeout = this.timers.schedule(this.session.server().options().upgradeTimeout(),
				() -> this.session.inLane(this::giveUp));
	}

	@Override
	public boolean onPacket(EnginePacket packet) {
		if (this.packets == MAX_PACKETS) {
			return false;
		}
		this.packets++;
		this.session.inLane((this.packets < MAX_PACKETS) ? () -> handle(packet) : this::giveUp);
		return true;
	}

	@Override
	public boolean awaitsUpgrade() {
		return true;
	}

	@Override
	public void onWritable() {
		// nothing waits to be written to a candidate
	}

	@Override
	public void onClosed(CloseReason reason, String description) {
		this.session.inLane(this::giveUp);
	}

	private void handle(EnginePacket packet) {
		if (this.ended) {
			return;
		}
		if (packet.type() == EnginePacketType.PING && "probe".equals(packet.text())) {
			this.candidate.probe(PROBE_ANSWER);
			if (this.ticker == null) {
				tick();
			}
		}
		else if (packet.type() == EnginePacketType.UPGRADE) {
			end();
			this.session.moveTo(this.candidate);
		}
		else {
			giveUp();
		}
	}

	/**
	 * Whether the client has probed the candidate, so that nothing but the end of the
	 * upgrade is to come. Called on the session's lane.
	 * @return {@code true} if it has
	 */
	boolean probed() {
		return this.ticker != null;
	}

	private void tick() {
		this.ticker = this.timers.schedule(RELEASE_INTERVAL, () -> this.session.inLane(() -> {
			if (!this.ended) {
				this.session.releasePoll();
				tick();
			}
		}));
	}

	private void giveUp() {
		if (!this.ended) {
			this.session.upgrade(null);
			cancel();
		}
	}

	void cancel() {
		end();
		this.candidate.reject();
	}

	private void end() {
		this.ended = true;
		if (this.timeout != null) {
			this.timeout.cancel();
		}
		if (this.ticker != null) {
			this.ticker.cancel();
		}
	}

}
