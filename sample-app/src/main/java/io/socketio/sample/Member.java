package io.socketio.sample;

/**
 * Somebody in a room.
 *
 * @param id id of the socket
 * @param name the name
 * @param away whether the connection broke and may yet be recovered
 */
record Member(String id, String name, boolean away) {

}
