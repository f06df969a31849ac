package io.socketio.recovery.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

import io.socketio.recovery.model.ClientStep.Admission;
import io.socketio.recovery.model.ClientStep.Cut;
import io.socketio.recovery.model.ClientStep.LinkType;
import io.socketio.recovery.model.EmitterStep.Flag;
import io.socketio.recovery.model.Program.Phase;

/**
 * Makes a program of a seed.
 */
final class ProgramGenerator {

	static final int ROOMS = 3;

	private final long seed;

	private final Random random;

	private World world = World.STANDARD;

	private int clients;

	/**
	 * With one emitter alone rooms may be named after sockets.
	 */
	private boolean alone;

	private int pollingPercent;

	private boolean revocations;

	private ProgramGenerator(long seed) {
		this.seed = seed;
		this.random = new Random(seed * 0x9E3779B97F4A7C15L);
	}

	static Program generate(long seed) {
		return new ProgramGenerator(seed).program();
	}

	private Program program() {
		this.random.nextLong();
		this.world = world();
		this.clients = 1 + this.random.nextInt(4);
		this.alone = chance(8);
		this.revocations = chance(15);
		this.pollingPercent = chance(30) ? 50 : 0;
		int emitters = this.alone ? 1 : 1 + this.random.nextInt(3);
		int namespaces = (!this.alone && emitters > 1 && chance(25)) ? 2 : 1;
		boolean main = namespaces == 1 && chance(10);
		List<Phase> phases = new ArrayList<>();
		phases.add(arrival(emitters, namespaces));
		phases.addAll(list(1 + this.random.nextInt(5), () -> phase(emitters, namespaces)));
		return new Program(this.seed, this.world, this.clients, namespaces, emitters, main, phases);
	}

	private World world() {
		int choice = this.random.nextInt(100);
		int[] upTo = { 25, 45, 55, 68, 76, 82, 91, 100 };
		for (int i = 0; i < upTo.length; i++) {
			if (choice < upTo[i]) {
				return World.values()[i];
			}
		}
		throw new IllegalStateException();
	}

	private Phase arrival(int emitters, int namespaces) {
		return new Phase(list(emitters, List::of),
				list(this.clients, () -> List.of(connect(ClientStep.Kind.RECONNECT))),
				list(namespaces, () -> list(this.random.nextInt(5), () -> emitterStep(true))));
	}

	private Phase phase(int emitters, int namespaces) {
		boolean busy = chance(85);
		List<List<EmitterStep>> emitting = list(emitters,
				() -> busy ? list(this.random.nextInt(14), () -> emitterStep(false)) : List.of());
		List<List<ClientStep>> acting = list(this.clients, this::clientSteps);
		List<List<EmitterStep>> quiet = list(namespaces, () -> list(this.random.nextInt(5), () -> emitterStep(true)));
		return new Phase(emitting, acting, quiet);
	}

	private EmitterStep emitterStep(boolean quiet) {
		int choice = this.random.nextInt(100);
		if (choice < 55) {
			return emit(quiet);
		}
		if (choice < 74) {
			EmitterStep.Kind kind = (choice < 68) ? EmitterStep.Kind.JOIN : EmitterStep.Kind.LEAVE;
			return step(kind, flags(Flag.BY_SOCKET, 30));
		}
		if (choice < 78) {
			return new EmitterStep(EmitterStep.Kind.MOVE, 0, 0, this.random.nextInt(1 << ROOMS), Set.of());
		}
		if (choice < 82) {
			return step(EmitterStep.Kind.DATA, Set.of());
		}
		if (choice < 86 && this.revocations && !quiet) {
			return step(chance(60) ? EmitterStep.Kind.FORGET : EmitterStep.Kind.DISCONNECT, flags(Flag.CLOSE, 30));
		}
		if (choice < 90 && this.alone && !quiet) {
			return step(EmitterStep.Kind.JOIN_OTHER, Set.of());
		}
		return new EmitterStep(EmitterStep.Kind.YIELD, 0, 0, this.random.nextInt(600), Set.of());
	}

	private EmitterStep emit(boolean quiet) {
		Set<Flag> flags = EnumSet.noneOf(Flag.class);
		int target = this.random.nextInt(100);
		EmitterStep.Kind kind = (target < 35 && !(quiet && this.alone)) ? EmitterStep.Kind.EMIT_TO_CLIENT
				: (target < 70) ? EmitterStep.Kind.EMIT_TO_ROOMS : EmitterStep.Kind.EMIT_TO_ALL;
		if (kind == EmitterStep.Kind.EMIT_TO_CLIENT && chance(30)) {
			flags.add(Flag.ACK);
			flags.addAll(flags(Flag.BY_FIRST_SOCKET, 30));
		}
		else {
			int special = this.random.nextInt(100);
			if (special < 14) {
				flags.add(Flag.VOLATILE);
			}
			else if (special < 24) {
				flags.add(Flag.CONFLATE);
			}
			if (!(quiet && this.alone)) { // it does not know who is in rooms named after
											// sockets
				flags.addAll(flags(Flag.BY_SOCKET, 30));
			}
			if (kind == EmitterStep.Kind.EMIT_TO_CLIENT && flags.contains(Flag.BY_SOCKET)) {
				flags.addAll(flags(Flag.BY_FIRST_SOCKET, 30));
			}
			if (kind != EmitterStep.Kind.EMIT_TO_CLIENT) {
				flags.addAll(flags(Flag.EXCEPT_ROOM, 20));
				flags.addAll(flags(Flag.EXCEPT_CLIENT, (quiet && this.alone) ? 0 : 20));
			}
		}
		int form = this.random.nextInt(100);
		if (form < 12) {
			flags.add(Flag.BINARY);
		}
		else if (form < 20) {
			flags.add(Flag.NAME_ONLY);
		}
		else if (form < 30) {
			flags.add(Flag.TRAILING_STRING);
		}
		else if (form < 38 || this.world == World.SMALL_BUFFERS && form < 60) {
			flags.add(Flag.BIG);
		}
		return step(kind, flags);
	}

