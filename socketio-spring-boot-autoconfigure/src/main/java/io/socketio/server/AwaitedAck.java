package io.socketio.server;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import io.socketio.engine.EngineSession;
import io.socketio.engine.Timers;
import io.socketio.engine.Timers.Timeout;

/**
 * One acknowledgement that the application waits for, from its subscription on. Its end
 * is signalled once, without any lock, and never on the timers' thread.
 */
final class AwaitedAck {

	private final long id;

	private final DefaultSocket socket;

	private final Duration timeout;

	private final MonoSink<EventArguments> sink;

	private final AtomicBoolean over = new AtomicBoolean();

	AwaitedAck(long id, DefaultSocket socket, Duration timeout, MonoSink<EventArguments> sink) {
		this.id = id;
		this.socket = socket;
		this.timeout = timeout;
		this.sink = sink;
	}

	/**
	 * Let the time begin.
	 * @param timers the timers
	 */
	void start(Timers timers) {
		if (this.timeout.isZero()) {
			return; // a timer might come later than the answer
		}
		Timeout timer = timers.schedule(this.timeout, this::expired);
		this.sink.onDispose(() -> {
			this.over.set(true);
			timer.cancel();
			this.socket.acks().remove(this.id);
		});
	}

	private void expired() {
		if (!this.over.compareAndSet(false, true)) {
			return;
		}
		this.socket.acks().remove(this.id);
		EngineSession session = this.socket.session();
		if (session.isOpen()) {
			session.inLane(this::timedOut);
		}
		else {
			Schedulers.parallel().schedule(this::timedOut);
		}
	}

	private void timedOut() {
		this.sink.error(new TimeoutException("No acknowledgement within " + this.timeout));
	}

	/**
	 * Whether nobody waits any more.
	 * @return {@code true} if the event need not be sent
	 */
	boolean over() {
		return this.over.get();
	}

	/**
	 * The event is about to be sent. Called in the order of emitting, under the
	 * namespace's sequencer.
	 * @param event the event
	 */
	void sending(PendingAcks.Event event) {
		if (!this.timeout.isZero()) {
			this.socket.acks().add(event, this::answered);
			if (over()) {
				this.socket.acks().remove(this.id);
			}
		}
	}

	private void answered(EventArguments arguments) {
		if (this.over.compareAndSet(false, true)) {
			this.sink.success(arguments);
		}
	}

	/**
	 * The event was handed over to be sent. Called by the subscriber's thread.
	 */
	void handedOver() {
		if (this.timeout.isZero() && this.over.compareAndSet(false, true)) {
			timedOut();
		}
	}

	/**
	 * The event will never be sent, since the socket was not let in.
	 */
	void notLetIn() {
		if (this.over.compareAndSet(false, true)) {
			this.sink.error(new IllegalStateException(this.socket + " was not let in, so nobody can acknowledge"));
		}
	}

}
