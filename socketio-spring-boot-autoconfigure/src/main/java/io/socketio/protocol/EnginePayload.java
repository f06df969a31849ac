package io.socketio.protocol;

/**
 * The body of a long-polling request or response.
 *
 * @param bytes the body, not copied and not to be modified
 * @param binary whether it is no text
 * @since 0.1.0
 */
public record EnginePayload(byte[] bytes, boolean binary) {

}
