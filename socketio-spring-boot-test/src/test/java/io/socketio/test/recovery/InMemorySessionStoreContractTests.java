package io.socketio.test.recovery;

import java.time.Duration;

import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.SessionStore;

/**
 * Holds {@link InMemorySessionStore} to the contract.
 */
class InMemorySessionStoreContractTests extends SessionStoreContractTests {

	private final TestClock clock = new TestClock();

	@Override
	protected SessionStore createStore() {
		return new InMemorySessionStore(1000, this.clock);
	}

	@Override
	protected void elapse(Duration duration) {
		this.clock.elapse(duration);
	}

}
