package io.socketio.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

import io.socketio.engine.Timers;
import io.socketio.engine.Timers.Timeout;

/**
 * The acknowledgements of one broadcast: all its recipients are asked by the same id.
 */
final class BroadcastAcks {

	private final long id;

	private final FluxSink<EventArguments> sink;

	private final List<PendingAcks> recipients = new ArrayList<>();

	/**
	 * Answers that are still to come, and one for the sending itself.
	 */
	private final AtomicInteger missing = new AtomicInteger(1);

	BroadcastAcks(long id, FluxSink<EventArguments> sink) {
		this.id = id;
		this.sink = sink;
	}

	/**
	 * Expect the answer of one recipient. Called before {@link #sent}, in the order of
	 * emitting.
	 * @param event the event
	 * @param acks acknowledgements that the recipient owes
	 */
	void expect(PendingAcks.Event event, PendingAcks acks) {
		this.missing.incrementAndGet();
		this.recipients.add(acks);
		acks.add(event, this::received);
	}

	private void received(EventArguments arguments) {
		this.sink.next(arguments);
		arrived();
	}

	private void arrived() {
		if (this.missing.decrementAndGet() == 0) {
			this.sink.complete();
		}
	}

	/**
	 * All recipients are known now.
	 * @param timeout how long to wait for their answers
	 * @param timers the timers
	 */
	void sent(Duration timeout, Timers timers) {
		if (timeout.isZero() && !this.recipients.isEmpty()) {
			forget();
			this.sink.error(timedOut(this.recipients.size(), timeout)); // before any
																		// answer
			return;
		}
		Timeout timer = timers.schedule(timeout, () -> Schedulers.parallel().schedule(() -> expired(timeout)));
		this.sink.onDispose(() -> {
			timer.cancel();
			forget();
		});
		arrived();
	}

	private void expired(Duration timeout) {
		int unanswered = this.missing.get();
		if (unanswered > 0) {
			this.sink.error(timedOut(unanswered, timeout));
		}
	}

	private void forget() {
		this.recipients.forEach((acks) -> acks.remove(this.id));
	}

	private static TimeoutException timedOut(int missing, Duration timeout) {
		return new TimeoutException(missing + " acknowledgements are missing after " + timeout);
	}

}
