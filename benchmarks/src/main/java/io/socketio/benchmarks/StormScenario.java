package io.socketio.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.socketio.benchmarks.client.LoadSession;
import io.socketio.benchmarks.client.Observer;
import io.socketio.benchmarks.peer.PeerType;
import io.socketio.benchmarks.report.Report;

/**
 * All clients lose their connection at once, miss events, and all come back at once.
 */
final class StormScenario implements Scenario {

	private static final double NANOS = 1e9;

	private static final double MEGABYTE = 1e6;

	@Override
	public String title() {
		return "Reconnect storm";
	}

	@Override
	public void run(Options options, Report report) {
		int clients = options.number("clients", 5000);
		int events = options.number("events", 100);
		int rounds = options.number("rounds", 3);
		int warmUps = warmUps(options);
		report
			.paragraph(("%,d clients with recovery enabled are cut off at once, miss %d events each, and all come back "
					+ "as fast as the load client can. Measured is the time until every client has its session back and all "
					+ "events: checked to be complete, in order and without duplicates. A new process for each measurement, "
					+ "warmed up by storms of %,d clients in another namespace.")
				.formatted(clients, events, clients / 5));
		for (boolean mixed : new boolean[] { false, true }) {
			report.paragraph(
					"## " + (mixed ? "Mixed: half of the events to all, 45 % to rooms of 50, 5 % to single clients"
							: "Events to all"));
			report.table("", "round", "seconds", "server CPU s", "client CPU s", "heap before MB", "heap peak MB",
					"RSS peak MB");
			List<Result> ours = new ArrayList<>();
			List<Result> reference = new ArrayList<>();
			for (int round = 1; round <= rounds; round++) {
				ours.add(measure(PeerType.SPRING, clients, events, mixed, options));
				ours.get(round - 1).report(report, PeerType.SPRING, round);
				reference.add(measure(PeerType.NODE, clients, events, mixed, options));
				reference.get(round - 1).report(report, PeerType.NODE, round);
			}
			report.paragraph(
					"Node's figures divided by ours, pair by pair: time %s, server CPU %s. Goal: time at least 3."
						.formatted(ratios(reference, ours, Result::seconds),
								ratios(reference, ours, Result::serverCpu)));
		}
	}

	private static String ratios(List<Result> reference, List<Result> ours, ToDoubleFunction<Result> figure) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < ours.size(); i++) {
			ratios.add(figure.applyAsDouble(reference.get(i)) / figure.applyAsDouble(ours.get(i)));
		}
		return Report.summary(ratios);
	}

	private static int warmUps(Options options) {
		return options.number("warm-ups", 15);
	}

	private static Result measure(PeerType type, int clients, int events, boolean mixed, Options options) {
		try (Arena arena = new Arena(type, true, options)) {
			for (int i = 0; i < warmUps(options); i++) {
				List<LoadSession> sessions = arena.arrive(clients / 5, Arena.WARM_UP);
				storm(arena, sessions, Arena.WARM_UP, events, mixed);
				arena.leave(sessions, Arena.WARM_UP);
			}
			return storm(arena, arena.arrive(clients, Arena.MEASURED), Arena.MEASURED, events, mixed);
		}
	}

	private static Result storm(Arena arena, List<LoadSession> sessions, String namespace, int events, boolean mixed) {
		arena.greet(sessions, namespace);
		arena.cut(sessions, namespace);
		arena.control().call("emit", namespace, events, mixed);
		long heapBefore = arena.control().call("collect").longValue();
		arena.settle();
		Duration serverCpu = arena.peer().cpu();
		Duration clientCpu = clientCpu();
		long start = System.nanoTime();
		arena.clients().await(Arena.TIMEOUT, (done) -> {
			arena.clients().connect(sessions);
			return new Comeback(sessions.size(), events, done);
		});
		long nanos = System.nanoTime() - start;
		Result result = new Result(nanos / NANOS, seconds(arena.peer().cpu().minus(serverCpu)),
				seconds(clientCpu().minus(clientCpu)), heapBefore / MEGABYTE,
				arena.control().call("peak").longValue() / MEGABYTE, arena.peer().peakResidentBytes() / MEGABYTE);
		arena.greet(sessions, namespace);
		return result;
	}

	private static Duration clientCpu() {
		return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
	}

	private static double seconds(Duration duration) {
		return duration.toNanos() / NANOS;
	}

	/**
	 * Waits for all that every client missed.
	 */
	private static final class Comeback implements Observer {

		private final int events;

		private final Runnable done;

		private int missing;

		Comeback(int missing, int events, Runnable done) {
			this.missing = missing;
			this.events = events;
			this.done = done;
		}

		@Override
		public void connected(LoadSession session) {
			if (!session.recovered() || session.received() != this.events) {
				throw new IllegalStateException(
						"Recovered: " + session.recovered() + ", with events: " + session.received());
			}
			if (--this.missing == 0) {
				this.done.run();
			}
		}

	}

	/**
	 * What one storm took.
	 */
	private record Result(double seconds, double serverCpu, double clientCpu, double heapBefore, double heapPeak,
			double residentPeak) {

		void report(Report report, PeerType type, int round) {
			report.row(type.title(), round, this.seconds, this.serverCpu, this.clientCpu, this.heapBefore,
					this.heapPeak, this.residentPeak);
		}

	}

}
