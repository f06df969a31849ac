package com.example.chat;

import java.util.Map;

import com.example.chat.ChatController.ChatMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "socketio.connection-state-recovery.enabled=true")
class ChatRecoveryTests {

	@Autowired
	private SocketIoTester tester;

	@Test
	void messagesAreNotLostWithTheConnection() {
		SocketIoTester lobby = this.tester.auth(Map.of("token", "secret", "room", "lobby"));
		try (TestSocket alice = lobby.connect("/chat"); TestSocket bob = lobby.connect("/chat")) {
			String id = bob.id();
			bob.expect("joined");
			bob.cut();
			alice.emitWithAck("message", new ChatMessage("lobby", "are you there?"));
			bob.reconnect();
			assertThat(bob.recovered()).isTrue();
			assertThat(bob.id()).isEqualTo(id);
			assertThat(bob.expect("message", ChatMessage.class).text()).isEqualTo("are you there?");
		}
	}

}