	private EmitterStep step(EmitterStep.Kind kind, Set<Flag> flags) {
		int client = this.random.nextInt(this.clients);
		int other = this.random.nextInt(this.clients);
		return new EmitterStep(kind, client, other, this.random.nextInt(1 << ROOMS), flags);
	}

	private List<ClientStep> clientSteps() {
		List<ClientStep> steps = new ArrayList<>();
		int count = this.random.nextInt(4);
		for (int i = 0; i < count; i++) {
			addClientSteps(steps, this.random.nextInt(100));
			if (chance(30)) {
				steps.add(sleep());
			}
		}
		return steps;
	}

	private void addClientSteps(List<ClientStep> steps, int choice) {
		if (choice < 20) {
			steps.add(cut(ClientStep.Kind.CUT, 0));
			if (chance(40)) {
				steps.add(sleep());
			}
			steps.add(connect(ClientStep.Kind.RECONNECT));
		}
		else if (choice < 34) {
			steps.add(connect(ClientStep.Kind.RECONNECT));
		}
		else if (choice < 46) {
			steps.add(cut(ClientStep.Kind.CUT, 0));
		}
		else if (choice < 58) {
			steps.add(cut(ClientStep.Kind.CUT_AFTER, 1 + this.random.nextInt(6)));
			steps.add(sleep());
			steps.add(connect(ClientStep.Kind.RECONNECT));
		}
		else if (choice < 68) {
			steps.add(cut(ClientStep.Kind.CUT_REPLAY, this.random.nextInt(5)));
			steps.add(connect(ClientStep.Kind.RECONNECT));
		}
		else if (choice < 76) {
			steps.add(connect(ClientStep.Kind.TWIN));
		}
		else if (choice < 84) {
			steps.add(new ClientStep(chance(60) ? ClientStep.Kind.PAUSE : ClientStep.Kind.RESUME));
		}
		else if (choice < 88) {
			steps.add(new ClientStep(ClientStep.Kind.HOLD_ACKS));
		}
		else if (choice < 94) {
			steps.add(number(chance(70) ? ClientStep.Kind.QUIET_JOIN : ClientStep.Kind.QUIET_LEAVE,
					this.random.nextInt(ROOMS)));
		}
		else if (choice < 97) {
			steps.add(connect(chance(70) ? ClientStep.Kind.LEAVE : ClientStep.Kind.BOGUS_OFFSET));
		}
		else {
			steps.add(sleep());
		}
	}

	private ClientStep sleep() {
		boolean tooLong = this.world == World.SHORT_LIVED && chance(15);
		int millis = tooLong ? (int) World.SHORT_LIFE.toMillis() * 3 / 2 : this.random.nextInt(4);
		return number(ClientStep.Kind.SLEEP, millis);
	}

	private static ClientStep number(ClientStep.Kind kind, int number) {
		return new ClientStep(kind, number, LinkType.WEBSOCKET, Admission.PASS, Cut.RESET);
	}

	private ClientStep cut(ClientStep.Kind kind, int number) {
		Cut cut = Cut.values()[this.random.nextInt(3)];
		return new ClientStep(kind, number, LinkType.WEBSOCKET, Admission.PASS, cut);
	}

	private ClientStep connect(ClientStep.Kind kind) {
		LinkType link = (this.random.nextInt(100) >= this.pollingPercent) ? LinkType.WEBSOCKET
				: chance(60) ? LinkType.POLLING : LinkType.UPGRADE;
		Admission admission = Admission.PASS;
		if (chance(45)) {
			Admission[] choices = Admission.values();
			admission = choices[this.random.nextInt(choices.length)];
			boolean rooms = admission == Admission.JOIN || admission == Admission.LEAVE;
			if (rooms && (this.world.unsteady() || kind == ClientStep.Kind.TWIN)
					|| this.alone && admission == Admission.EMIT) {
				admission = Admission.WAIT;
			}
		}
		return new ClientStep(kind, this.random.nextInt(ROOMS), link, admission, Cut.FREEZE);
	}

	private Set<Flag> flags(Flag flag, int percent) {
		return chance(percent) ? EnumSet.of(flag) : EnumSet.noneOf(Flag.class);
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private static <T> List<T> list(int size, Supplier<T> element) {
		List<T> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(element.get());
		}
		return list;
	}

}
