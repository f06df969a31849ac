package io.socketio.engine;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.socketio.engine.Timers.Timeout;
import io.socketio.protocol.EnginePacket;

/**
 * One client's connection, whatever carries it. Its state belongs to its {@link Lane},
 * which changes once at most: when the session moves to another transport.
 * <p>
 * Messages handed in by one thread are written in that order.
 *
 * @since 0.1.0
 */
public final class EngineSession {

	private static final Log logger = LogFactory.getLog(EngineSession.class);

	private final String id;

	private final EngineRequest request;

	private final EngineServer server;

	private final OutboundQueue queue;

	private final Heartbeat heartbeat;

	private final Runnable drainTask = this::drain;

	private volatile Lane lane;

	private volatile Transport transport;

	private volatile State state = State.OPENING;

	private volatile boolean readsPaused;

	private @Nullable Listener listener;

	private @Nullable Upgrade upgrade;

	private @Nullable Timeout closeTimeout;

	private int pauses;

	EngineSession(String id, EngineRequest request, EngineServer server, Lane lane, Transport transport) {
		this.id = id;
		this.request = request;
		this.server = server;
		this.queue = new OutboundQueue(server.options().maxBuffered());
		this.heartbeat = Heartbeat.of(this, request.revision());
		this.lane = lane;
		this.transport = transport;
	}

	/**
	 * The secret id of the session.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The request that opened the session.
	 * @return the request
	 */
	public EngineRequest request() {
		return this.request;
	}

	/**
	 * The current transport.
	 * @return the type of the transport
	 */
	public TransportType transportType() {
		return this.transport.type();
	}

	/**
	 * The transport, if it is long-polling.
	 * @return the transport, or {@code null} after an upgrade
	 */
	public @Nullable PollingTransport pollingTransport() {
		return (this.transport instanceof PollingTransport polling) ? polling : null;
	}

	/**
	 * Whether the session is open: neither closed nor closing.
	 * @return {@code true} if messages can be sent
	 */
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Whether a close would reach the client at once: not on long-polling while no
	 * request is pending.
	 * @return {@code true} if it would
	 */
	public boolean closable() {
		return this.transport.type() != TransportType.POLLING || this.transport.writable();
	}

	/**
	 * Send a message. Usable from any thread; dropped when the session is not open.
	 * @param message the message
	 */
	public void send(EngineMessage message) {
		if (enqueue(message)) {
			this.lane.execute(this.drainTask);
		}
	}

	/**
	 * Send a message only if it can be written at once. Usable from any thread.
	 * @param message the message
	 */
	public void sendVolatile(EngineMessage message) {
		if (enqueueVolatile(message)) {
			this.lane.execute(this.drainTask);
		}
	}

	/**
	 * Send a message that the limit of queued bytes does not hold for, such as a missed
	 * event: the log it comes from is bounded. Usable from any thread.
	 * @param message the message
	 */
	public void sendUnbounded(EngineMessage message) {
		if (this.queue.offerUnbounded(message) == OutboundQueue.Offer.SCHEDULE) {
			this.lane.execute(this.drainTask);
		}
	}

	/**
	 * Call back when everything sent so far was written, or the session has ended. Usable
	 * from any thread.
	 * @param callback called on the lane, or at once if nothing waits
	 */
	public void whenWritten(Runnable callback) {
		this.queue.whenTaken(callback);
	}

	boolean enqueue(EngineMessage message) {
		OutboundQueue.Offer offer = this.queue.offer(message);
		if (offer == OutboundQueue.Offer.OVERFLOW) {
			this.queue.close();
			this.server.slowClient();
			this.lane.execute(() -> fail(CloseReason.TRANSPORT_ERROR,
					"The client reads too slowly: outbound buffer limit reached"));
		}
		return offer == OutboundQueue.Offer.SCHEDULE;
	}

	boolean enqueueVolatile(EngineMessage message) {
		return this.transport.writable() && this.queue.offerIfIdle(message) == OutboundQueue.Offer.SCHEDULE;
	}

	void sendControl(EngineMessage message) {
		if (enqueue(message)) {
			drain();
		}
	}

	/**
	 * Run a task on this session's lane: at once if the current thread is the lane's.
	 * @param task the task, which must not block
	 */
	public void inLane(Runnable task) {
		Lane current = this.lane;
		if (current.inLane()) {
			task.run();
		}
		else {
			current.execute(() -> inLane(task));
		}
	}

	/**
	 * The lane that owns the session now.
	 * @return the lane
	 */
	public Lane lane() {
		return this.lane;
	}

	/**
	 * The server of this session.
	 * @return the server
	 */
	public EngineServer server() {
		return this.server;
	}

	/**
	 * Close the session after what was sent before. On long-polling the client learns of
	 * it by its next request. Usable from any thread.
	 */
	public void close() {
		this.lane.execute(() -> inLane(this::closeGracefully));
	}

	/**
	 * Close the session at once and drop what is not written. Usable from any thread.
	 * @param reason why
	 */
	public void close(CloseReason reason) {
		inLane(() -> fail(reason, "closed by the server"));
	}

	/**
	 * Read nothing from the client until {@link #resumeReads()} was called as often.
	 * Called on the lane.
	 */
	public void pauseReads() {
		if (++this.pauses == 1) {
			this.readsPaused = true;
			this.transport.pauseReads(true);
		}
	}

	/**
	 * Take a {@link #pauseReads()} back. Called on the lane.
	 */
	public void resumeReads() {
		if (--this.pauses == 0) {
			this.readsPaused = false;
			this.transport.pauseReads(false);
		}
	}

