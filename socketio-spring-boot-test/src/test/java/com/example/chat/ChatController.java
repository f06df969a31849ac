package com.example.chat;

import reactor.core.publisher.Mono;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

@SocketIoController("/chat")
class ChatController {

	private final MessageRepository messages;

	ChatController(MessageRepository messages, SocketIoServer server) {
		this.messages = messages;
		server.of("/chat")
			.use((socket) -> "secret".equals(socket.handshake().auth("token", String.class)) ? Mono.empty()
					: Mono.error(new ConnectionRefusedException("Unknown token")));
	}

	@OnConnect
	void connected(SocketIoSocket socket, @Auth("room") String room) {
		socket.join(room);
		socket.emit("joined", room);
	}

	@SocketIoEvent("message")
	Receipt message(ChatMessage message, SocketIoSocket socket) {
		Receipt receipt = new Receipt(this.messages.save(message));
		socket.to(message.room()).emit("message", message);
		return receipt;
	}

	record ChatMessage(String room, String text) {

	}

	record Receipt(String id) {

	}

}
