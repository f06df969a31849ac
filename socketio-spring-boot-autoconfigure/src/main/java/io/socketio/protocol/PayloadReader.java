package io.socketio.protocol;

/**
 * Reads a long-polling body packet by packet, so that a caller may do other things in
 * between. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public interface PayloadReader {

	/**
	 * Read the next packet. A body has one at least: an empty body is malformed.
	 * @return the packet
	 * @throws EnginePacketException if it is malformed; nothing can be read behind it
	 */
	EnginePacket next() throws EnginePacketException;

	/**
	 * Whether there is something behind the packets that were read.
	 * @return {@code true} if {@link #next()} is to be called
	 */
	boolean hasNext();

}
