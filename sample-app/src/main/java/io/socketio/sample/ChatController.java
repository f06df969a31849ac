package io.socketio.sample;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.handler.InvalidEventArgumentsException;
import io.socketio.handler.InvalidEventArgumentsException.FieldError;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * What clients can do. They connect with {@code auth: { name, room }}, are told the room
 * they are in by {@code room}, what is said there by {@code message}, and who is there by
 * {@code presence}.
 */
@SocketIoController
class ChatController {

	private static final Pattern NAME = Pattern.compile("\\S(.{0,22}\\S)?");

	private static final int MAX_ID = 64;

	private static final int MAX_TEXT = 1000;

	private final ChatService chat;

	ChatController(ChatService chat, SocketIoServer server) {
		this.chat = chat;
		server.use((socket) -> Mono.fromRunnable(() -> admit(socket)));
	}

	private void admit(SocketIoSocket socket) {
		String name = socket.handshake().auth("name", String.class);
		if (name == null || !NAME.matcher(name).matches()) {
			throw new ConnectionRefusedException("A name has 1 to 24 characters.");
		}
		this.chat.introduce(socket, name);
	}

	@OnConnect
	void connected(SocketIoSocket socket, @Auth("room") @Nullable String room) {
		this.chat.arrive(socket, room);
	}

	@SocketIoEvent("join")
	void join(String room, SocketIoSocket socket) {
		this.chat.move(socket, room);
	}

	@SocketIoEvent("message")
	Receipt message(NewMessage message, SocketIoSocket socket) {
		String id = check("id", message.id(), MAX_ID);
		String text = check("text", message.text(), MAX_TEXT);
		return this.chat.say(socket, id, text);
	}

	@SocketIoEvent("received")
	void received(List<String> ids, SocketIoSocket socket) {
		this.chat.receive(socket, ids);
	}

	@SocketIoEvent("typing")
	void typing(boolean typing, SocketIoSocket socket) {
		this.chat.type(socket, typing);
	}

	@OnDisconnect
	void disconnected(SocketIoSocket socket, DisconnectReason reason) {
		this.chat.depart(socket, reason.recoverable());
	}

	private static String check(String field, @Nullable String value, int max) {
		if (value == null || value.isBlank() || value.length() > max) {
			throw new InvalidEventArgumentsException("Invalid message",
					new FieldError(field, "must have 1 to " + max + " characters"));
		}
		return value;
	}

}
