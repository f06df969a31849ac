package io.socketio.autoconfigure;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads for handlers that may block: bounded in number, as is what waits for them.
 * <p>
 * On shutdown of the application it is stopped when the server is closed, and lets
 * handlers finish that have started or wait, such as those for disconnects.
 */
final class HandlerThreadPool extends ThreadPoolExecutor implements SmartLifecycle {

	/** After the server is closed, before the web server shuts down. */
	private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final long IDLE_SECONDS = 60;

	private volatile boolean running;

	private volatile Runnable whenTerminated = () -> {
	};

	HandlerThreadPool(int threads, int queueCapacity) {
		super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queueCapacity),
				new CustomizableThreadFactory("socketio-handler-"));
		allowCoreThreadTimeOut(true);
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

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.whenTerminated = callback;
		if (isTerminated()) {
			callback.run();
		}
		else {
			shutdown();
		}
	}

	@Override
	protected void terminated() {
		super.terminated();
		this.whenTerminated.run();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
