package io.socketio.recovery.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

import io.socketio.recovery.model.Attempt.Received;
import io.socketio.recovery.model.Attempt.State;
import io.socketio.recovery.model.ClientStep.Admission;
import io.socketio.recovery.model.ClientStep.Cut;
import io.socketio.recovery.model.ClientStep.LinkType;

/**
 * A client: keeps what the official one keeps, and does its steps one after the other.
 */
final class ModelClient {

	private static final int MAX_RECONNECTS = 200;

	final int index;

	private final ProgramRun run;

	/**
	 * The newest attempt in each namespace.
	 */
	private final Attempt[] attempts;

	/**
	 * The newest session in each namespace.
	 */
	private final AtomicReferenceArray<ModelSession> sessions;

	private final List<ModelConnection> connections = new ArrayList<>();

	private final Queue<Received> heldAcks = new ConcurrentLinkedQueue<>();

	private final AtomicLong ackIds = new AtomicLong();

	private final ConcurrentMap<Long, Boolean> answers = new ConcurrentHashMap<>();

	private volatile boolean holdAcks;

	/**
	 * A connection was cut before its CONNECT was answered: the server may see that
	 * packet late, and take the client's newer connection for the older one.
	 */
	volatile boolean broken;

	private ModelConnection current;

	private int cutReplay = -1;

	private Cut replayCut = Cut.RESET;

	ModelClient(int index, ProgramRun run, int namespaces) {
		this.index = index;
		this.run = run;
		this.attempts = new Attempt[namespaces];
		this.sessions = new AtomicReferenceArray<>(namespaces);
	}

	// Called by connections

	void known(Attempt attempt) {
		this.sessions.set(attempt.namespace, attempt.session);
	}

	void acknowledge(Received event) {
		if (this.holdAcks) {
			this.heldAcks.add(event);
		}
		else {
			event.attempt().connection.sendAck(event);
		}
	}

	void answered(long id) {
		this.answers.put(id, true);
	}

	// Called by emitters

	ModelSession session(int namespace) {
		return this.sessions.get(namespace);
	}

	// Called by the client's own thread, or when it rests

	Attempt attempt(int namespace) {
		return this.attempts[namespace];
	}

	boolean usable() {
		return this.current != null && this.current.usable();
	}

	void execute(List<ClientStep> steps) {
		for (ClientStep step : steps) {
			this.run.trace(() -> "client " + this.index + ": " + step);
			execute(step);
		}
	}

	private void execute(ClientStep step) {
		switch (step.kind()) {
			case CUT -> cut(step.cut());
			case CUT_AFTER -> {
				if (usable()) {
					this.current.cutAfter(step.number(), step.cut());
				}
			}
			case CUT_REPLAY -> {
				this.cutReplay = step.number();
				this.replayCut = step.cut();
			}
			case RECONNECT -> reconnect(step, false);
			case BOGUS_OFFSET -> reconnect(step, true);
			case TWIN -> twin(step);
			case LEAVE -> leave(step);
			case PAUSE, RESUME -> {
				if (usable()) {
					this.current.pause(step.kind() == ClientStep.Kind.PAUSE);
				}
			}
			case HOLD_ACKS -> holdAcks(true);
			case QUIET_JOIN, QUIET_LEAVE -> changeRoom(step);
			case SLEEP -> sleep(step.number());
		}
	}

	private void holdAcks(boolean hold) {
		this.holdAcks = hold;
	}

