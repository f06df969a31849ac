package io.socketio.server;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Publishes application events of recovery. Those that no client waits for have a thread
 * of their own, so that a slow listener stops neither timers nor event loops.
 */
final class RecoveryEvents {

	private static final Log logger = LogFactory.getLog(RecoveryEvents.class);

	private static final int MAX_WAITING = 100_000;

	private static final long IDLE_SECONDS = 10;

	private final ApplicationEventPublisher publisher;

	private final ThreadPoolExecutor thread;

	RecoveryEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("socketio-recovery-events-");
		threads.setDaemon(true);
		this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(MAX_WAITING), threads);
		this.thread.allowCoreThreadTimeOut(true);
	}

	/**
	 * Publish an event at once, on the caller's thread.
	 * @param event the event
	 */
	void publish(Object event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of " + event.getClass().getSimpleName() + " failed", ex);
		}
	}

	/**
	 * Publish an event on the thread of its own, after those that were handed in before.
	 * @param event the event
	 */
	void publishLater(Object event) {
		try {
			this.thread.execute(() -> publish(event));
		}
		catch (RejectedExecutionException ex) {
			logger.error("Listeners are too slow, or the server is closed: not told of a "
					+ event.getClass().getSimpleName());
		}
	}

	/**
	 * Publish what was handed in, and nothing else.
	 */
	void close() {
		this.thread.shutdown();
	}

}
