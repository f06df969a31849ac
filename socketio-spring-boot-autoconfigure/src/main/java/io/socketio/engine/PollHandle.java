package io.socketio.engine;

import io.socketio.protocol.EnginePayload;

/**
 * A pending long-polling request, answered once by one of its methods.
 *
 * @since 0.1.0
 */
public interface PollHandle {

	/**
	 * Answer with packets.
	 * @param payload the encoded packets
	 * @param compress whether the response may be compressed
	 */
	void respond(EnginePayload payload, boolean compress);

	/**
	 * Refuse the request: it overlaps with another one.
	 */
	void refuse();

	/**
	 * Refuse the request: the session has ended.
	 */
	void unknownSession();

}
