package io.socketio.sample;

import java.time.Instant;

/**
 * What somebody said.
 *
 * @param id chosen by the author's client
 * @param author id of the author's socket
 * @param name name of the author
 * @param text what was said
 * @param time when the server got it
 * @param delivered whether it has arrived at anybody else's
 */
record ChatMessage(String id, String author, String name, String text, Instant time, boolean delivered) {

	ChatMessage asDelivered() {
		return new ChatMessage(this.id, this.author, this.name, this.text, this.time, true);
	}

}
