package io.socketio.recovery.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.socketio.recovery.model.EmitterStep.Flag;
import io.socketio.server.BroadcastOperator;
import io.socketio.server.SocketEmitter;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoSocket;

/**
 * Emits events of one thread at a time, and knows who is in its rooms, since nobody else
 * changes them.
 */
class Emitter {

	private static final Duration ACK_TIMEOUT = Duration.ofMinutes(5);

	private static final String PADDING = "x".repeat(2500);

	final String name;

	final int namespace;

	final List<Emission> emissions = Collections.synchronizedList(new ArrayList<>());

	protected final ProgramRun run;

	private final SocketIoNamespace io;

	private final Map<String, Set<ModelSession>> rooms = new HashMap<>();

	private int dataValue;

	Emitter(String name, int namespace, ProgramRun run) {
		this.name = name;
		this.namespace = namespace;
		this.run = run;
		this.io = run.io(namespace);
	}

	void execute(List<EmitterStep> steps) {
		for (EmitterStep step : steps) {
			execute(step);
		}
	}

	private void execute(EmitterStep step) {
		ModelSession session = this.run.client(step.client()).session(this.namespace);
		switch (step.kind()) {
			case EMIT_TO_ROOMS -> emitToRooms(step, session);
			case EMIT_TO_ALL -> emitToAll(step, session);
			case YIELD -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(step.rooms()));
			case MOVE -> move(step.rooms() % ProgramGenerator.ROOMS, (step.rooms() + 1) % ProgramGenerator.ROOMS);
			default -> {
				if (session != null) {
					execute(step, session);
				}
			}
		}
	}

	private void execute(EmitterStep step, ModelSession session) {
		this.run.trace(() -> this.name + ": " + step + " " + session);
		String room = room(step.rooms() % ProgramGenerator.ROOMS);
		switch (step.kind()) {
			case EMIT_TO_CLIENT -> emitToClient(step, session);
			case JOIN -> join(session, room, step.flags().contains(Flag.BY_SOCKET));
			case LEAVE -> leave(session, room, step.flags().contains(Flag.BY_SOCKET));
			case JOIN_OTHER -> {
				ModelSession other = this.run.client(step.other()).session(this.namespace);
				if (other != null && other != session) {
					join(session, other.id, false);
				}
			}
			case DATA -> {
				SocketIoSocket socket = session.lastSocket();
				if (socket != null) {
					int value = ++this.dataValue;
					socket.data().put(this.name, value);
					session.data.put(this.name, value);
				}
			}
			case FORGET -> {
				session.doomed = true;
				if (this.io.forgetSession(session.id)) {
					session.revoked(this.run.tick());
				}
			}
			case DISCONNECT -> disconnect(step, session);
			default -> throw new IllegalStateException(step.toString());
		}
	}

	// Rooms

	private String room(int number) {
		return this.name + "-" + number;
	}

	Set<ModelSession> members(String room) {
		return this.rooms.getOrDefault(room, Set.of());
	}

	void joined(ModelSession session, String room) {
		this.rooms.computeIfAbsent(room, (name) -> new HashSet<>()).add(session);
	}

	void left(ModelSession session, String room) {
		this.rooms.getOrDefault(room, new HashSet<>()).remove(session);
	}

	/**
	 * Rooms of this emitter that a session is in.
	 * @param session the session
	 * @return names of the rooms
	 */
	Set<String> rooms(ModelSession session) {
		Set<String> names = new HashSet<>();
		this.rooms.forEach((name, members) -> {
			if (members.contains(session)) {
				names.add(name);
			}
		});
		return names;
	}

	private void join(ModelSession session, String room, boolean bySocket) {
		SocketIoSocket socket = session.lastSocket();
		if (bySocket && socket != null) {
			socket.join(room);
			if (socket.rooms().contains(room)) {
				joined(session, room);
				return; // else the socket may have been disconnected before
			}
		}
		this.io.in(session.id).socketsJoin(room);
		this.run.inRoomOf(session).forEach((each) -> joined(each, room));
	}

	private void leave(ModelSession session, String room, boolean bySocket) {
		SocketIoSocket socket = session.lastSocket();
		if (bySocket && socket != null) {
			socket.leave(room);
			Set<String> remaining = socket.rooms();
			if (!remaining.isEmpty() && !remaining.contains(room)) {
				left(session, room);
				return;
			}
		}
		this.io.in(session.id).socketsLeave(room);
		this.run.inRoomOf(session).forEach((each) -> left(each, room));
	}

	private void move(int from, int to) {
		this.run.trace(() -> this.name + ": move from room " + from + " to " + to);
		this.io.in(room(from)).socketsJoin(room(to));
		List.copyOf(members(room(from))).forEach((session) -> joined(session, room(to)));
	}

	private void disconnect(EmitterStep step, ModelSession session) {
		boolean close = step.flags().contains(Flag.CLOSE);
		Set<ModelSession> disconnected = this.run.inRoomOf(session);
		Set<ModelSession> doomed = new HashSet<>(disconnected);
		if (close) {
			doomed.addAll(this.run.allSessions(this.run.client(step.client())));
		}
		doomed.forEach((each) -> {
			each.doomed = true;
			each.left = true;
		});
		this.io.in(session.id).disconnectSockets(close);
		disconnected.forEach((each) -> each.revoked(this.run.tick()));
	}

	// Events

	private void emitToClient(EmitterStep step, ModelSession session) {
		Set<ModelSession> targets = new HashSet<>(members(session.id));
		targets.add(session);
		Set<Flag> flags = step.flags();
		SocketIoSocket socket = flags.contains(Flag.BY_FIRST_SOCKET) ? session.firstSocket() : session.lastSocket();
		if (flags.contains(Flag.ACK)) {
			if (socket != null) {
				emitWithAck(socket, Set.of(session), flags);
			}
		}
		else if (flags.contains(Flag.BY_SOCKET) && socket != null) {
			emitBySocket(socket, targets, flags, false);
		}
		else {
			emit(this.io.to(session.id), targets, Set.of(), flags);
		}
	}

	private void emitToRooms(EmitterStep step, ModelSession session) {
		Set<ModelSession> targets = new HashSet<>();
		List<String> names = new ArrayList<>();
		for (int i = 0; i < ProgramGenerator.ROOMS; i++) {
			if ((step.rooms() & (1 << i)) != 0 || step.rooms() == 0 && i == 0) {
				names.add(room(i));
				targets.addAll(members(room(i)));
			}
		}
		Set<ModelSession> excluded = new HashSet<>();
		String[] rooms = names.toArray(new String[0]);
		SocketIoSocket sender = (step.flags().contains(Flag.BY_SOCKET) && session != null) ? session.lastSocket()
				: null;
		BroadcastOperator operator = (sender != null) ? sender.to(rooms) : this.io.to(rooms);
		if (sender != null) {
			exclude(session, excluded);
		}
		operator = except(operator, step, excluded);
		targets.removeAll(excluded);
		emit(operator, targets, Set.of(), step.flags());
	}

	private void emitToAll(EmitterStep step, ModelSession session) {
		Set<ModelSession> excluded = new HashSet<>();
		BroadcastOperator operator = this.io;
		if (step.flags().contains(Flag.BY_SOCKET) && session != null && session.lastSocket() != null) {
			operator = session.lastSocket().broadcast();
			exclude(session, excluded);
		}
		operator = except(operator, step, excluded);
		emit(operator, null, excluded, step.flags());
	}

	private void exclude(ModelSession session, Set<ModelSession> excluded) {
		excluded.add(session);
		excluded.addAll(members(session.id));
	}

	private BroadcastOperator except(BroadcastOperator operator, EmitterStep step, Set<ModelSession> excluded) {
		BroadcastOperator narrowed = operator;
		if (step.flags().contains(Flag.EXCEPT_ROOM)) {
			String room = room(step.other() % ProgramGenerator.ROOMS);
			narrowed = narrowed.except(room);
			excluded.addAll(members(room));
		}
		ModelSession other = this.run.client(step.other()).session(this.namespace);
		if (step.flags().contains(Flag.EXCEPT_CLIENT) && other != null) {
			narrowed = narrowed.except(other.id);
			exclude(other, excluded);
		}
		return narrowed;
	}

	private void emit(BroadcastOperator operator, Set<ModelSession> targets, Set<ModelSession> excluded,
			Set<Flag> flags) {
		BroadcastOperator modified = operator;
		if (flags.contains(Flag.VOLATILE)) {
			modified = modified.volatileEvents();
		}
		if (flags.contains(Flag.CONFLATE)) {
			modified = modified.conflate(this.name);
		}
		Emission emission = next(targets, excluded, flags, false);
		Map<String, Object> payload = payload(emission);
		modified.emit(event(emission), arguments(emission, payload));
		ended(emission, payload);
	}

	/**
	 * Emit to a socket by its object.
	 * @param socket the socket
	 * @param targets the sessions that get it
	 * @param flags details
	 * @param deferred whether it is only sent when the socket is let in
	 * @return the event
	 */
	Emission emitBySocket(SocketIoSocket socket, Set<ModelSession> targets, Set<Flag> flags, boolean deferred) {
		SocketEmitter emitter = socket;
		if (flags.contains(Flag.VOLATILE)) {
			emitter = emitter.volatileEvents();
		}
		if (flags.contains(Flag.CONFLATE)) {
			emitter = emitter.conflate(this.name);
		}
		Emission emission = next(targets, Set.of(), flags, deferred);
		Map<String, Object> payload = payload(emission);
		emitter.emit(event(emission), arguments(emission, payload));
		ended(emission, payload);
		return emission;
	}

	private void emitWithAck(SocketIoSocket socket, Set<ModelSession> targets, Set<Flag> flags) {
		Emission emission = next(targets, Set.of(), flags, false);
		Map<String, Object> payload = payload(emission);
		this.run.hold(socket.timeout(ACK_TIMEOUT)
			.emitWithAck(event(emission), arguments(emission, payload))
			.subscribe((answer) -> {
				if (this.name.equals(answer.get(0)) && emission.number == answer.get(1, Integer.class)) {
					emission.acknowledged = true;
				}
				else {
					this.run.violation(emission + " was acknowledged with " + answer.toList());
				}
			}, (ex) -> this.run.violation(emission + " was not acknowledged: " + ex)));
		ended(emission, payload);
	}

	private Emission next(Set<ModelSession> targets, Set<ModelSession> excluded, Set<Flag> flags, boolean deferred) {
		Emission emission = new Emission(this.name, this.emissions.size(), flags, targets, excluded, deferred,
				this.run.tick());
		this.emissions.add(emission);
		this.run.trace(() -> "emits " + emission + " to " + ((targets != null) ? targets : "all but " + excluded));
		return emission;
	}

	private void ended(Emission emission, Map<String, Object> payload) {
		emission.end = this.run.tick();
		payload.put("v", -1); // of no effect, since it was encoded
	}

	private static Map<String, Object> payload(Emission emission) {
		Map<String, Object> payload = new HashMap<>();
		payload.put("v", emission.number);
		if (emission.is(Flag.BIG)) {
			payload.put("padding", PADDING);
		}
		return payload;
	}

	private static String event(Emission emission) {
		return emission.is(Flag.NAME_ONLY) ? "n:" + emission.emitter + ":" + emission.number : "e";
	}

	private static Object[] arguments(Emission emission, Map<String, Object> payload) {
		if (emission.is(Flag.NAME_ONLY)) {
			return new Object[0];
		}
		if (emission.is(Flag.BINARY)) {
			byte[] attachment = (emission.emitter + "/" + emission.number).getBytes(StandardCharsets.UTF_8);
			return new Object[] { emission.emitter, emission.number, payload, attachment };
		}
		if (emission.is(Flag.TRAILING_STRING)) {
			return new Object[] { emission.emitter, emission.number, payload, "a string" };
		}
		return new Object[] { emission.emitter, emission.number, payload };
	}

	/**
	 * Emits when all others rest, to rooms that clients and middlewares change.
	 */
	static final class Quiet extends Emitter {

		Quiet(String name, int namespace, ProgramRun run) {
			super(name, namespace, run);
		}

		@Override
		Set<ModelSession> members(String room) {
			Set<ModelSession> members = new HashSet<>();
			for (ModelSession session : this.run.sessions(this.namespace)) {
				if (session.quietRooms.contains(room)) {
					members.add(session);
				}
			}
			return members;
		}

		@Override
		void joined(ModelSession session, String room) {
			session.quietRooms.add(room);
		}

		@Override
		void left(ModelSession session, String room) {
			session.quietRooms.remove(room);
		}

		@Override
		Set<String> rooms(ModelSession session) {
			return Set.copyOf(session.quietRooms);
		}

	}

}
