package io.socketio.engine;

import io.socketio.protocol.EnginePacket;

/**
 * One way to carry the packets of a session: the extension point for further transports
 * and servers. All methods but {@link #writable()} are called on {@link #lane()}.
 *
 * @since 0.1.0
 */
public interface Transport {

	/**
	 * Which transport it is.
	 * @return the type
	 */
	TransportType type();

	/**
	 * The lane that owns the connection.
	 * @return the lane
	 */
	Lane lane();

	/**
	 * Whether a message would be written at once. Usable from any thread; the answer may
	 * be outdated when it arrives.
	 * @return {@code true} if it would
	 */
	boolean writable();

	/**
	 * Write what the queue holds, as far as the connection takes it. What is left is
	 * asked for again by {@link Listener#onWritable()}.
	 * @param queue the queue
	 */
	void flush(OutboundQueue queue);

	/**
	 * Close the connection after what was written, if that can be said now.
	 * @return {@code false} if the client cannot be told yet; the transport then calls
	 * {@link Listener#onWritable()} as soon as it can
	 */
	boolean tryClose();

	/**
	 * End the connection at once.
	 * @param reason why
	 */
	void abort(CloseReason reason);

	/**
	 * Stop or resume reading from the client.
	 * @param pause {@code true} to stop
	 */
	void pauseReads(boolean pause);

	/**
	 * Hand over to another transport after an upgrade.
	 */
	void discard();

	/**
	 * Gets what happens on a transport, on its lane.
	 */
	interface Listener {

		/**
		 * A packet arrived.
		 * @param packet the packet
		 * @return {@code false} if nothing that follows is wanted any more
		 */
		boolean onPacket(EnginePacket packet);

		/**
		 * Whether an upgrade packet makes a session move to this transport, so that what
		 * follows must be held back.
		 * @return {@code false} on a session's current transport
		 */
		default boolean awaitsUpgrade() {
			return false;
		}

		/**
		 * The transport can write again.
		 */
		void onWritable();

		/**
		 * The connection has ended or must be ended.
		 * @param reason why
		 * @param description details for logs
		 */
		void onClosed(CloseReason reason, String description);

	}

}
