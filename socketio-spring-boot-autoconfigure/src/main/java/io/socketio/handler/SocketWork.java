package io.socketio.handler;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.ReadControl;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketHandler;
import io.socketio.server.SocketIoSocket;

/**
 * The handler calls of one socket, started in the order of arrival.
 * <p>
 * At any time at most one thread owns the queue: the one that raised {@code waiting} from
 * zero, until it has lowered it to zero again. When the queue is empty that is the
 * calling thread, so a handler that returns a reactive type is called at once. For a
 * blocking handler the owner hands the queue over to the executor, whose thread then
 * starts whatever has arrived meanwhile. An unsettled {@link ConnectCall}, and a call
 * that waits at the {@link OverlapGate}, keep the queue owned without a thread.
 */
final class SocketWork implements SocketHandler {

	/**
	 * Calls that one task of the executor starts before others get a turn.
	 */
	private static final int BATCH = 16;

	private static final AtomicIntegerFieldUpdater<SocketWork> WAITING = AtomicIntegerFieldUpdater
		.newUpdater(SocketWork.class, "waiting");

	private final NamespaceHandlers handlers;

	private final SocketIoSocket socket;

	private final SocketContext context;

	private final ReadThrottle throttle;

	private final OverlapGate gate;

	private volatile int waiting;

	private volatile boolean setUpFailed;

	/**
	 * The call that waits at the gate, if there is one; belongs to who owns the queue.
	 */
	private @Nullable QueuedCall parked;

	private @Nullable QueuedCall head;

	private @Nullable QueuedCall tail;

	SocketWork(NamespaceHandlers handlers, SocketIoSocket socket, ReadControl reads) {
		this.handlers = handlers;
		this.socket = socket;
		this.context = socket.context();
		HandlerLimits limits = handlers.limits();
		this.throttle = new ReadThrottle(reads, limits.maxPending());
		this.gate = new OverlapGate(limits.slots());
	}

	SocketIoSocket socket() {
		return this.socket;
	}

	SocketContext context() {
		return this.context;
	}

	HandlerErrors errors() {
		return this.handlers.errors();
	}

	void connected() {
		for (CompiledHandler handler : this.handlers.connect()) {
			submit(new ConnectCall(this, handler));
		}
	}

	void execute(Runnable task) {
		this.handlers.executor().execute(task);
	}

	@Override
	public void event(String event, EventArguments arguments, Acknowledgement acknowledgement) {
		List<CompiledHandler> any = this.handlers.any();
		for (int i = 0; i < any.size(); i++) {
			submitEvent(any.get(i), event, arguments, acknowledgement);
		}
		CompiledHandler handler = this.handlers.event(event);
		if (handler != null) {
			submitEvent(handler, event, arguments, acknowledgement);
		}
	}

	private void submitEvent(CompiledHandler handler, String event, EventArguments arguments,
			Acknowledgement acknowledgement) {
		this.throttle.started();
		submit(new EventCall(this, handler, event, arguments, acknowledgement));
	}

	@Override
	public void disconnected(DisconnectReason reason) {
		this.throttle.close();
		for (CompiledHandler handler : this.handlers.disconnect()) {
			submit(new DisconnectCall(this, handler, reason));
		}
		// Handlers that never finish must not keep those of the disconnect from being
		// called
		if (this.gate.lift(this.handlers.limits().maxConcurrent())) {
			unpark();
		}
	}

	void eventFinished(CompiledHandler handler) {
		this.throttle.finished();
		if (!handler.blocking() && this.gate.leave(handler.overlap())) {
			unpark();
		}
	}

	void eventNotStarted() {
		this.throttle.finished();
	}

	private void unpark() {
		QueuedCall call = this.parked;
		Assert.state(call != null, "No call is waiting");
		this.parked = null;
		call.start();
		run(next(), false);
	}

	/**
	 * A socket that is not set up must not go on: its events are not handled, and it is
	 * disconnected.
	 */
	void setUpFailed() {
		this.setUpFailed = true;
		try {
			this.socket.disconnect();
		}
		catch (RuntimeException ex) {
			errors().notDisconnected(this.socket, ex);
		}
	}

	/**
	 * Go on behind a call that kept the queue.
	 */
	void proceed() {
		run(next(), false);
	}

	/**
	 * Go on with a call, on a thread that may block.
	 * @param call the call
	 */
	void runBlocking(QueuedCall call) {
		run(call, true);
	}

	private void submit(QueuedCall call) {
		if (WAITING.compareAndSet(this, 0, 1)) {
			run(call, false);
			return;
		}
		append(call);
		if (WAITING.getAndIncrement(this) == 0) {
			run(take(), false);
		}
	}

	private void run(@Nullable QueuedCall first, boolean mayBlock) {
		int started = 0;
		for (QueuedCall call = first; call != null; call = next()) {
			if (this.setUpFailed && call.skip()) {
				continue;
			}
			if (call.handler().blocking() && !mayBlock) {
				RuntimeException rejection = handOver(call);
				if (rejection == null || call.reject(rejection)) {
					return;
				}
				continue;
			}
			if (mayBlock && started++ == BATCH) {
				if (handOver(call) == null) {
					return;
				}
				started = 1;
			}
			if (!enter(call) || !call.start()) {
				return;
			}
		}
	}

	private boolean enter(QueuedCall call) {
		CompiledHandler handler = call.handler();
		if (handler.blocking() || !call.limited()) {
			return true;
		}
		this.parked = call;
		if (!this.gate.enter(handler.overlap())) {
			return false;
		}
		this.parked = null;
		return true;
	}

	private @Nullable RuntimeException handOver(QueuedCall call) {
		try {
			execute(() -> runBlocking(call));
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private @Nullable QueuedCall next() {
		return (WAITING.decrementAndGet(this) != 0) ? take() : null;
	}

	private synchronized void append(QueuedCall call) {
		QueuedCall tail = this.tail;
		if (tail != null) {
			tail.next = call;
		}
		else {
			this.head = call;
		}
		this.tail = call;
	}

	private synchronized @Nullable QueuedCall take() {
		QueuedCall call = this.head;
		if (call != null) {
			this.head = call.next;
			call.next = null;
			if (this.head == null) {
				this.tail = null;
			}
		}
		return call;
	}

}
