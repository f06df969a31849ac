package io.socketio.protocol;

/**
 * Reads a long-polling body of Engine.IO revision 4: packets with separators in between.
 */
final class Revision4PayloadReader implements PayloadReader {

	static final byte SEPARATOR = 0x1e;

	private final byte[] body;

	private int position;

	Revision4PayloadReader(byte[] body) {
		this.body = body;
	}

	@Override
	public EnginePacket next() throws EnginePacketException {
		int start = this.position;
		int end = start;
		while (end < this.body.length && this.body[end] != SEPARATOR) {
			end++;
		}
		this.position = end + 1;
		return EnginePacketCodec.decodeText(this.body, start, end - start);
	}

	@Override
	public boolean hasNext() {
		return this.position <= this.body.length;
	}

}
