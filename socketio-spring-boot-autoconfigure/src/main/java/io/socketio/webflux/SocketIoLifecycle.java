package io.socketio.webflux;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

import io.socketio.server.SocketIoServer;

/**
 * Closes the Socket.IO server before the web server shuts down. An open WebSocket or a
 * pending poll counts as a request in progress: without this, a graceful shutdown would
 * wait for all of them until its timeout.
 * <p>
 * Its phase is the default one, which is stopped first. A closed server stays closed: a
 * context that is stopped cannot start it again, and one that is paused keeps it open.
 *
 * @since 0.1.0
 */
public final class SocketIoLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(SocketIoLifecycle.class);

	private final SocketIoServer server;

	private volatile boolean running;

	/**
	 * Create a life cycle.
	 * @param server the server to close
	 */
	public SocketIoLifecycle(SocketIoServer server) {
		this.server = server;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	/**
	 * Close the server and call back when all its sockets are disconnected and their
	 * state is saved, or closing failed.
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.server.close()
			.doFinally((signal) -> callback.run())
			.subscribe(null, (ex) -> logger.warn("Failed to close the Socket.IO server", ex));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
