package io.socketio.sample;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says, as it comes from the client.
 *
 * @param id chosen by the client, unique, the same when it has to send the message again
 * @param text what is said
 */
record NewMessage(@Nullable String id, @Nullable String text) {

}
