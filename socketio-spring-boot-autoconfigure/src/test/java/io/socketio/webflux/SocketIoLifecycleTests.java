package io.socketio.webflux;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link SocketIoLifecycle}.
 */
class SocketIoLifecycleTests {

	private final SocketIoServer server = mock(SocketIoServer.class);

	private final SocketIoLifecycle lifecycle = new SocketIoLifecycle(this.server);

	private final AtomicBoolean stopped = new AtomicBoolean();

	@BeforeEach
	void start() {
		this.lifecycle.start();
	}

	@Test
	void startsByItself() {
		assertThat(this.lifecycle.isAutoStartup()).isTrue();
		assertThat(this.lifecycle.isRunning()).isTrue();
		then(this.server).should(never()).close();
	}

	@Test
	void stopsBeforeTheWebServer() {
		assertThat(this.lifecycle.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
	}

	@Test
	void isNotPausedSinceAClosedServerStaysClosed() {
		assertThat(this.lifecycle.isPauseable()).isFalse();
	}

	@Test
	void callsBackWhenTheServerIsClosed() {
		Sinks.Empty<Void> closed = Sinks.empty();
		given(this.server.close()).willReturn(closed.asMono());
		this.lifecycle.stop(() -> this.stopped.set(true));
		assertThat(this.lifecycle.isRunning()).isFalse();
		assertThat(this.stopped).isFalse();
		closed.tryEmitEmpty();
		assertThat(this.stopped).isTrue();
	}

	@Test
	void callsBackWhenClosingFails() {
		given(this.server.close()).willReturn(Mono.error(new IllegalStateException("expected")));
		this.lifecycle.stop(() -> this.stopped.set(true));
		assertThat(this.stopped).isTrue();
	}

}
