package io.socketio.test.app;

/**
 * Written as a plain string by {@link NameModule}.
 */
record Name(String value) {

}
