package io.socketio.engine;

import io.socketio.protocol.EnginePacket;

/**
 * A transport that can take over a session from another one.
 *
 * @since 0.1.0
 */
public interface UpgradeCandidate extends Transport {

	/**
	 * Write one packet outside of the session's queue, during the probe. Usable from any
	 * thread.
	 * @param packet the packet
	 */
	void probe(EnginePacket packet);

	/**
	 * Give packets from now on to the session. Packets that arrived behind the upgrade
	 * packet are held back until then, and delivered first. Usable from any thread.
	 * @param listener the session's listener
	 */
	void activate(Listener listener);

	/**
	 * Close a candidate that is not used. Usable from any thread.
	 */
	void reject();

}
