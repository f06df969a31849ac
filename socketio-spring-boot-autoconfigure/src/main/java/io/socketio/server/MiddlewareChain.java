package io.socketio.server;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;

/**
 * The middlewares of one socket. Events pass one after the other, so that they keep their
 * order whatever a middleware waits for; nothing is read from the connection while one
 * waits. State belongs to the connection's lane.
 */
final class MiddlewareChain {

	private final DefaultSocket socket;

	private final Consumer<Throwable> errors;

	private final List<EventMiddleware> middlewares = new CopyOnWriteArrayList<>();

	private final Queue<IncomingEvent> waiting = new ArrayDeque<>();

	private boolean busy;

	MiddlewareChain(DefaultSocket socket, Consumer<Throwable> errors) {
		this.socket = socket;
		this.errors = errors;
	}

	void add(EventMiddleware middleware) {
		this.middlewares.add(middleware);
	}

	void pass(String event, EventArguments arguments, Acknowledgement acknowledgement) {
		this.waiting.add(new DefaultIncomingEvent(event, arguments, acknowledgement, this.socket.mapper()));
		if (!this.busy) {
			next();
		}
	}

	private void next() {
		while (true) {
			IncomingEvent event = this.waiting.poll();
			if (event == null) {
				return;
			}
			Decision decision = new Decision(event);
			this.busy = true;
			checks(event).contextWrite(this.socket.context().reactor())
				.subscribe(null, decision::refused, decision::passed);
			if (decision.awaited()) {
				return;
			}
		}
	}

	private Mono<Void> checks(IncomingEvent event) {
		Mono<Void> checks = Mono.empty();
		for (EventMiddleware middleware : this.middlewares) {
			checks = checks.then(Mono.defer(() -> middleware.apply(event)));
		}
		return checks;
	}

	private void decided(IncomingEvent event, Runnable outcome) {
		this.busy = false;
		if (this.socket.connected()) {
			outcome.run();
		}
	}

	/**
	 * What becomes of one event: decided while it is asked for, or later and then by any
	 * thread.
	 */
	private final class Decision {

		private final IncomingEvent event;

		private boolean settled;

		private boolean paused;

		Decision(IncomingEvent event) {
			this.event = event;
		}

		void passed() {
			settle(() -> MiddlewareChain.this.socket.handle(this.event.name(), this.event.arguments(),
					this.event.acknowledgement()));
		}

		void refused(Throwable ex) {
			settle(() -> MiddlewareChain.this.errors.accept(ex));
		}

		private void settle(Runnable outcome) {
			MiddlewareChain.this.socket.session().inLane(() -> {
				this.settled = true;
				decided(this.event, outcome);
				if (this.paused) {
					MiddlewareChain.this.socket.resume();
					next();
				}
			});
		}

		boolean awaited() {
			if (!this.settled) {
				this.paused = true;
				MiddlewareChain.this.socket.pause();
			}
			return this.paused;
		}

	}

}
