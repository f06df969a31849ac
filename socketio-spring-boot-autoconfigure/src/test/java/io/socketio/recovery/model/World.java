package io.socketio.recovery.model;

import java.time.Clock;
import java.time.Duration;

import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.testing.TestOptions;
import io.socketio.testing.TestServer;

/**
 * A kind of server that programs run on.
 */
enum World {

	/**
	 * The defaults.
	 */
	STANDARD,

	/**
	 * Middlewares run for recovered sockets too.
	 */
	MIDDLEWARES,

	/**
	 * One replay at a time.
	 */
	ONE_REPLAY,

	/**
	 * A session store that takes its time and answers on other threads.
	 */
	SLOW_STORE,

	/**
	 * A log of a few events: sessions may be lost honestly.
	 */
	SMALL_LOG,

	/**
	 * Sessions are kept for a moment only.
	 */
	SHORT_LIVED,

	/**
	 * Broken connections are noticed soon, and slow ones are taken for broken.
	 */
	HEARTBEAT,

	/**
	 * Slow readers are disconnected soon.
	 */
	SMALL_BUFFERS;

	static final int SMALL_LOG_EVENTS = 15;

	static final Duration SHORT_LIFE = Duration.ofMillis(60);

	boolean middlewaresAlways() {
		return this == MIDDLEWARES || this == ONE_REPLAY || this == SLOW_STORE || this == SMALL_LOG;
	}

	/**
	 * Whether the server may close connections that no step has cut.
	 * @return {@code true} if it may
	 */
	boolean unsteady() {
		return this == HEARTBEAT || this == SMALL_BUFFERS;
	}

	TestServer start() {
		RecoveryOptions defaults = RecoveryOptions.defaults();
		Duration life = (this == SHORT_LIVED) ? SHORT_LIFE : defaults.maxDisconnectionDuration();
		int logEvents = (this == SMALL_LOG) ? SMALL_LOG_EVENTS : defaults.maxLogEvents();
		int replays = (this == ONE_REPLAY) ? 1 : defaults.maxConcurrentReplays();
		RecoveryOptions recovery = new RecoveryOptions(life, !middlewaresAlways(), defaults.maxLogBytes(), logEvents,
				defaults.maxTotalLogBytes(), defaults.maxTotalLogEvents(), defaults.maxSessions(), replays,
				defaults.storeTimeout());
		InMemorySessionStore store = new InMemorySessionStore(100_000, Clock.systemUTC());
		TestServer.Builder builder = TestServer.builder()
			.recovery(recovery)
			.store((this == SLOW_STORE) ? new SlowSessionStore(store) : store);
		if (this == HEARTBEAT) {
			builder.heartbeat(Duration.ofMillis(60), Duration.ofMillis(60));
		}
		if (this == SMALL_BUFFERS) {
			builder.engine(TestOptions.defaults().maxBuffered(4096).build());
		}
		return builder.start();
	}

}
