package io.socketio.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.socketio.protocol.EngineCodec;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketException;
import io.socketio.protocol.EnginePacketType;
import io.socketio.protocol.EnginePayload;

/**
 * HTTP long-polling: one pending {@code GET} carries packets to the client, {@code POST}s
 * carry them to the server. Knows nothing of the HTTP server; requests come as
 * {@link PollHandle}s and bodies.
 *
 * @since 0.1.0
 */
public final class PollingTransport implements Transport {

	private static final EnginePacket CLOSE = EnginePacket.of(EnginePacketType.CLOSE);

	private static final EnginePacket NOOP = EnginePacket.of(EnginePacketType.NOOP);

	/**
	 * What is sent at the same time reaches us by different threads: a poll that was sent
	 * before the client's close may arrive after it, and is then still answered; one that
	 * was sent after the upgrade may arrive before it, and is refused all the same.
	 */
	private static final Duration ON_ITS_WAY = Duration.ofMillis(30);

	/**
	 * Size of a response, in bytes, that no further message is added to: a client that
	 * was away may have missed very much, and the event loop has others to serve. The
	 * rest waits for the next {@code GET}.
	 */
	private static final int ENOUGH = 512 * 1024;

	private final Lane lane;

	private final EngineCodec codec;

	private final boolean base64;

	/**
	 * Interrupts the {@code POST} that is not answered yet.
	 */
	private final AtomicReference<@Nullable Runnable> pushing = new AtomicReference<>();

	private volatile @Nullable PollHandle pending;

	private @Nullable EngineSession session;

	private boolean arrivedWhileClosing;

	private boolean arrivedWhileUpgrading;

	private long arrival;

	private boolean closedByClient;

	private boolean readsPaused;

	private @Nullable Runnable heldPush;

	PollingTransport(Lane lane, EngineCodec codec, boolean base64) {
		this.lane = lane;
		this.codec = codec;
		this.base64 = base64;
	}

	void bind(EngineSession session) {
		this.session = session;
	}

	private EngineSession session() {
		EngineSession bound = this.session;
		if (bound == null) {
			throw new IllegalStateException("Not bound to a session");
		}
		return bound;
	}

	@Override
	public TransportType type() {
		return TransportType.POLLING;
	}

	@Override
	public Lane lane() {
		return this.lane;
	}

	@Override
	public boolean writable() {
		return this.pending != null;
	}

	/**
	 * A {@code GET} arrived. Called on the session's lane.
	 * @param handle the way to answer
	 */
	public void poll(PollHandle handle) {
		EngineSession current = session();
		if (current.isClosed()) {
			handle.unknownSession();
		}
		else if (current.pollingTransport() != this) {
			handle.refuse(); // upgraded while the request was on its way
		}
		else if (this.pending != null) {
			handle.refuse();
			current.fail(CloseReason.TRANSPORT_ERROR, "overlap from client");
		}
		else {
			this.pending = handle;
			this.arrivedWhileClosing = current.isClosing();
			this.arrivedWhileUpgrading = current.isUpgrading();
			this.arrival = System.nanoTime();
			current.drainNow();
			if (this.closedByClient) {
				endByClient();
			}
		}
	}

	/**
	 * The client has given up a pending {@code GET}. Called on the session's lane.
	 * @param handle the request
	 */
	public void pollAborted(PollHandle handle) {
		if (this.pending == handle) {
			this.pending = null;
			session().fail(CloseReason.TRANSPORT_ERROR, "poll connection closed prematurely");
		}
	}

	/**
	 * A {@code POST} begins. Usable from any thread.
	 * @param interrupt called when the session ends or leaves this transport before the
	 * body was read, so that nobody waits for the rest of it
	 * @return {@code false} if another one is not answered yet: the session is then
	 * closed
	 */
	public boolean beginPush(Runnable interrupt) {
		if (!this.pushing.compareAndSet(null, interrupt)) {
			abortPush("data request overlap from client");
			return false;
		}
		if (!isCurrent()) {
			interrupt.run(); // ended before it could see the request
		}
		return true;
	}

	/**
	 * Whether the body of a {@code POST} may be binary. Usable from any thread.
	 * @return {@code false} if only text is served
	 */
	public boolean acceptsBinaryBodies() {
		return this.codec.acceptsBinaryPayloads();
	}

	/**
	 * A {@code POST} cannot be served; closes the session. Usable from any thread.
	 * @param description why
	 */
	public void abortPush(String description) {
		session().inLane(() -> {
			if (isCurrent()) {
				session().fail(CloseReason.TRANSPORT_ERROR, description);
			}
		});
	}

