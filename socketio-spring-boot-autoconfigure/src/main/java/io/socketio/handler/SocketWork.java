package io.socketio.handler;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

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
 * starts whatever has arrived meanwhile. An unsettled {@link ConnectCall} keeps the queue
 * owned without a thread.
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

	private volatile int waiting;

	private volatile boolean setUpFailed;

	private @Nullable HandlerCall head;

	private @Nullable HandlerCall tail;

	SocketWork(NamespaceHandlers handlers, SocketIoSocket socket, ReadControl reads) {
		this.handlers = handlers;
		this.socket = socket;
		this.context = socket.context();
		this.throttle = new ReadThrottle(reads, handlers.maxPendingEvents());
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

	@Override
	public void event(String event, EventArguments arguments, Acknowledgement acknowledgement) {
		CompiledHandler handler = this.handlers.event(event);
		if (handler != null) {
			this.throttle.started();
			submit(new EventCall(this, handler, event, arguments, acknowledgement));
		}
	}

	@Override
	public void disconnected(DisconnectReason reason) {
		this.throttle.close();
		for (CompiledHandler handler : this.handlers.disconnect()) {
			submit(new DisconnectCall(this, handler, reason));
		}
	}

	void eventFinished() {
		this.throttle.finished();
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
	void runBlocking(HandlerCall call) {
		run(call, true);
	}

	private void submit(HandlerCall call) {
		if (WAITING.compareAndSet(this, 0, 1)) {
			run(call, false);
			return;
		}
		append(call);
		if (WAITING.getAndIncrement(this) == 0) {
			run(take(), false);
		}
	}

	private void run(@Nullable HandlerCall first, boolean mayBlock) {
		int started = 0;
		for (HandlerCall call = first; call != null; call = next()) {
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
			if (!call.start()) {
				return;
			}
		}
	}

	private @Nullable RuntimeException handOver(HandlerCall call) {
		try {
			this.handlers.executor().execute(() -> runBlocking(call));
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private @Nullable HandlerCall next() {
		return (WAITING.decrementAndGet(this) != 0) ? take() : null;
	}

	private synchronized void append(HandlerCall call) {
		HandlerCall tail = this.tail;
		if (tail != null) {
			tail.next = call;
		}
		else {
			this.head = call;
		}
		this.tail = call;
	}

	private synchronized @Nullable HandlerCall take() {
		HandlerCall call = this.head;
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
