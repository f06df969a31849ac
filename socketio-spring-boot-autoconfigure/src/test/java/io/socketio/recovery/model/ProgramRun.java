package io.socketio.recovery.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.SessionNotRecoveredEvent;
import io.socketio.recovery.model.ClientStep.Admission;
import io.socketio.recovery.model.EmitterStep.Flag;
import io.socketio.recovery.model.Program.Phase;
import io.socketio.recovery.model.Worlds.Place;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoSocket;

/**
 * Runs a program on a server, and collects what is needed to judge it.
 */
final class ProgramRun {

	private static final long PATIENCE_SECONDS = 90;

	private final Program program;

	private final Place place;

	private final Executor threads;

	private final List<SocketIoNamespace> namespaces = new ArrayList<>();

	private final AtomicLong clock = new AtomicLong();

	private final List<ModelClient> clients = new ArrayList<>();

	private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());

	private final List<Emitter> emitters = new ArrayList<>();

	private final List<Emitter.Quiet> quietEmitters = new ArrayList<>();

	private final Map<String, Emitter> emittersByName = new ConcurrentHashMap<>();

	private final Map<String, ModelSession> sessions = new ConcurrentHashMap<>();

	private final Queue<Disposable> disposables = new ConcurrentLinkedQueue<>();

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final Queue<String> trace = new ConcurrentLinkedQueue<>();

	private final AtomicInteger recoveries = new AtomicInteger();

	private final int firstEvent;

	private ProgramRun(Program program, Place place, Executor threads) {
		this.program = program;
		this.place = place;
		this.threads = threads;
		this.firstEvent = place.server.events().size();
		for (int i = 0; i < program.namespaces(); i++) {
			this.namespaces.add(place.namespace(this, program.main()));
			Emitter.Quiet quiet = new Emitter.Quiet("m" + i, i, this);
			this.quietEmitters.add(quiet);
			this.emittersByName.put(quiet.name, quiet);
		}
		for (int i = 0; i < program.emitters(); i++) {
			Emitter emitter = new Emitter("e" + i, i % program.namespaces(), this);
			this.emitters.add(emitter);
			this.emittersByName.put(emitter.name, emitter);
		}
		for (int i = 0; i < program.clients(); i++) {
			this.clients.add(new ModelClient(i, this, program.namespaces()));
		}
	}

	/**
	 * Run a program.
	 * @param program the program
	 * @param worlds the servers
	 * @param threads runs emitters and clients
	 * @return the outcome
	 */
	static Outcome run(Program program, Worlds worlds, Executor threads) {
		Place place = worlds.enter(program.world());
		try {
			return new ProgramRun(program, place, threads).run();
		}
		finally {
			worlds.leave(place);
		}
	}

	private Outcome run() {
		try {
			for (Phase phase : this.program.phases()) {
				if (!failed()) {
					run(phase);
				}
			}
			if (!failed()) {
				settle();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			violation("Interrupted");
		}
		finally {
			this.disposables.forEach(Disposable::dispose);
			this.clients.forEach(ModelClient::dispose);
		}
		if (!failed()) {
			new StreamCheck(this).run();
			checkReasons();
		}
		this.place.release(this, awaitNobody());
		return new Outcome(List.copyOf(this.violations), failed() ? List.copyOf(this.trace) : List.of(),
				this.recoveries.get(), (int) this.attempts.stream().filter(Attempt::lost).count());
	}

	private void run(Phase phase) throws InterruptedException {
		trace(() -> "phase");
		List<Runnable> tasks = new ArrayList<>();
		for (int i = 0; i < this.emitters.size(); i++) {
			Emitter emitter = this.emitters.get(i);
			List<EmitterStep> steps = phase.emitters().get(i);
			tasks.add(() -> emitter.execute(steps));
		}
		for (int i = 0; i < this.clients.size(); i++) {
			ModelClient client = this.clients.get(i);
			List<ClientStep> steps = phase.clients().get(i);
			tasks.add(() -> client.execute(steps));
		}
		runAll(tasks);
		if (failed()) {
			return;
		}
		trace(() -> "all rest");
		forgetUncertainRooms();
		checkRooms();
		for (int i = 0; i < this.quietEmitters.size(); i++) {
			this.quietEmitters.get(i).execute(phase.quiet().get(i));
		}
		checkRooms();
	}

	private void runAll(List<Runnable> tasks) throws InterruptedException {
		List<FutureTask<?>> futures = new ArrayList<>();
		for (Runnable task : tasks) {
			FutureTask<?> future = new FutureTask<>(task, null);
			futures.add(future);
			this.threads.execute(future);
		}
		for (FutureTask<?> future : futures) {
			try {
				future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			}
			catch (ExecutionException ex) {
				violation("A thread failed: " + describe(ex.getCause()));
			}
			catch (TimeoutException ex) {
				violation("A thread hangs");
			}
		}
	}

	private static String describe(Throwable ex) {
		StringBuilder text = new StringBuilder(ex.toString());
		for (StackTraceElement element : ex.getStackTrace()) {
			text.append("\n\tat ").append(element);
		}
		return text.toString();
	}

	// What is between phases

	private void forgetUncertainRooms() {
		for (ModelSession session : this.sessions.values()) {
			for (int number : session.uncertainRooms) {
				String room = quietRoom(session.namespace, number);
				this.namespaces.get(session.namespace).in(session.id).socketsLeave(room);
				inRoomOf(session).forEach((each) -> each.quietRooms.remove(room));
			}
			session.uncertainRooms.clear();
		}
	}

	private void checkRooms() {
		for (ModelClient client : this.clients) {
			for (int i = 0; i < this.namespaces.size(); i++) {
				Attempt attempt = client.attempt(i);
				ModelSession session = (attempt != null && attempt.connected()) ? attempt.session : null;
				SocketIoSocket socket = (session != null) ? session.live.get() : null;
				if (socket == null || session.doomed || session.left) {
					continue;
				}
				Set<String> actual = socket.rooms();
				Set<String> expected = new HashSet<>(Set.of(session.id));
				this.emitters.forEach((emitter) -> expected.addAll(emitter.rooms(session)));
				expected.addAll(this.quietEmitters.get(i).rooms(session));
				if (!actual.isEmpty() && !actual.equals(expected)) {
					violation("Rooms of " + attempt + " are " + actual + " and should be " + expected);
				}
				if (!socket.data().equals(session.data)) {
					violation("Data of " + attempt + " is " + socket.data() + " and should be " + session.data);
				}
			}
		}
	}

	// The end

	private void settle() throws InterruptedException {
		List<Runnable> tasks = new ArrayList<>();
		this.clients.forEach((client) -> tasks.add(client::settle));
		runAll(tasks);
		forgetUncertainRooms();
		checkRooms();
		for (Emitter emitter : this.quietEmitters) {
			emitter.execute(List.of(new EmitterStep(EmitterStep.Kind.EMIT_TO_ALL, 0, 0, 0, Set.of())));
		}
		for (ModelClient client : this.clients) {
			await("client " + client.index + " has got everything", () -> {
				client.settle();
				return complete(client);
			});
		}
	}

	private boolean complete(ModelClient client) {
		for (int i = 0; i < this.namespaces.size(); i++) {
			Attempt attempt = client.attempt(i);
			Emission last = lastExpected(i);
			boolean expected = attempt.connected() && last.addressed(attempt.session) == Emission.Addressed.YES;
			if (!attempt.connected() || expected && attempt.chain().stream().noneMatch((each) -> each.received(last))) {
				return false;
			}
			for (Emitter emitter : this.emitters) {
				synchronized (emitter.emissions) {
					for (Emission emission : emitter.emissions) {
						if (emission.is(Flag.ACK) && !emission.acknowledged
								&& emission.addressed(attempt.session) == Emission.Addressed.YES) {
							return false;
						}
					}
				}
			}
		}
		return true;
	}

	private void await(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (!condition.getAsBoolean() && !failed()) {
			if (System.nanoTime() > deadline) {
				violation("Not in time: " + what);
			}
			ModelClient.sleep(1);
		}
	}

	private List<SocketIoSocket> awaitNobody() {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		List<SocketIoSocket> live = live();
		while (this.program.main() && !live.isEmpty() && System.nanoTime() < deadline) {
			ModelClient.sleep(1);
			live = live();
		}
		return live;
	}

	private List<SocketIoSocket> live() {
		List<SocketIoSocket> live = new ArrayList<>();
		for (ModelSession session : this.sessions.values()) {
			SocketIoSocket socket = session.live.get();
			if (socket != null) {
				live.add(socket);
			}
		}
		return live;
	}

	// Reasons

	/**
	 * Why a session may not have been recovered just now.
	 * @param attempt the attempt, which still has the session it asked for
	 * @return the reasons
	 */
	Set<RecoveryFailure> excuses(Attempt attempt) {
		Set<RecoveryFailure> excuses = EnumSet.noneOf(RecoveryFailure.class);
		ModelSession session = attempt.session;
		long away = System.nanoTime() - session.disconnectedNanos;
		if (this.program.world() == World.SHORT_LIVED && session.disconnectedNanos != Long.MAX_VALUE
				&& away >= World.SHORT_LIFE.toNanos()) {
			excuses.add(RecoveryFailure.EXPIRED);
		}
		if (this.program.world() == World.SMALL_LOG && loggedSince(attempt) >= World.SMALL_LOG_EVENTS) {
			excuses.add(RecoveryFailure.LOG_OVERFLOW);
		}
		return excuses;
	}

	private int loggedSince(Attempt attempt) {
		long since = attempt.session.asked;
		for (Attempt earlier : attempt.chain()) {
			for (Attempt.Received event : earlier.received()) {
				if (event.offset() != null) {
					since = event.emission().start;
				}
			}
		}
		int count = 0;
		for (Emitter emitter : this.emittersByName.values()) {
			if (emitter.namespace == attempt.namespace) {
				synchronized (emitter.emissions) {
					for (Emission emission : emitter.emissions) {
						count += (emission.logged() && emission.end > since) ? 1 : 0;
					}
				}
			}
		}
		return count;
	}

	private static Set<RecoveryFailure> reasons(Attempt attempt) {
		Set<RecoveryFailure> reasons = EnumSet.noneOf(RecoveryFailure.class);
		ModelSession session = attempt.parent.session;
		reasons.addAll(session.excuses);
		if (session.left) {
			reasons.add(RecoveryFailure.UNKNOWN_SESSION);
		}
		if (session.doomed) {
			reasons.add(RecoveryFailure.FORGOTTEN);
		}
		if (session.bogusOffset) {
			reasons.add(RecoveryFailure.UNKNOWN_OFFSET);
		}
		return reasons;
	}

	private void checkReasons() {
		Set<RecoveryFailure> possible = EnumSet.noneOf(RecoveryFailure.class);
		int lost = 0;
		for (Attempt attempt : List.copyOf(this.attempts)) {
			if (attempt.lost()) {
				lost++;
				possible.addAll(reasons(attempt));
				if (reasons(attempt).isEmpty()) {
					violation("Not recovered for no reason: " + attempt + ", before: " + attempt.parent + "; "
							+ notRecovered());
				}
			}
			else if (attempt.recovered && attempt.asked > attempt.session.revoked) {
				violation("Recovered although it was revoked at " + attempt.session.revoked + ": " + attempt);
			}
		}
		List<SessionNotRecoveredEvent> events = notRecovered();
		if (events.size() < lost) {
			violation(lost + " sessions were not recovered, and there are reasons for " + events);
		}
		for (SessionNotRecoveredEvent event : events) {
			if (!possible.contains(event.reason()) && !this.hasUnanswered()) {
				violation("Not recovered for a wrong reason: " + event + ", possible are " + possible);
			}
		}
	}

	// Then there may be failures that no client has heard of
	private boolean hasUnanswered() {
		return this.attempts.stream().anyMatch((attempt) -> attempt.state == Attempt.State.ASKING);
	}

	private List<SessionNotRecoveredEvent> notRecovered() {
		List<SessionNotRecoveredEvent> found = new ArrayList<>();
		Object[] events = this.place.server.events().toArray();
		Set<String> names = new HashSet<>();
		this.namespaces.forEach((namespace) -> names.add(namespace.name()));
		for (int i = this.firstEvent; i < events.length; i++) {
			if (events[i] instanceof SessionNotRecoveredEvent failure && names.contains(failure.namespace())) {
				found.add(failure);
			}
		}
		return found;
	}

	// Called by the server

	Mono<Void> admit(SocketIoSocket socket) {
		Attempt attempt = attempt(socket);
		Mono<Void> delay = Mono.delay(Duration.ofMillis(1 + attempt.number * 2L)).then();
		trace(() -> "middleware for " + attempt + ", recovered " + socket.recovered());
		return switch (attempt.admission) {
			case PASS -> Mono.empty();
			case WAIT -> delay;
			case REFUSE -> Mono.error(new ConnectionRefusedException("no"));
			case WAIT_AND_REFUSE -> delay.then(Mono.error(new ConnectionRefusedException("no")));
			case EMIT -> {
				emitter("w" + attempt.id, attempt.namespace).emitBySocket(socket,
						Set.of(session(attempt.namespace, socket.id())), Set.of(), true);
				yield delay;
			}
			case JOIN, LEAVE -> {
				attempt.changes(changeRoom(socket, attempt.number, attempt.admission == Admission.JOIN));
				yield delay;
			}
		};
	}

	private Attempt attempt(SocketIoSocket socket) {
		return this.attempts.get(socket.handshake().auth("attempt", Integer.class));
	}

	private Emitter emitter(String name, int namespace) {
		return this.emittersByName.computeIfAbsent(name, (created) -> new Emitter(created, namespace, this));
	}

	private Runnable changeRoom(SocketIoSocket socket, int number, boolean join) {
		ModelSession session = session(attempt(socket).namespace, socket.id());
		String room = quietRoom(session.namespace, number);
		if (join) {
			socket.join(room);
		}
		else {
			socket.leave(room);
		}
		trace(() -> session + " is now in " + socket.rooms());
		if (socket.rooms().contains(room) != join) {
			violation(session + " could not " + (join ? "join " : "leave ") + room);
		}
		return join ? () -> session.quietRooms.add(room) : () -> session.quietRooms.remove(room);
	}

	private static String quietRoom(int namespace, int number) {
		return "m" + namespace + "-" + number;
	}

	void connected(SocketIoSocket socket) {
		Attempt attempt = attempt(socket);
		ModelSession session = session(attempt.namespace, socket.id());
		trace(() -> "connected at the server: " + session + ", recovered " + socket.recovered());
		attempt.letIn();
		if (session.live.getAndSet(socket) != null) {
			violation("Two owners of " + session);
		}
		if (socket.recovered() != !session.sockets.isEmpty()) {
			violation(socket + " says recovered=" + socket.recovered());
		}
		if (session.gone) {
			violation("Recovered although it had left: " + session);
		}
		if (socket.recovered()) {
			this.recoveries.incrementAndGet();
		}
		session.sockets.add(socket);
		session.known(tick());
		Emitter middleware = this.emittersByName.get("w" + attempt.id);
		if (middleware != null) {
			middleware.emissions.forEach((emission) -> emission.letIn |= emission.of(session));
		}
		socket.onDisconnecting((reason) -> session.disconnectedNanos = System.nanoTime());
		socket.onDisconnect((reason) -> disconnected(session, socket, reason));
		socket.on("room", (arguments, acknowledgement) -> {
			changeRoom(socket, arguments.get(0, Integer.class), arguments.get(1, Boolean.class)).run();
			acknowledgement.send();
		});
		if (!this.program.uses(EmitterStep.Kind.JOIN_OTHER)) {
			emitter("c" + attempt.id, attempt.namespace).emitBySocket(socket, Set.of(session), Set.of(), false);
		}
	}

	private void disconnected(ModelSession session, SocketIoSocket socket, DisconnectReason reason) {
		trace(() -> "disconnected at the server: " + session + ", " + reason);
		session.live.compareAndSet(socket, null);
		session.gone |= !reason.recoverable();
	}

	// Called by clients and emitters

	long tick() {
		return this.clock.incrementAndGet();
	}

	void trace(Supplier<String> text) {
		this.trace.add(this.clock.get() + " [" + Thread.currentThread().getName() + "] " + text.get());
	}

	void violation(String text) {
		trace(() -> "VIOLATION " + text);
		this.violations.add(text);
	}

	boolean failed() {
		return !this.violations.isEmpty();
	}

	void hold(Disposable disposable) {
		this.disposables.add(disposable);
	}

	int port() {
		return this.place.server.port();
	}

	SocketIoNamespace io(int namespace) {
		return this.namespaces.get(namespace);
	}

	String namespace(int index) {
		return this.namespaces.get(index).name();
	}

	ModelClient client(int index) {
		return this.clients.get(index);
	}

	ModelSession session(int namespace, String id) {
		return this.sessions.computeIfAbsent(namespace + " " + id, (key) -> new ModelSession(namespace, id));
	}

	Collection<ModelSession> sessions(int namespace) {
		return this.sessions.values().stream().filter((session) -> session.namespace == namespace).toList();
	}

	/**
	 * Who is in the room that is named after a session.
	 * @param session the session
	 * @return the session, and others that have joined its room
	 */
	Set<ModelSession> inRoomOf(ModelSession session) {
		Set<ModelSession> members = new HashSet<>(Set.of(session));
		if (this.program.emitters() == 1) {
			members.addAll(this.emitters.get(0).members(session.id));
		}
		return members;
	}

	List<ModelSession> allSessions(ModelClient client) {
		List<ModelSession> all = new ArrayList<>();
		for (int i = 0; i < this.namespaces.size(); i++) {
			ModelSession session = client.session(i);
			if (session != null) {
				all.add(session);
			}
		}
		return all;
	}

	Attempt attempt(ModelClient client, ModelConnection connection, int namespace, Attempt parent, Admission admission,
			int number, boolean bogusOffset) {
		synchronized (this.attempts) {
			Attempt attempt = new Attempt(this.attempts.size(), client, connection, namespace, parent, admission,
					number, bogusOffset);
			this.attempts.add(attempt);
			return attempt;
		}
	}

	Emission emission(String emitter, int number) {
		Emitter found = this.emittersByName.get(emitter);
		return (found != null && number < found.emissions.size()) ? found.emissions.get(number) : null;
	}

	void offset(Emission emission, String offset) {
		String known = emission.offset;
		if (known != null && !known.equals(offset)) {
			violation(emission + " has the offsets " + known + " and " + offset);
		}
		emission.offset = offset;
	}

	/**
	 * A connection was closed by the server although the client was content.
	 * @param connection the connection
	 * @param description what the client saw of it
	 */
	void closedByServer(ModelConnection connection, String description) {
		boolean expected = this.program.world().unsteady() || this.program.uses(ClientStep.Kind.TWIN)
				|| this.program.uses(EmitterStep.Kind.DISCONNECT);
		if (!expected && !connection.client.broken) {
			violation("Closed by the server for no reason, " + description + ": " + connection.attempts());
		}
	}

	// For the check

	Program program() {
		return this.program;
	}

	List<Attempt> attempts() {
		return List.copyOf(this.attempts);
	}

	/**
	 * The event behind which nothing is waited for.
	 * @param namespace the namespace
	 * @return the event
	 */
	Emission lastExpected(int namespace) {
		List<Emission> emissions = this.quietEmitters.get(namespace).emissions;
		return emissions.get(emissions.size() - 1);
	}

	Collection<Emitter> allEmitters() {
		return this.emittersByName.values();
	}

	/**
	 * The outcome of a run.
	 *
	 * @param violations what was wrong
	 * @param trace what happened, if something was wrong
	 * @param recoveries number of recoveries
	 * @param losses number of sessions that were not recovered
	 */
	record Outcome(List<String> violations, List<String> trace, int recoveries, int losses) {

	}

}
