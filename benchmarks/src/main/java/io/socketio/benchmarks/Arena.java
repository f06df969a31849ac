package io.socketio.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.socketio.benchmarks.client.ControlClient;
import io.socketio.benchmarks.client.LoadClient;
import io.socketio.benchmarks.client.LoadSession;
import io.socketio.benchmarks.client.Observer;
import io.socketio.benchmarks.peer.Peer;
import io.socketio.benchmarks.peer.PeerType;

/**
 * A server with its clients.
 */
final class Arena implements AutoCloseable {

	static final String MEASURED = "/";

	static final String WARM_UP = "/warmup";

	static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final int ROOM_SIZE = 50;

	private static final long POLL_NANOS = 20_000_000;

	private static final long IDLE_NANOS = 500_000_000;

	private static final int IDLE_SHARE = 20;

	private final Peer peer;

	private final LoadClient clients;

	private final ControlClient control;

	Arena(PeerType type, boolean recovery, Options options) {
		this.peer = Peer.start(type, recovery, options.jvm());
		this.clients = new LoadClient(this.peer.address());
		this.control = new ControlClient(this.clients);
	}

	Peer peer() {
		return this.peer;
	}

	LoadClient clients() {
		return this.clients;
	}

	ControlClient control() {
		return this.control;
	}

	/**
	 * Connect clients and wait until they are in their rooms.
	 * @param count how many
	 * @param namespace their namespace
	 * @return the clients
	 */
	List<LoadSession> arrive(int count, String namespace) {
		List<LoadSession> sessions = this.clients.sessions(count, namespace, ROOM_SIZE);
		this.clients.await(TIMEOUT, (done) -> {
			this.clients.connect(sessions);
			return new Observer() {

				private int missing = count;

				@Override
				public void connected(LoadSession session) {
					if (--this.missing == 0) {
						done.run();
					}
				}

			};
		});
		awaitPresent(namespace, count);
		return sessions;
	}

	/**
	 * Send every client something, which a client that comes back can name as the last it
	 * got. It also proves that nothing was on its way to anybody.
	 * @param sessions all clients of the namespace
	 * @param namespace the namespace
	 */
	void greet(List<LoadSession> sessions, String namespace) {
		this.clients.await(TIMEOUT, (done) -> {
			this.control.tell("greet", namespace);
			return new Observer() {

				private int missing = sessions.size();

				@Override
				public void greeted(LoadSession session) {
					if (--this.missing == 0) {
						done.run();
					}
				}

				@Override
				public void received(LoadSession session) {
					throw new IllegalStateException("An event too many");
				}

			};
		});
	}

	/**
	 * Cut all connections, and wait until the server has noticed.
	 * @param sessions all clients of the namespace
	 * @param namespace the namespace
	 */
	void cut(List<LoadSession> sessions, String namespace) {
		this.clients.await(TIMEOUT, (done) -> {
			this.clients.drop(sessions);
			done.run();
			return Observer.NONE;
		});
		awaitPresent(namespace, 0);
	}

	/**
	 * Have clients say good bye, so that nothing is kept of them.
	 * @param sessions all clients of the namespace
	 * @param namespace the namespace
	 */
	void leave(List<LoadSession> sessions, String namespace) {
		this.clients.await(TIMEOUT, (done) -> {
			this.clients.leave(sessions);
			done.run();
			return Observer.NONE;
		});
		awaitPresent(namespace, 0);
		cut(sessions, namespace);
	}

	private void awaitPresent(String namespace, int count) {
		long start = System.nanoTime();
		while (this.control.call("present", namespace).intValue() != count) {
			if (System.nanoTime() - start > TIMEOUT.toNanos()) {
				throw new IllegalStateException("Not " + count + " clients in time");
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/**
	 * Wait until the server has nothing to do any more, such as to compile.
	 */
	void settle() {
		long start = System.nanoTime();
		long used = IDLE_NANOS;
		while (used > IDLE_NANOS / IDLE_SHARE && System.nanoTime() - start < TIMEOUT.toNanos()) {
			long before = this.peer.cpu().toNanos();
			LockSupport.parkNanos(IDLE_NANOS);
			used = this.peer.cpu().toNanos() - before;
		}
	}

	@Override
	public void close() {
		this.clients.close();
		this.peer.close();
	}

}
