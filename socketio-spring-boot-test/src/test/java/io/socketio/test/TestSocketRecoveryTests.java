package io.socketio.test;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestSocket} with connection state recovery.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "socketio.connection-state-recovery.enabled=true" })
class TestSocketRecoveryTests {

	@Autowired
	private SocketIoTester tester;

	@Autowired
	private SocketIoServer server;

	private TestSocket alice;

	private TestSocket bob;

	@BeforeEach
	void connect() {
		this.alice = this.tester.connect();
		this.bob = this.tester.connect();
	}

	@AfterEach
	void close() {
		this.alice.close();
		this.bob.close();
	}

	@Test
	void missedEventsAreDelivered() {
		String id = this.bob.id();
		this.alice.emit("broadcast", "news", List.of(1));
		assertThat(this.bob.expect("news", Integer.class)).isEqualTo(1);
		this.bob.cut();
		assertThat(this.bob.connected()).isFalse();
		this.alice.emitWithAck("broadcast", "news", List.of(2));
		this.alice.emitWithAck("broadcast", "news", List.of(3));
		this.bob.reconnect();
		assertThat(this.bob.recovered()).isTrue();
		assertThat(this.bob.id()).isEqualTo(id);
		assertThat(this.bob.drain()).extracting((event) -> event.get(0)).containsExactly(2, 3);
	}

	@Test
	void missedEventsAreDeliveredThoughNothingHadArrivedBefore() {
		this.bob.cut();
		this.alice.emitWithAck("broadcast", "news", List.of(1));
		assertThat(this.bob.reconnect().recovered()).isTrue();
		assertThat(this.bob.expect("news", Integer.class)).isEqualTo(1);
	}

	@Test
	void openConnectionIsCutByReconnecting() {
		String id = this.bob.id();
		for (int i = 0; i < 5; i++) {
			assertThat(this.bob.reconnect().recovered()).isTrue();
		}
		assertThat(this.bob.id()).isEqualTo(id);
		this.alice.emitWithAck("broadcast", "news", List.of(1));
		assertThat(this.bob.drain()).hasSize(1);
	}

	@Test
	void offsetIsNoArgument() {
		this.alice.emit("broadcast", "news", List.of("text"));
		TestEvent event = this.bob.expect("news");
		assertThat(event.toList()).containsExactly("text");
		assertThat(event.offset()).isNotNull();
	}

	@Test
	void forgottenSessionIsNew() {
		String id = this.bob.id();
		this.bob.cut();
		this.server.in(id).disconnectSockets();
		this.server.forgetSession(id);
		this.bob.reconnect();
		assertThat(this.bob.recovered()).isFalse();
		assertThat(this.bob.id()).isNotEqualTo(id);
	}

	@Test
	void leavingOnPurposeEndsTheSession() {
		this.bob.close();
		assertThat(this.bob.reconnect().recovered()).isFalse();
	}

}
