package io.socketio.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * The rooms and where everybody is. Name and room of a socket are kept in its data, which
 * connection state recovery brings back along with the socket's rooms.
 */
@Service
class ChatService {

	private static final String NAME = "name";

	private static final String ROOM = "room";

	private final Map<String, Room> rooms = new LinkedHashMap<>();

	private final List<String> roomNames;

	private final Room entrance;

	private final Duration awayFor;

	ChatService(ChatProperties properties, SocketIoServer server) {
		for (String name : properties.rooms()) {
			this.rooms.put(name, new Room(name, properties.historySize(), server));
		}
		this.roomNames = List.copyOf(this.rooms.keySet());
		this.entrance = this.rooms.values().iterator().next();
		this.awayFor = properties.awayFor();
	}

	/**
	 * A socket gets its name, before it is connected.
	 * @param socket the socket
	 * @param name the name
	 */
	void introduce(SocketIoSocket socket, String name) {
		socket.data().put(NAME, name);
	}

	/**
	 * A socket is connected: it is back in the room it was in, or enters one.
	 * @param socket the socket
	 * @param wish name of the room it wants to enter
	 */
	void arrive(SocketIoSocket socket, @Nullable String wish) {
		if (socket.recovered() && socket.rooms().contains(room(socket).name())) {
			room(socket).comeBack(socket, name(socket));
		}
		else {
			enter(socket, wish);
		}
	}

	/**
	 * A socket changes the room.
	 * @param socket the socket
	 * @param wish name of the new room
	 */
	void move(SocketIoSocket socket, @Nullable String wish) {
		room(socket).leave(socket);
		enter(socket, wish);
	}

	/**
	 * A socket is gone.
	 * @param socket the socket
	 * @param recoverable whether it may come back
	 */
	void depart(SocketIoSocket socket, boolean recoverable) {
		if (recoverable) {
			room(socket).lose(socket, Instant.now());
		}
		else {
			room(socket).leave(socket);
		}
	}

	/**
	 * Somebody says something.
	 * @param socket the socket
	 * @param id id of the message
	 * @param text what is said
	 * @return answer for the author
	 */
	Receipt say(SocketIoSocket socket, String id, String text) {
		return room(socket).say(socket, name(socket), id, text, Instant.now());
	}

	/**
	 * Messages have arrived at somebody's.
	 * @param socket the socket
	 * @param ids ids of the messages
	 */
	void receive(SocketIoSocket socket, List<String> ids) {
		room(socket).receive(socket, ids);
	}

	/**
	 * Somebody types or stops to. Of no use to anybody later, so it is told as a volatile
	 * event: neither queued nor recovered.
	 * @param socket the socket
	 * @param typing whether somebody types
	 */
	void type(SocketIoSocket socket, boolean typing) {
		socket.to(room(socket).name()).volatileEvents().emit("typing", new Typing(socket.id(), name(socket), typing));
	}

	/**
	 * Ends the presence of those whose connection cannot be recovered any more.
	 */
	@Scheduled(fixedDelayString = "${chat.sweep-interval:5s}")
	void forgetLost() {
		Instant lostBefore = Instant.now().minus(this.awayFor);
		this.rooms.values().forEach((room) -> room.forget(lostBefore));
	}

	private void enter(SocketIoSocket socket, @Nullable String wish) {
		// A link to a room that is no more leads to the entrance.
		Room room = this.rooms.getOrDefault(wish, this.entrance);
		socket.data().put(ROOM, room.name());
		room.enter(socket, name(socket), this.roomNames);
	}

	private Room room(SocketIoSocket socket) {
		return this.rooms.getOrDefault(socket.data().get(ROOM), this.entrance);
	}

	private static String name(SocketIoSocket socket) {
		return String.valueOf(socket.data().get(NAME));
	}

}
