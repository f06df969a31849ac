package io.socketio.recovery.model;

/**
 * An Engine.IO connection of a client. Its listener is called by one thread at a time.
 */
interface Link {

	void send(String packet);

	/**
	 * Close as the protocol says.
	 */
	void close();

	/**
	 * Break the connection.
	 */
	void reset();

	/**
	 * Stop or start to read.
	 * @param pause whether to stop
	 */
	void pause(boolean pause);

	/**
	 * Gets what arrives.
	 */
	interface Listener {

		/**
		 * A packet that is no concern of the link: a message, or the handshake.
		 * @param packet the packet
		 */
		void onText(String packet);

		void onBinary(byte[] data);

		/**
		 * The server has ended the connection.
		 * @param description how
		 */
		void onClosed(String description);

	}

}
