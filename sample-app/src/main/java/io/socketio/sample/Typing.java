package io.socketio.sample;

/**
 * Tells a room that somebody types or has stopped to.
 *
 * @param id id of the socket
 * @param name the name
 * @param typing whether somebody types
 */
record Typing(String id, String name, boolean typing) {

}
