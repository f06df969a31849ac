package com.example.readme;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.SocketIoSocket;

@SocketIoController("/chat")
class ChatController {

	@OnConnect
	void connected(SocketIoSocket socket, @Auth("room") String room) {
		socket.join(room);
	}

	@SocketIoEvent("message")
	Receipt message(ChatMessage message, SocketIoSocket socket) {
		socket.to(message.room()).emit("message", message);
		return new Receipt(message.id()); // becomes the acknowledgement
	}

	record ChatMessage(String id, String room, String text) {
	}

	record Receipt(String id) {
	}

}
