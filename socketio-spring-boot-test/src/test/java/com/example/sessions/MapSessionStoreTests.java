package com.example.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.mockito.Mockito;

import io.socketio.recovery.SessionStore;
import io.socketio.test.recovery.SessionStoreContractTests;

import static org.mockito.BDDMockito.given;

class MapSessionStoreTests extends SessionStoreContractTests {

	private final Clock clock = Mockito.mock(Clock.class);

	private Instant now = Instant.EPOCH;

	@Override
	protected SessionStore createStore() {
		given(this.clock.instant()).willAnswer((invocation) -> this.now);
		return new MapSessionStore(this.clock);
	}

	@Override
	protected void elapse(Duration duration) {
		this.now = this.now.plus(duration);
	}

}
