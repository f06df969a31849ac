package io.socketio.protocol;

/**
 * Revisions of the Engine.IO protocol that this library speaks. A session has one for its
 * whole life.
 *
 * @since 0.1.0
 */
public enum EngineRevision {

	/**
	 * Revision 4, of the clients of Socket.IO 3 and 4.
	 */
	V4(new Revision4Codec());

	private final EngineCodec codec;

	EngineRevision(EngineCodec codec) {
		this.codec = codec;
	}

	/**
	 * How packets are written.
	 * @return the codec
	 */
	public EngineCodec codec() {
		return this.codec;
	}

}
