package io.socketio.recovery.model;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.socketio.recovery.model.ClientStep.Admission;

/**
 * A client's connection to one namespace, from the CONNECT packet on. Guarded by its
 * {@link ModelConnection}.
 */
final class Attempt {

	final int id;

	final ModelClient client;

	final ModelConnection connection;

	final int namespace;

	/**
	 * The one before, whose state this one asks for.
	 */
	final Attempt parent;

	final Admission admission;

	/**
	 * A number for the admission.
	 */
	final int number;

	final boolean bogusOffset;

	volatile long asked;

	volatile State state = State.ASKING;

	/**
	 * What the client knows: as long as there is no answer, from before.
	 */
	volatile String privateId;

	volatile String offset;

	volatile ModelSession session;

	volatile boolean recovered;

	/**
	 * What a middleware has changed: it counts when the server has let the socket in.
	 */
	private final AtomicReference<Runnable> changes = new AtomicReference<>(() -> {
	});

	/**
	 * Events before the answer.
	 */
	final List<Received> buffer = new ArrayList<>();

	/**
	 * Events that the client has processed.
	 */
	final List<Received> received = new ArrayList<>();

	Attempt(int id, ModelClient client, ModelConnection connection, int namespace, Attempt parent, Admission admission,
			int number, boolean bogusOffset) {
		this.id = id;
		this.client = client;
		this.connection = connection;
		this.namespace = namespace;
		this.parent = parent;
		this.admission = admission;
		this.number = number;
		this.bogusOffset = bogusOffset;
		if (parent != null) {
			this.privateId = parent.privateId;
			this.offset = parent.offset;
			this.session = parent.session;
		}
	}

	void changes(Runnable whenLetIn) {
		this.changes.set(whenLetIn);
	}

	void letIn() {
		this.changes.getAndSet(() -> {
		}).run();
	}

	boolean connected() {
		return this.state != State.ASKING && this.state != State.REFUSED;
	}

	boolean lost() {
		return connected() && !this.recovered && this.parent != null && this.parent.privateId != null;
	}

	List<Received> received() {
		synchronized (this.connection) {
			return List.copyOf(this.received);
		}
	}

	boolean received(Emission emission) {
		synchronized (this.connection) {
			return this.received.stream().anyMatch((event) -> event.emission() == emission);
		}
	}

	/**
	 * The attempts with the same session, this one last.
	 * @return the attempts
	 */
	List<Attempt> chain() {
		LinkedList<Attempt> chain = new LinkedList<>();
		for (Attempt attempt = this; attempt != null && attempt.session == this.session; attempt = attempt.parent) {
			chain.addFirst(attempt);
		}
		return chain;
	}

	@Override
	public String toString() {
		return "client " + this.client.index + ", attempt " + this.id + ", " + this.state
				+ (this.recovered ? ", recovered " : ", new ") + this.session;
	}

	enum State {

		ASKING, CONNECTED, REFUSED, DISCONNECTED, LEFT

	}

	/**
	 * An event as a client got it.
	 *
	 * @param emission the event
	 * @param offset its offset, or {@code null}
	 * @param ackId id of the acknowledgement it asks for, or -1
	 * @param attempt over which it came
	 * @param early whether it came before the answer to CONNECT
	 */
	record Received(Emission emission, String offset, long ackId, Attempt attempt, boolean early) {

	}

}
