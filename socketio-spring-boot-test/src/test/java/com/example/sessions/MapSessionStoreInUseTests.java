package com.example.sessions;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import reactor.core.publisher.Mono;

import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;
import io.socketio.test.autoconfigure.SocketIoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;

@SocketIoTest(properties = "socketio.connection-state-recovery.enabled=true")
class MapSessionStoreInUseTests {

	@Autowired
	private SocketIoTester tester;

	@MockitoSpyBean
	private MapSessionStore store;

	@Test
	void sessionIsSavedAndClaimed() {
		try (TestSocket socket = this.tester.connect()) {
			String id = socket.id();
			socket.cut();
			assertThat(socket.reconnect().recovered()).isTrue();
			assertThat(socket.id()).isEqualTo(id);
			then(this.store).should().save(argThat((session) -> session.id().equals(id)), any());
			then(this.store).should().claim(eq("/"), any());
		}
	}

	@Test
	void sessionThatTheStoreDoesNotHaveIsNotRecovered() {
		willReturn(Mono.empty()).given(this.store).claim(any(), any());
		try (TestSocket socket = this.tester.connect()) {
			socket.cut();
			assertThat(socket.reconnect().recovered()).isFalse();
		}
	}

}
