package io.socketio.sample;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * One room: who is in it and what was said last. Changes are told under the room's lock,
 * so that all members see them in one order. That costs little, since {@code emit} never
 * waits.
 */
final class Room {

	private final String name;

	private final int historySize;

	private final SocketIoServer server;

	private final Map<String, Seat> seats = new LinkedHashMap<>();

	private final Map<String, ChatMessage> history = new LinkedHashMap<>();

	Room(String name, int historySize, SocketIoServer server) {
		this.name = name;
		this.historySize = historySize;
		this.server = server;
	}

	String name() {
		return this.name;
	}

	/**
	 * Somebody comes in. Whoever is away under the same name makes room: most likely the
	 * same person, whose connection could not be recovered.
	 * @param socket the socket
	 * @param memberName the name
	 * @param rooms names of all rooms
	 */
	synchronized void enter(SocketIoSocket socket, String memberName, List<String> rooms) {
		this.seats.values().removeIf((seat) -> seat.away() && seat.name().equals(memberName));
		this.seats.put(socket.id(), Seat.taken(memberName, socket));
		socket.join(this.name);
		socket.emit("room", new RoomView(this.name, rooms, members(), List.copyOf(this.history.values())));
		tellMembers();
	}

	/**
	 * Somebody is back whose connection was recovered. The socket is a new object, but
	 * already in the room.
	 * @param socket the socket
	 * @param memberName the name
	 */
	synchronized void comeBack(SocketIoSocket socket, String memberName) {
		this.seats.put(socket.id(), Seat.taken(memberName, socket));
		tellMembers();
	}

	/**
	 * The connection of somebody broke.
	 * @param socket the socket
	 * @param now the time
	 */
	synchronized void lose(SocketIoSocket socket, Instant now) {
		Seat seat = this.seats.get(socket.id());
		if (seat != null && seat.takenBy(socket)) {
			this.seats.put(socket.id(), Seat.left(seat.name(), now));
			tellMembers();
		}
	}

	/**
	 * Somebody leaves.
	 * @param socket the socket
	 */
	synchronized void leave(SocketIoSocket socket) {
		socket.leave(this.name);
		Seat seat = this.seats.get(socket.id());
		if (seat != null && seat.takenBy(socket)) {
			this.seats.remove(socket.id());
			tellMembers();
		}
	}

	/**
	 * Whoever has been away for too long has left.
	 * @param lostBefore when the connection broke, at the latest
	 */
	synchronized void forget(Instant lostBefore) {
		if (this.seats.values().removeIf((seat) -> seat.away() && seat.since().isBefore(lostBefore))) {
			tellMembers();
		}
	}

	/**
	 * Somebody says something. The same message sent again is told once and answered
	 * twice.
	 * @param socket the socket of the author
	 * @param memberName name of the author
	 * @param id id of the message
	 * @param text what is said
	 * @param now the time
	 * @return answer for the author
	 */
	synchronized Receipt say(SocketIoSocket socket, String memberName, String id, String text, Instant now) {
		ChatMessage message = this.history.get(id);
		if (message == null) {
			message = new ChatMessage(id, socket.id(), memberName, text, now, false);
			this.history.put(id, message);
			if (this.history.size() > this.historySize) {
				this.history.remove(this.history.keySet().iterator().next());
			}
			socket.to(this.name).emit("message", message);
		}
		return new Receipt(id, message.time());
	}

	/**
	 * Messages have arrived at somebody's.
	 * @param socket whose
	 * @param ids ids of the messages
	 */
	synchronized void receive(SocketIoSocket socket, List<String> ids) {
		for (String id : ids) {
			ChatMessage message = this.history.get(id);
			if (message != null && !message.delivered() && !message.author().equals(socket.id())) {
				this.history.put(id, message.asDelivered());
				// By the id, which is a room too: an author who is away is told later.
				this.server.to(message.author()).emit("delivered", id);
			}
		}
	}

	synchronized List<Member> members() {
		return this.seats.entrySet()
			.stream()
			.map((entry) -> new Member(entry.getKey(), entry.getValue().name(), entry.getValue().away()))
			.toList();
	}

	private void tellMembers() {
		this.server.to(this.name).emit("presence", members());
	}

	/**
	 * What is kept of a member.
	 *
	 * @param name the name
	 * @param socket the socket, {@code null} while away
	 * @param since when the socket was lost
	 */
	private record Seat(String name, @Nullable SocketIoSocket socket, Instant since) {

		static Seat taken(String name, SocketIoSocket socket) {
			return new Seat(name, socket, Instant.MAX);
		}

		static Seat left(String name, Instant since) {
			return new Seat(name, null, since);
		}

		boolean away() {
			return this.socket == null;
		}

		// This very object: a recovered socket may be back before its old connection is
		// found to be dead.
		boolean takenBy(SocketIoSocket candidate) {
			return this.socket == candidate;
		}

	}

}
