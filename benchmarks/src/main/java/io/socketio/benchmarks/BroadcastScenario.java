package io.socketio.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.socketio.benchmarks.client.LoadSession;
import io.socketio.benchmarks.client.Observer;
import io.socketio.benchmarks.peer.PeerType;
import io.socketio.benchmarks.report.Report;

/**
 * Broadcasts to all clients, without recovery and with it.
 */
final class BroadcastScenario implements Scenario {

	private static final int WARM_UPS = 2;

	@Override
	public String title() {
		return "Broadcast, recovery off and on";
	}

	@Override
	public void run(Options options, Report report) {
		int clients = options.number("clients", 1000);
		int count = options.number("count", 500);
		int rounds = options.number("rounds", 7);
		String text = "x".repeat(options.number("bytes", 32));
		report.paragraph(("%,d broadcasts of %d bytes to %,d clients. Two servers, one with recovery, take turns, and "
				+ "every client is checked to get every event, in order. Two further rounds before, to warm up.")
			.formatted(count, text.length(), clients));
		try (Arena off = new Arena(PeerType.SPRING, false, options);
				Arena on = new Arena(PeerType.SPRING, true, options)) {
			List<LoadSession> offSessions = off.arrive(clients, Arena.MEASURED);
			List<LoadSession> onSessions = on.arrive(clients, Arena.MEASURED);
			for (int inFlight : new int[] { 1, 4 }) {
				report.paragraph("## " + inFlight + " in flight");
				report.table("round", "off: messages/s", "on: messages/s", "ratio", "off: CPU µs per message",
						"on: CPU µs per message", "ratio");
				List<Double> speeds = new ArrayList<>();
				List<Double> costs = new ArrayList<>();
				for (int round = 1 - WARM_UPS; round <= rounds; round++) {
					Result without = measure(off, offSessions, count, inFlight, text);
					Result with = measure(on, onSessions, count, inFlight, text);
					if (round > 0) {
						speeds.add(with.perSecond / without.perSecond);
						costs.add(with.cpuMicros / without.cpuMicros);
						report.row(round, without.perSecond, with.perSecond, speeds.get(round - 1), without.cpuMicros,
								with.cpuMicros, costs.get(round - 1));
					}
				}
				report
					.paragraph("On divided by off, pair by pair: throughput %s, CPU %s. Goal: throughput at least 0.9."
						.formatted(Report.summary(speeds), Report.summary(costs)));
			}
		}
	}

	private static Result measure(Arena arena, List<LoadSession> sessions, int count, int inFlight, String text) {
		long cpu = arena.peer().cpu().toNanos();
		long start = System.nanoTime();
		arena.clients().await(Arena.TIMEOUT, (done) -> {
			sessions.forEach(LoadSession::restart);
			Sender sender = new Sender(arena, count, (long) sessions.size(), text, done);
			for (int i = 0; i < inFlight; i++) {
				sender.send();
			}
			return sender;
		});
		long nanos = System.nanoTime() - start;
		long messages = (long) count * sessions.size();
		return new Result(messages * 1e9 / nanos, (arena.peer().cpu().toNanos() - cpu) / 1e3 / messages);
	}

	/**
	 * Has the next broadcast sent when as many messages have arrived as one makes.
	 */
	private static final class Sender implements Observer {

		private final Arena arena;

		private final int count;

		private final long audience;

		private final String text;

		private final Runnable done;

		private int sent;

		private long received;

		Sender(Arena arena, int count, long audience, String text, Runnable done) {
			this.arena = arena;
			this.count = count;
			this.audience = audience;
			this.text = text;
			this.done = done;
		}

		void send() {
			if (this.sent < this.count) {
				this.arena.control().tell("broadcast", this.sent++, this.text);
			}
		}

		@Override
		public void received(LoadSession session) {
			if (++this.received % this.audience == 0) {
				send();
				if (this.received == this.count * this.audience) {
					this.done.run();
				}
			}
		}

	}

	private record Result(double perSecond, double cpuMicros) {

	}

}
