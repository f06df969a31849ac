package io.socketio.protocol;

import java.util.List;

/**
 * What a {@link PacketParser} made of a packet: Engine.IO messages that must be written
 * one behind the other.
 * <p>
 * Encoding is expensive and the number of an event is known late, under a lock that many
 * share. So an event can be encoded with a placeholder of the right width, which
 * {@link #fillOffset(String)} overwrites in place. From the moment the packet is handed
 * to another thread or to a connection it must not be modified any more.
 *
 * @since 0.1.0
 */
public final class EncodedPacket {

	private static final int NO_OFFSET = -1;

	private final List<EnginePacket> frames;

	private final int size;

	private final int offsetStart;

	private final int offsetLength;

	/**
	 * Create a packet without a place for an offset.
	 * @param frames the messages, at least one
	 */
	public EncodedPacket(List<EnginePacket> frames) {
		this(frames, NO_OFFSET, 0);
	}

	/**
	 * Create a packet with a place for an offset.
	 * @param frames the messages, at least one; the offset is in the first
	 * @param offsetStart where the offset starts in the first message's data
	 * @param offsetLength the width of the offset
	 */
	public EncodedPacket(List<EnginePacket> frames, int offsetStart, int offsetLength) {
		this.frames = List.copyOf(frames);
		if (this.frames.isEmpty()) {
			throw new IllegalArgumentException("A packet needs at least one message");
		}
		if (offsetStart != NO_OFFSET && (offsetStart < 0 || offsetLength < 1
				|| offsetLength > this.frames.get(0).data().length - offsetStart)) {
			throw new IllegalArgumentException("No place for an offset at " + offsetStart + ", length " + offsetLength);
		}
		this.offsetStart = offsetStart;
		this.offsetLength = offsetLength;
		int size = 0;
		for (EnginePacket frame : this.frames) {
			size = Math.addExact(size, frame.data().length);
		}
		this.size = size;
	}

	/**
	 * Return the messages: first the packet itself, then its attachments as binary
	 * messages.
	 * @return an immutable list of at least one message
	 */
	public List<EnginePacket> frames() {
		return this.frames;
	}

	/**
	 * Return how many bytes the messages have together, without what a transport adds.
	 * @return the number of bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return whether there is a place for an offset.
	 * @return whether {@link #fillOffset(String)} can be called
	 */
	public boolean hasOffset() {
		return this.offsetStart != NO_OFFSET;
	}

	/**
	 * Overwrite the offset in place. Only allowed before the packet is handed over, by
	 * the thread that made it or with a happens-before edge to it; not thread-safe.
	 * @param offset the offset, of exactly the width of the one that the packet was
	 * encoded with
	 * @throws IllegalArgumentException if it has another width or a character other than
	 * letters, digits and {@code _-.}
	 * @throws IllegalStateException if the packet was encoded without an offset
	 */
	public void fillOffset(String offset) {
		if (!hasOffset()) {
			throw new IllegalStateException("The packet was encoded without an offset");
		}
		if (offset.length() != this.offsetLength) {
			throw new IllegalArgumentException(
					"Offset '" + offset + "' must have " + this.offsetLength + " characters");
		}
		checkOffset(offset);
		byte[] data = this.frames.get(0).data();
		for (int i = 0; i < this.offsetLength; i++) {
			data[this.offsetStart + i] = (byte) offset.charAt(i);
		}
	}

	/**
	 * Check that an offset can be written into any encoding as it is, one byte for each
	 * character.
	 * @param offset the offset
	 * @throws IllegalArgumentException if it is empty or has a character other than
	 * letters, digits and {@code _-.}
	 */
	public static void checkOffset(String offset) {
		if (offset.isEmpty()) {
			throw new IllegalArgumentException("Offset must not be empty");
		}
		for (int i = 0; i < offset.length(); i++) {
			char c = offset.charAt(i);
			boolean allowed = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
					|| c == '-' || c == '.';
			if (!allowed) {
				throw new IllegalArgumentException("Offset '" + offset + "' has a character other than [0-9A-Za-z_.-]");
			}
		}
	}

	@Override
	public String toString() {
		return this.frames.toString();
	}

}
