package io.socketio.server;

/**
 * Hears of the rooms of a namespace on this node, in the order of what happens. Called
 * without any lock by the thread that made the change or by one that made another: it
 * must not block.
 *
 * @since 0.1.0
 */
public interface RoomListener {

	/**
	 * A room got its first member, which is told next.
	 * @param room name of the room
	 */
	default void created(String room) {
	}

	/**
	 * A socket has joined a room.
	 * @param room name of the room
	 * @param socketId id of the socket
	 */
	default void joined(String room, String socketId) {
	}

	/**
	 * A socket has left a room, also by its disconnect.
	 * @param room name of the room
	 * @param socketId id of the socket
	 */
	default void left(String room, String socketId) {
	}

	/**
	 * A room has lost its last member, which was told before.
	 * @param room name of the room
	 */
	default void deleted(String room) {
	}

}
