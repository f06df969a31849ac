package io.socketio.engine;

/**
 * A thread that owns connections: tasks run one at a time, first in first out. With Netty
 * an event loop.
 *
 * @since 0.1.0
 */
public interface Lane {

	/**
	 * Whether the current thread is this lane's.
	 * @return {@code true} if it is
	 */
	boolean inLane();

	/**
	 * Run a task later on this lane, after those that were handed in before. Never runs
	 * it before this method returns.
	 * @param task the task, which must not block
	 */
	void execute(Runnable task);

}
