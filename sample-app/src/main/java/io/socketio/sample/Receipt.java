package io.socketio.sample;

import java.time.Instant;

/**
 * Acknowledges a message: the server has it.
 *
 * @param id id of the message
 * @param time when the server got it
 */
record Receipt(String id, Instant time) {

}
