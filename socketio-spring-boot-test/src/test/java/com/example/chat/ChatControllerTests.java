package com.example.chat;

import java.util.Map;

import com.example.chat.ChatController.ChatMessage;
import com.example.chat.ChatController.Receipt;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;
import io.socketio.test.autoconfigure.SocketIoTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

@SocketIoTest(ChatController.class)
class ChatControllerTests {

	@Autowired
	private SocketIoTester tester;

	@MockitoBean
	private MessageRepository messages;

	@Test
	void messageIsStoredAndGoesToTheOthersInTheRoom() {
		ChatMessage message = new ChatMessage("lobby", "hi");
		given(this.messages.save(message)).willReturn("m1");
		try (TestSocket alice = connect("lobby");
				TestSocket bob = connect("lobby");
				TestSocket eve = connect("attic")) {
			assertThat(alice.emitWithAck("message", message).as(Receipt.class)).isEqualTo(new Receipt("m1"));
			assertThat(bob.expect("message", ChatMessage.class).text()).isEqualTo("hi");
			alice.expectNoEvent();
			eve.expectNoEvent();
		}
	}

	@Test
	void unknownTokenIsRefused() {
		assertThat(this.tester.auth(Map.of("token", "guessed")).expectConnectError("/chat").message())
			.isEqualTo("Unknown token");
	}

	private TestSocket connect(String room) {
		TestSocket socket = this.tester.auth(Map.of("token", "secret", "room", room)).connect("/chat");
		socket.expect("joined"); // what @OnConnect emits when it is done
		return socket;
	}

}
