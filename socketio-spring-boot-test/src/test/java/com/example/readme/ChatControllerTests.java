package com.example.readme;

import java.util.Map;

import com.example.readme.ChatController.ChatMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;
import io.socketio.test.autoconfigure.SocketIoTest;

import static org.assertj.core.api.Assertions.assertThat;

@SocketIoTest(ChatController.class) // the server with this controller, on a free port
class ChatControllerTests {

	@Autowired
	SocketIoTester tester;

	@Test
	void messageReachesTheRoom() {
		SocketIoTester lobby = this.tester.auth(Map.of("room", "lobby"));
		try (TestSocket alice = lobby.connect("/chat"); TestSocket bob = lobby.connect("/chat")) {
			alice.emitWithAck("message", new ChatMessage("1", "lobby", "Is anybody here?"));
			bob.emitWithAck("message", new ChatMessage("2", "lobby", "Hello"));
			assertThat(alice.expect("message", ChatMessage.class).text()).isEqualTo("Hello");
		}
	}

}