	static void sleep(long millis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private void cut(Cut cut) {
		if (this.current != null) {
			this.current.abandon(cut);
		}
	}

	/**
	 * Connect until the server has let the client in, to all namespaces.
	 * @param step how; only the first attempt is subject to it
	 * @param bogusOffset whether to send a wrong offset
	 */
	private void reconnect(ClientStep step, boolean bogusOffset) {
		cut(Cut.FREEZE);
		ModelConnection connection = connection();
		prepare(connection, step.admission(), step.number(), bogusOffset);
		connection.open(step.link());
		for (int i = 0; i < MAX_RECONNECTS; i++) {
			if (!connection.awaitAnswers()) {
				if (this.run.failed()) {
					return;
				}
				cut(Cut.RESET);
				connection = connection();
				prepare(connection, Admission.PASS, 0, false);
				connection.open(LinkType.WEBSOCKET);
			}
			else if (!retryRefused(connection)) {
				return;
			}
		}
		this.run.violation("Client " + this.index + " is not let in");
	}

	private boolean retryRefused(ModelConnection connection) {
		boolean refused = false;
		for (Attempt attempt : connection.attempts()) {
			if (attempt.state == State.REFUSED) {
				refused = true;
				adopt(attempt(connection, attempt.namespace, Admission.PASS, 0, false));
			}
		}
		return refused;
	}

	private ModelConnection connection() {
		ModelConnection connection = new ModelConnection(this.run, this);
		this.connections.add(connection);
		return connection;
	}

	private void prepare(ModelConnection connection, Admission admission, int number, boolean bogusOffset) {
		this.current = connection;
		if (this.cutReplay >= 0) {
			connection.cutReplay(this.cutReplay, this.replayCut);
			this.cutReplay = -1;
		}
		for (int i = 0; i < this.attempts.length; i++) {
			adopt(attempt(connection, i, admission, number, bogusOffset));
		}
	}

	private Attempt attempt(ModelConnection connection, int namespace, Admission admission, int number,
			boolean bogusOffset) {
		Attempt parent = this.attempts[namespace];
		boolean bogus = bogusOffset && parent != null && parent.privateId != null;
		Attempt attempt = this.run.attempt(this, connection, namespace, parent, admission, number, bogus);
		connection.add(attempt);
		return attempt;
	}

	private void adopt(Attempt attempt) {
		this.attempts[attempt.namespace] = attempt;
	}

	/**
	 * Connect twice at once. One connection wins, and the client goes on with that.
	 * @param step how
	 */
	private void twin(ClientStep step) {
		if (this.attempts.length > 1) {
			reconnect(step, false);
			return;
		}
		cut(Cut.FREEZE);
		List<Attempt> twins = new ArrayList<>();
		List<ModelConnection> both = List.of(connection(), connection());
		for (ModelConnection connection : both) {
			twins.add(attempt(connection, 0, step.admission(), step.number(), false));
		}
		both.get(0).open(step.link());
		both.get(1).open(LinkType.WEBSOCKET);
		both.forEach(ModelConnection::awaitAnswers);
		Attempt first = twins.get(0);
		Attempt second = twins.get(1);
		if (first.state == State.CONNECTED && second.state == State.CONNECTED && first.session == second.session) {
			// One has taken the session over from the other, which hears of it
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
			while (both.get(0).usable() && both.get(1).usable() && System.nanoTime() < deadline) {
				sleep(1);
			}
			if (both.get(0).usable() && both.get(1).usable()) {
				this.run.violation("Two owners: " + first + " and " + second);
			}
		}
		Attempt winner = better(first, second);
		Attempt loser = (winner == first) ? second : first;
		loser.connection.abandon(Cut.RESET);
		this.current = winner.connection;
		adopt(winner);
		if (winner.connected()) {
			known(winner);
		}
		if (!winner.connection.usable() || winner.state == State.REFUSED) {
			reconnect(new ClientStep(ClientStep.Kind.RECONNECT), false);
		}
	}

	private static Attempt better(Attempt first, Attempt second) {
		return (score(first) > score(second)) ? first : second;
	}

	private static int score(Attempt attempt) {
		int score = attempt.connection.usable() ? 1 : 0;
		return score + ((attempt.state != State.CONNECTED) ? 0 : attempt.recovered ? 4 : 2);
	}

	private void leave(ClientStep step) {
		if (!usable()) {
			return;
		}
		for (Attempt attempt : this.attempts) {
			this.current.leave(attempt);
		}
		sleep(step.number());
		this.current.abandon(Cut.CLOSE);
		reconnect(step, false);
	}

	private void changeRoom(ClientStep step) {
		for (int i = 0; i < this.attempts.length; i++) {
			if (!usable() || this.attempts[i].state != State.CONNECTED) {
				continue;
			}
			this.current.cutAfter(-1, Cut.RESET);
			this.current.pause(false);
			long id = this.ackIds.getAndIncrement();
			ModelSession session = this.attempts[i].session;
			this.current.sendEvent(i, id,
					"[\"room\"," + step.number() + "," + (step.kind() == ClientStep.Kind.QUIET_JOIN) + "]");
			Attempt attempt = this.attempts[i];
			this.current.await("an acknowledgement",
					() -> this.answers.containsKey(id) || attempt.state != State.CONNECTED);
			if (!this.answers.containsKey(id)) {
				session.uncertainRooms.add(step.number());
			}
		}
	}

	// The end

	/**
	 * Be connected, whatever happened, and answer what was left unanswered.
	 */
	void settle() {
		this.cutReplay = -1;
		holdAcks(false);
		boolean connected = usable();
		for (Attempt attempt : this.attempts) {
			connected &= attempt != null && attempt.state == State.CONNECTED;
		}
		if (connected) {
			this.current.cutAfter(-1, Cut.RESET);
			this.current.pause(false);
		}
		else {
			reconnect(new ClientStep(ClientStep.Kind.RECONNECT), false);
		}
		for (Received held = this.heldAcks.poll(); held != null; held = this.heldAcks.poll()) {
			this.current.sendAck(held);
		}
	}

	ModelConnection current() {
		return this.current;
	}

	void dispose() {
		this.connections.forEach(ModelConnection::dispose);
	}

}
