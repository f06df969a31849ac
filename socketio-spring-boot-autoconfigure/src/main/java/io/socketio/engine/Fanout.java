package io.socketio.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Sends one message to many sessions with one task for each lane. Used by one thread at a
 * time.
 *
 * @since 0.1.0
 */
public final class Fanout {

	private final EngineMessage message;

	private final boolean dropIfBusy;

	private final List<Group> groups = new ArrayList<>(8);

	/**
	 * Create a fan-out.
	 * @param message the message
	 * @param dropIfBusy whether sessions that cannot write at once are left out
	 */
	public Fanout(EngineMessage message, boolean dropIfBusy) {
		this.message = message;
		this.dropIfBusy = dropIfBusy;
	}

	/**
	 * Add a recipient: the message takes its place in the order of that connection now.
	 * @param session the recipient
	 */
	public void add(EngineSession session) {
		boolean schedule = this.dropIfBusy ? session.enqueueVolatile(this.message) : session.enqueue(this.message);
		if (schedule) {
			group(session.lane()).sessions.add(session);
		}
	}

	private Group group(Lane lane) {
		for (int i = 0; i < this.groups.size(); i++) {
			Group group = this.groups.get(i);
			if (group.lane == lane) {
				return group;
			}
		}
		Group group = new Group(lane);
		this.groups.add(group);
		return group;
	}

	/**
	 * Have the message written.
	 */
	public void flush() {
		this.groups.forEach((group) -> group.lane.execute(group));
	}

	private static final class Group implements Runnable {

		private final Lane lane;

		private final List<EngineSession> sessions = new ArrayList<>();

		Group(Lane lane) {
			this.lane = lane;
		}

		@Override
		public void run() {
			for (int i = 0; i < this.sessions.size(); i++) {
				this.sessions.get(i).drainNow();
			}
		}

	}

}