	boolean readsPaused() {
		return this.readsPaused;
	}

	// What the transports report; on the lane

	Transport.Listener transportListener(Transport source) {
		return new TransportEvents(source);
	}

	void open(EnginePacket handshake) {
		this.state = State.OPEN;
		String initialPacket = this.server.options().initialPacket();
		sendControl((initialPacket != null)
				? EngineMessage.of(List.of(handshake, EnginePacket.message(initialPacket)), false)
				: EngineMessage.of(handshake)); // as one, since a poll takes one payload
		this.heartbeat.start();
		this.listener = this.server.listener().onSession(this);
	}

	boolean receive(EnginePacket packet) {
		if (this.state != State.OPEN) {
			return false;
		}
		switch (packet.type()) {
			case PONG -> this.heartbeat.onPong();
			case PING -> this.heartbeat.onPing();
			case MESSAGE -> {
				this.heartbeat.onOtherPacket();
				notifyListener((target) -> target.onMessage(packet));
			}
			default -> this.heartbeat.onOtherPacket();
		}
		return this.state == State.OPEN;
	}

	private void notifyListener(Consumer<Listener> call) {
		Listener target = this.listener;
		if (target == null) {
			return;
		}
		try {
			call.accept(target);
		}
		catch (RuntimeException ex) {
			logger.error("The listener of session failed, the session is closed", ex);
			fail(CloseReason.FORCED_CLOSE, "listener failed");
		}
	}

	private void drain() {
		if (!this.lane.inLane()) {
			this.lane.execute(this.drainTask); // the session has moved since the drain
												// was scheduled
			return;
		}
		if (this.state == State.CLOSED) {
			return;
		}
		this.transport.flush(this.queue);
		if (this.state == State.CLOSING) {
			finishClose();
		}
	}

	void drainNow() {
		drain();
	}

	private void closeGracefully() {
		if (this.state != State.OPEN) {
			return;
		}
		this.state = State.CLOSING;
		this.queue.close();
		this.closeTimeout = this.server.timers()
			.schedule(this.server.options().closeTimeout(),
					() -> inLane(() -> fail(CloseReason.FORCED_CLOSE, "the close was not collected in time")));
		drain();
	}

	private void finishClose() {
		if (this.queue.isEmpty() && this.transport.tryClose()) {
			ended(CloseReason.FORCED_CLOSE, "closed by the server");
		}
	}

	boolean isClosing() {
		return this.state == State.CLOSING;
	}

	boolean isClosed() {
		return this.state == State.CLOSED;
	}

	// Ends the session and its transport at once
	void fail(CloseReason reason, String description) {
		if (this.state == State.CLOSED) {
			return;
		}
		CloseReason reported = (this.state == State.CLOSING) ? CloseReason.FORCED_CLOSE : reason;
		Transport current = this.transport;
		ended(reported, description);
		current.abort(reason);
	}

	private void ended(CloseReason reason, String description) {
		this.state = State.CLOSED;
		this.heartbeat.stop();
		if (this.closeTimeout != null) {
			this.closeTimeout.cancel();
		}
		this.queue.clear();
		this.server.remove(this);
		if (this.upgrade != null) {
			this.upgrade.cancel();
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Session ended: " + reason + " (" + description + ")");
		}
		Listener target = this.listener;
		if (target != null) {
			try {
				target.onClose(reason, description);
			}
			catch (RuntimeException ex) {
				logger.error("The listener of a session failed at its end", ex);
			}
		}
	}

	// Upgrade; on the lane

	boolean canUpgrade() {
		return this.state != State.CLOSED && this.upgrade == null && this.transport.type() == TransportType.POLLING;
	}

	boolean isUpgrading() {
		return this.upgrade != null && this.upgrade.probed();
	}

	void upgrade(@Nullable Upgrade upgrade) {
		this.upgrade = upgrade;
	}

	void moveTo(UpgradeCandidate candidate) {
		Transport old = this.transport;
		this.upgrade = null;
		this.transport = candidate;
		old.discard();
		this.lane = candidate.lane();
		candidate.activate(transportListener(candidate));
		this.lane.execute(() -> {
			if (this.pauses > 0) {
				candidate.pauseReads(true);
			}
			drain();
		});
	}

	/**
	 * Answer an idle long-polling request, so that the client can stop polling.
	 */
	void releasePoll() {
		if (this.transport.writable()) {
			this.queue.offerIfIdle(EngineMessage.NOOP);
			drain();
		}
	}

	@Override
	public String toString() {
		return "EngineSession[" + this.transport.type().wireName() + ", " + this.state + "]";
	}

	private enum State {

		OPENING, OPEN, CLOSING, CLOSED

	}

	/**
	 * Reports what one transport does, as long as it carries the session.
	 */
	private final class TransportEvents implements Transport.Listener {

		private final Transport source;

		TransportEvents(Transport source) {
			this.source = source;
		}

		@Override
		public boolean onPacket(EnginePacket packet) {
			return EngineSession.this.transport == this.source && receive(packet);
		}

		@Override
		public void onWritable() {
			if (EngineSession.this.transport == this.source) {
				drain();
			}
		}

		@Override
		public void onClosed(CloseReason reason, String description) {
			if (EngineSession.this.transport == this.source) {
				fail(reason, description);
			}
		}

	}

	/**
	 * Gets what happens on a session, on its lane.
	 */
	public interface Listener {

		/**
		 * A message arrived.
		 * @param message the message
		 */
		void onMessage(EnginePacket message);

		/**
		 * The session has ended; no message follows.
		 * @param reason why
		 * @param description details for logs
		 */
		void onClose(CloseReason reason, String description);

	}

}
