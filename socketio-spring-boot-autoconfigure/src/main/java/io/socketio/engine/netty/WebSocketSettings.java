package io.socketio.engine.netty;

import io.socketio.protocol.EngineRevision;

/**
 * Settings of one WebSocket connection.
 *
 * @param revision the revision of the protocol
 * @param base64 whether the client takes text frames only
 * @param compressionThreshold size in bytes from which messages are compressed, or a
 * negative number if compression was not negotiated
 * @param maxPayload limit of a message from the client, in bytes
 * @since 0.1.0
 */
public record WebSocketSettings(EngineRevision revision, boolean base64, int compressionThreshold, int maxPayload) {

	boolean compresses(int size) {
		return this.compressionThreshold >= 0 && size >= this.compressionThreshold;
	}

}
