/**
 * A small chat. {@link io.socketio.sample.ChatController} is where clients come in,
 * {@link io.socketio.sample.ChatService} knows the rooms, the page is in
 * {@code src/main/resources/static}.
 */
@NullMarked
package io.socketio.sample;

import org.jspecify.annotations.NullMarked;