	/**
	 * A {@code POST} ends without a body to look at. Usable from any thread.
	 */
	public void endPush() {
		this.pushing.set(null);
	}

	/**
	 * The body of a {@code POST} was read. Called on the session's lane.
	 * @param body the packets
	 * @param done called when the next {@code POST} may come, with {@code false} if the
	 * body was no payload, or came too late for this transport
	 */
	public void push(EnginePayload body, PushCallback done) {
		if (isCurrent()) {
			decode(new PushedPayload(this.codec.payloadReader(body),
					session().server().options().maxPacketsPerPayload()), done);
		}
		else {
			pushed(false, done);
		}
	}

	private void decode(PushedPayload payload, PushCallback done) {
		EngineSession current = session();
		try {
			if (isCurrent() && payload.decodePart(this::receive)) {
				continueLater(() -> decode(payload, done));
			}
			else {
				pushed(true, done);
			}
		}
		catch (EnginePacketException ex) {
			current.fail(CloseReason.PARSE_ERROR, String.valueOf(ex.getMessage()));
			pushed(false, done);
		}
	}

	private void continueLater(Runnable task) {
		if (this.readsPaused) {
			this.heldPush = () -> this.lane.execute(task);
		}
		else {
			this.lane.execute(task);
		}
	}

	private void pushed(boolean valid, PushCallback done) {
		Runnable end = () -> {
			endPush();
			done.pushed(valid);
		};
		EngineSession current = session();
		if (this.closedByClient && this.pending == null && !current.isClosed()) {
			this.heldPush = end;
			current.server().timers().schedule(ON_ITS_WAY, () -> current.inLane(this::endByClient));
			return;
		}
		if (this.closedByClient) {
			endByClient();
		}
		if (this.readsPaused && !current.isClosed()) {
			this.heldPush = end;
		}
		else {
			end.run();
		}
	}

	private boolean isCurrent() {
		return !session().isClosed() && session().pollingTransport() == this;
	}

	private void endByClient() {
		answer(List.of(NOOP), false);
		session().fail(CloseReason.TRANSPORT_CLOSE, "closed by the client");
	}

	private boolean receive(EnginePacket packet) {
		EngineSession current = session();
		if (current.isClosing() || current.isClosed() || this.closedByClient) {
			return false;
		}
		if (packet.type() == EnginePacketType.CLOSE) {
			this.closedByClient = true;
			return false;
		}
		return current.receive(packet);
	}

	@Override
	public void flush(OutboundQueue queue) {
		if (this.pending == null) {
			return;
		}
		EngineMessage message = queue.poll();
		if (message == null) {
			return;
		}
		List<EnginePacket> packets = new ArrayList<>();
		boolean compress = false;
		int size = 0;
		while (message != null) {
			packets.addAll(message.packets());
			compress |= message.compress();
			size += message.size();
			message = (size < ENOUGH) ? queue.poll() : null;
		}
		answer(packets, compress);
	}

	@Override
	public boolean tryClose() {
		if (this.pending == null) {
			return false;
		}
		end(this.arrivedWhileClosing ? List.of(NOOP, CLOSE) : List.of(CLOSE));
		return true;
	}

	@Override
	public void abort(CloseReason reason) {
		end(List.of(CLOSE));
	}

	@Override
	public void discard() {
		PollHandle poll = this.pending;
		if (poll != null && this.arrivedWhileUpgrading && System.nanoTime() - this.arrival < ON_ITS_WAY.toNanos()) {
			this.pending = null;
			poll.refuse(); // sent behind the packet that completes the upgrade
		}
		end(List.of(CLOSE));
	}

	private void end(List<EnginePacket> packets) {
		answer(packets, false);
		releaseHeldPush();
		Runnable interrupt = this.pushing.get();
		if (interrupt != null) {
			interrupt.run();
		}
	}

	@Override
	public void pauseReads(boolean pause) {
		this.readsPaused = pause;
		if (!pause) {
			releaseHeldPush();
		}
	}

	private void releaseHeldPush() {
		Runnable held = this.heldPush;
		this.heldPush = null;
		if (held != null) {
			held.run();
		}
	}

	private void answer(List<EnginePacket> packets, boolean compress) {
		PollHandle handle = this.pending;
		if (handle != null) {
			this.pending = null;
			handle.respond(this.codec.encodePayload(packets, this.base64), compress);
		}
	}

	/**
	 * Gets the end of a {@code POST}.
	 */
	@FunctionalInterface
	public interface PushCallback {

		/**
		 * The body was handled.
		 * @param valid {@code false} if it was no payload
		 */
		void pushed(boolean valid);

	}

}
