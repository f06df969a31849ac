package io.socketio.protocol;

/**
 * Reads a long-polling body of Engine.IO revision 3, packet by packet. Stricter than the
 * reference, which takes any number of JavaScript for a length, and a shorter rest for a
 * binary packet.
 */
final class Revision3PayloadReader implements PayloadReader {

	static final byte TEXT_LENGTH_END = ':';

	static final byte BINARY_LENGTH_END = (byte) 0xff;

	/** Marks a text packet in a binary body. */
	static final byte TEXT = 0;

	/** Marks a binary packet in a binary body. */
	static final byte BINARY = 1;

	private final byte[] body;

	private final boolean binary;

	private int position;

	Revision3PayloadReader(EnginePayload payload) {
		this.body = payload.bytes();
		this.binary = payload.binary();
	}

	@Override
	public EnginePacket next() throws EnginePacketException {
		return this.binary ? nextBinary() : nextText();
	}

	@Override
	public boolean hasNext() {
		return this.position < this.body.length;
	}

	/**
	 * Read the next packet of a text body: its length in UTF-16 code units, a colon, and
	 * its text.
	 * @return the packet
	 * @throws EnginePacketException if it is malformed
	 */
	private EnginePacket nextText() throws EnginePacketException {
		int units = readLength('0', TEXT_LENGTH_END);
		int start = this.position;
		int end = Utf16Units.end(this.body, start, units);
		if (end < 0) {
			throw malformed();
		}
		this.position = end;
		return Revision3Codec.decodeText(this.body, start, end - start);
	}

	/**
	 * Read the next packet of a binary body: what it is, its length in bytes, the byte
	 * 255, and its data.
	 * @return the packet
	 * @throws EnginePacketException if it is malformed
	 */
	private EnginePacket nextBinary() throws EnginePacketException {
		byte kind = nextByte();
		int length = readLength(0, BINARY_LENGTH_END);
		int start = this.position;
		if (length > this.body.length - start || (kind != TEXT && kind != BINARY)) {
			throw malformed();
		}
		this.position = start + length;
		return (kind == TEXT) ? Revision3Codec.decodeText(this.body, start, length)
				: Revision3Codec.decodeBinary(this.body, start, length);
	}

	private int readLength(int zero, byte end) throws EnginePacketException {
		long length = 0;
		byte first = nextByte();
		for (byte next = first; next != end; next = nextByte()) {
			int digit = next - zero;
			if (digit < 0 || digit > 9) {
				throw malformed();
			}
			// No length beyond that of the body fits, so it need not grow further
			length = Math.min(10 * length + digit, this.body.length + 1L);
		}
		if (first == end) {
			throw malformed();
		}
		return (int) length;
	}

	private byte nextByte() throws EnginePacketException {
		if (!hasNext()) {
			throw malformed();
		}
		return this.body[this.position++];
	}

	private static EnginePacketException malformed() {
		return new EnginePacketException("malformed payload");
	}

}
