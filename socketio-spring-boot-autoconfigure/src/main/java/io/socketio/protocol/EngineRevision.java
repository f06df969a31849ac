package io.socketio.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Revisions of the Engine.IO protocol that this library speaks. A session has one for its
 * whole life.
 *
 * @since 0.1.0
 */
public enum EngineRevision {

	/**
	 * Revision 3, of the clients of Socket.IO 1 and 2.
	 */
	V3(new Revision3Codec()),

	/**
	 * Revision 4, of the clients of Socket.IO 3 and 4.
	 */
	V4(new Revision4Codec());

	private final EngineCodec codec;

	EngineRevision(EngineCodec codec) {
		this.codec = codec;
	}

	/**
	 * Return the revision that a request is for. Clients of revision 3 may leave the
	 * parameter out.
	 * @param eio the {@code EIO} parameter of its query, or {@code null} if it has none
	 * @return the revision, {@link #V3} for any other value than {@code 4}
	 */
	public static EngineRevision of(@Nullable String eio) {
		return "4".equals(eio) ? V4 : V3;
	}

	/**
	 * How packets are written.
	 * @return the codec
	 */
	public EngineCodec codec() {
		return this.codec;
	}

}
