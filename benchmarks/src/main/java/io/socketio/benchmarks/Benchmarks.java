package io.socketio.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.socketio.benchmarks.report.Report;
import io.socketio.benchmarks.server.BenchmarkServer;

/**
 * Runs a scenario and writes its report, or is the server under load in a process of its
 * own.
 *
 * @since 0.1.0
 */
public final class Benchmarks {

	private static final Map<String, Scenario> SCENARIOS = Map.of("storm", new StormScenario(), "broadcast",
			new BroadcastScenario(), "idle", new IdleScenario());

	private Benchmarks() {
	}

	/**
	 * Runs what the first argument names.
	 * @param args name of a scenario and its options, or {@code server} and its arguments
	 */
	public static void main(String[] args) {
		String name = (args.length > 0) ? args[0] : "";
		if (name.equals("server")) {
			BenchmarkServer.main(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		Scenario scenario = SCENARIOS.get(name);
		if (scenario == null) {
			throw new IllegalArgumentException("Name a scenario: " + SCENARIOS.keySet().stream().sorted().toList());
		}
		Report report = new Report(scenario.title()).environment(List.of(args));
		scenario.run(new Options(args), report);
		report.write(Path.of("results", name + ".md"));
	}

}
