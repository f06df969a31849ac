package io.socketio.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.socketio.benchmarks.peer.PeerType;
import io.socketio.benchmarks.report.Report;

/**
 * What a connection costs on which nothing happens.
 */
final class IdleScenario implements Scenario {

	private static final double KILOBYTE = 1e3;

	@Override
	public String title() {
		return "Memory of idle connections, recovery off and on";
	}

	@Override
	public void run(Options options, Report report) {
		int clients = options.number("clients", 10_000);
		int rounds = options.number("rounds", 3);
		report.paragraph(
				("%,d clients connect, join a room each (of 50) and do nothing. Measured is what the heap after a "
						+ "forced collection and the resident memory have grown by, divided by the number of clients. A new "
						+ "process for each measurement, warmed up by %,d clients that have left.")
					.formatted(clients, clients / 10));
		report.table("", "round", "heap kB off", "heap kB on", "added kB", "RSS kB off", "RSS kB on");
		List<Double> ours = new ArrayList<>();
		for (PeerType type : PeerType.values()) {
			for (int round = 1; round <= rounds; round++) {
				Result off = measure(type, false, clients, options);
				Result on = measure(type, true, clients, options);
				double added = on.heap - off.heap;
				report.row(type.title(), round, off.heap, on.heap, added, off.resident, on.resident);
				if (type == PeerType.SPRING) {
					ours.add(added);
				}
			}
		}
		report.paragraph("Recovery adds to the heap of this server, in kB per connection: %s. Goal: at most 1.5."
			.formatted(Report.summary(ours)));
	}

	private static Result measure(PeerType type, boolean recovery, int clients, Options options) {
		try (Arena arena = new Arena(type, recovery, options)) {
			arena.leave(arena.arrive(clients / 10, Arena.WARM_UP), Arena.WARM_UP);
			long heap = collect(arena);
			long resident = arena.peer().residentBytes();
			arena.arrive(clients, Arena.MEASURED);
			return new Result((collect(arena) - heap) / KILOBYTE / clients,
					(arena.peer().residentBytes() - resident) / KILOBYTE / clients);
		}
	}

	private static long collect(Arena arena) {
		arena.control().call("collect");
		return arena.control().call("collect").longValue(); // what the first left to
															// reference queues
	}

	private record Result(double heap, double resident) {

	}

}
