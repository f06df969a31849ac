package io.socketio.recovery.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.junit.jupiter.api.Test;

import io.socketio.recovery.model.Program.Phase;
import io.socketio.recovery.model.ProgramRun.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random programs keep the promise of connection state recovery. System properties:
 * {@code socketio.model.programs} is the number of programs, {@code socketio.model.seed}
 * the seed of one program, which is run {@code socketio.model.repeat} times.
 */
class RecoveryModelTests {

	private static final int PROGRAMS = Integer.getInteger("socketio.model.programs", 300);

	private static final Long SEED = Long.getLong("socketio.model.seed");

	private static final int REPEAT = Integer.getInteger("socketio.model.repeat", 200);

	private static final int PARALLEL = Integer.getInteger("socketio.model.parallel", 8);

	private static final int MAX_TRACE = 400;

	private static final long MINIMISE_NANOS = TimeUnit.SECONDS.toNanos(20);

	private final ExecutorService threads = Executors.newCachedThreadPool(new DefaultThreadFactory("model", true));

	private final Worlds worlds = new Worlds();

	private final AtomicInteger recoveries = new AtomicInteger();

	private final AtomicInteger losses = new AtomicInteger();

	@Test
	void programsKeepThePromise() throws Exception {
		List<Program> programs = new ArrayList<>();
		Random seeds = new Random();
		for (int i = 0; i < ((SEED != null) ? REPEAT : PROGRAMS); i++) {
			programs.add(ProgramGenerator.generate((SEED != null) ? SEED : seeds.nextInt(Integer.MAX_VALUE)));
		}
		long start = System.nanoTime();
		ConcurrentLinkedQueue<Program> failed = runAll(programs);
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
		System.out.println(programs.size() + " programs in " + seconds + " s, " + this.recoveries + " recoveries, "
				+ this.losses + " sessions not recovered for a good reason");
		if (!failed.isEmpty()) {
			throw new AssertionError(report(failed.peek()));
		}
		assertThat(this.recoveries.get()).isPositive();
		this.worlds.close();
		this.threads.shutdown();
	}

	private ConcurrentLinkedQueue<Program> runAll(List<Program> programs) throws Exception {
		ConcurrentLinkedQueue<Program> queue = new ConcurrentLinkedQueue<>(programs);
		ConcurrentLinkedQueue<Program> failed = new ConcurrentLinkedQueue<>();
		List<Future<?>> workers = new ArrayList<>();
		for (int i = 0; i < PARALLEL; i++) {
			workers.add(this.threads.submit(() -> {
				Program program = queue.poll();
				while (program != null && failed.isEmpty()) {
					Outcome outcome = ProgramRun.run(program, this.worlds, this.threads);
					this.recoveries.addAndGet(outcome.recoveries());
					this.losses.addAndGet(outcome.losses());
					if (!outcome.violations().isEmpty()) {
						failed.add(program);
						print(program, outcome);
					}
					program = queue.poll();
				}
			}));
		}
		for (Future<?> worker : workers) {
			worker.get();
		}
		return failed;
	}

	private static void print(Program program, Outcome outcome) {
		List<String> trace = outcome.trace();
		System.out.println("FAILED " + program + String.join("\n", outcome.violations()) + "\n"
				+ String.join("\n", trace.subList(Math.max(0, trace.size() - MAX_TRACE), trace.size())));
	}

	// A smaller program that fails as well, if there is one that does so often enough
	private String report(Program failed) {
		Program smallest = failed;
		Outcome outcome = null;
		long deadline = System.nanoTime() + MINIMISE_NANOS;
		boolean smaller = true;
		while (smaller && System.nanoTime() < deadline) {
			smaller = false;
			for (Program candidate : Smaller.of(smallest)) {
				Outcome found = fails(candidate, deadline);
				if (found != null) {
					smallest = candidate;
					outcome = found;
					smaller = true;
					break;
				}
			}
		}
		StringBuilder report = new StringBuilder("Replay with -Dsocketio.model.seed=" + failed.seed() + "\n" + failed);
		if (outcome != null) {
			print(smallest, outcome);
			report.append("\nAlso fails: ").append(smallest).append(outcome.violations());
		}
		return report.toString();
	}

	private Outcome fails(Program program, long deadline) {
		for (int i = 0; i < 10 && System.nanoTime() < deadline; i++) {
			Outcome outcome = ProgramRun.run(program, this.worlds, this.threads);
			if (!outcome.violations().isEmpty()) {
				return outcome;
			}
		}
		return null;
	}

	/**
	 * Makes programs smaller.
	 */
	private static final class Smaller {

		static List<Program> of(Program program) {
			List<Program> smaller = new ArrayList<>();
			List<Phase> phases = program.phases();
			for (int i = 1; i < phases.size(); i++) {
				List<Phase> without = new ArrayList<>(phases);
				without.remove(i);
				smaller.add(program.with(without));
			}
			for (int i = 0; i < phases.size(); i++) {
				Phase phase = phases.get(i);
				for (List<List<EmitterStep>> emitters : scripts(phase.emitters())) {
					smaller.add(with(program, i, new Phase(emitters, phase.clients(), phase.quiet())));
				}
				for (List<List<EmitterStep>> quiet : scripts(phase.quiet())) {
					smaller.add(with(program, i, new Phase(phase.emitters(), phase.clients(), quiet)));
				}
				for (List<List<ClientStep>> clients : scripts(phase.clients())) {
					smaller.add(with(program, i, new Phase(phase.emitters(), clients, phase.quiet())));
				}
			}
			return smaller;
		}

		private static Program with(Program program, int index, Phase phase) {
			List<Phase> phases = new ArrayList<>(program.phases());
			phases.set(index, phase);
			return program.with(phases);
		}

		// Without one script, or without half of it, or without one step
		private static <T> List<List<List<T>>> scripts(List<List<T>> scripts) {
			List<List<List<T>>> smaller = new ArrayList<>();
			for (int i = 0; i < scripts.size(); i++) {
				List<T> script = scripts.get(i);
				int length = script.size();
				if (length > 0) {
					smaller.add(with(scripts, i, List.of()));
				}
				if (length > 3) {
					smaller.add(with(scripts, i, script.subList(0, length / 2)));
					smaller.add(with(scripts, i, script.subList(length / 2, length)));
				}
				else if (length > 1) {
					for (int j = 0; j < length; j++) {
						List<T> without = new ArrayList<>(script);
						without.remove(j);
						smaller.add(with(scripts, i, without));
					}
				}
			}
			return smaller;
		}

		private static <T> List<List<T>> with(List<List<T>> scripts, int index, List<T> script) {
			List<List<T>> changed = new ArrayList<>(scripts);
			changed.set(index, script);
			return changed;
		}

	}

}
