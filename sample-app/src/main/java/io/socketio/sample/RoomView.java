package io.socketio.sample;

import java.util.List;

/**
 * What somebody sees on entering a room.
 *
 * @param room name of the room
 * @param rooms names of all rooms
 * @param members who is in the room
 * @param messages what was said, oldest first
 */
record RoomView(String room, List<String> rooms, List<Member> members, List<ChatMessage> messages) {

}
