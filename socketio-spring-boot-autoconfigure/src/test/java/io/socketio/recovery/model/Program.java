package io.socketio.recovery.model;

import java.util.List;

/**
 * A random program: phases, in each of which emitters and clients run at the same time.
 * Between phases, when they rest, a quiet emitter runs alone.
 *
 * @param seed what it was made of
 * @param world the kind of server
 * @param clients number of clients
 * @param namespaces number of namespaces, each client is in all of them
 * @param emitters number of emitters, spread over the namespaces
 * @param main whether the namespace is {@code /}
 * @param phases the phases
 */
record Program(long seed, World world, int clients, int namespaces, int emitters, boolean main, List<Phase> phases) {

	boolean uses(ClientStep.Kind kind) {
		return this.phases.stream()
			.flatMap((phase) -> phase.clients().stream())
			.flatMap(List::stream)
			.anyMatch((step) -> step.kind() == kind);
	}

	boolean uses(EmitterStep.Kind kind) {
		return this.phases.stream()
			.flatMap((phase) -> phase.emitters().stream())
			.flatMap(List::stream)
			.anyMatch((step) -> step.kind() == kind);
	}

	Program with(List<Phase> changed) {
		return new Program(this.seed, this.world, this.clients, this.namespaces, this.emitters, this.main, changed);
	}

	int size() {
		return this.phases.stream()
			.mapToInt((phase) -> count(phase.emitters()) + count(phase.clients()) + count(phase.quiet()))
			.sum();
	}

	private static int count(List<? extends List<?>> scripts) {
		return scripts.stream().mapToInt(List::size).sum();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("seed ").append(this.seed).append(", ").append(this.world);
		text.append(", ").append(this.clients).append(" clients, ").append(this.emitters).append(" emitters, ");
		text.append(this.namespaces).append(" namespaces").append(this.main ? ", main" : "").append('\n');
		for (int i = 0; i < this.phases.size(); i++) {
			Phase phase = this.phases.get(i);
			text.append("phase ").append(i).append('\n');
			append(text, "  e", phase.emitters());
			append(text, "  client ", phase.clients());
			append(text, "  m", phase.quiet());
		}
		return text.toString();
	}

	private static void append(StringBuilder text, String name, List<? extends List<?>> scripts) {
		for (int i = 0; i < scripts.size(); i++) {
			if (!scripts.get(i).isEmpty()) {
				text.append(name).append(i).append(": ").append(scripts.get(i)).append('\n');
			}
		}
	}

	/**
	 * A phase.
	 *
	 * @param emitters steps of each emitter
	 * @param clients steps of each client
	 * @param quiet steps of the quiet emitter of each namespace afterwards
	 */
	record Phase(List<List<EmitterStep>> emitters, List<List<ClientStep>> clients, List<List<EmitterStep>> quiet) {

	}

}
