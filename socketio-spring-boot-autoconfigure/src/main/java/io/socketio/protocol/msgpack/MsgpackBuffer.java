package io.socketio.protocol.msgpack;

import java.util.Arrays;

import org.msgpack.core.MessagePack.Code;
import tools.jackson.core.util.BufferRecycler;

import io.socketio.protocol.PacketEncodingException;

/**
 * Collects the MessagePack of one message, in the shortest form of each value. Unlike the
 * packer of the library it can go back: serializers do not tell how many members an
 * object has before they have written them, and the length of a string in UTF-8 is known
 * when it has been encoded, so headers are filled in when their value is complete.
 */
final class MsgpackBuffer {

	/** How many bytes the largest header or number has. */
	private static final int MAX_HEADER = 10;

	private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

	/** Greater buffers are not kept for the next message. */
	private static final int MAX_RECYCLED = 64 * 1024;

	/** Stands for a lone surrogate. */
	private static final char REPLACEMENT = '\ufffd';

	private final BufferRecycler recycler;

	private byte[] bytes;

	private int position;

	/**
	 * Create a buffer.
	 * @param recycler where the array comes from and goes back to
	 */
	MsgpackBuffer(BufferRecycler recycler) {
		this.recycler = recycler;
		this.bytes = recycler.allocByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER);
	}

	/**
	 * Return how many bytes have been written.
	 * @return the position of the next byte
	 */
	int position() {
		return this.position;
	}

	void writeNil() {
		writeByte(Code.NIL);
	}

	void writeBoolean(boolean value) {
		writeByte(value ? Code.TRUE : Code.FALSE);
	}

	/**
	 * Write an integer. As JavaScript does it, positive numbers are unsigned.
	 * @param value the number
	 */
	void writeInteger(long value) {
		ensure(MAX_HEADER);
		if (value >= -32 && value < 128) {
			put(value, 1);
		}
		else if (value >= 0) {
			if (value < 1L << 8) {
				put(Code.UINT8, value, 1);
			}
			else if (value < 1L << 16) {
				put(Code.UINT16, value, 2);
			}
			else if (value < 1L << 32) {
				put(Code.UINT32, value, 4);
			}
			else {
				put(Code.UINT64, value, 8);
			}
		}
		else if (value >= Byte.MIN_VALUE) {
			put(Code.INT8, value, 1);
		}
		else if (value >= Short.MIN_VALUE) {
			put(Code.INT16, value, 2);
		}
		else if (value >= Integer.MIN_VALUE) {
			put(Code.INT32, value, 4);
		}
		else {
			put(Code.INT64, value, 8);
		}
	}

	/**
	 * Write an integer of 64 bits without a sign.
	 * @param bits the number, which is beyond what a {@code long} can have
	 */
	void writeUnsigned(long bits) {
		ensure(MAX_HEADER);
		put(Code.UINT64, bits, 8);
	}

	void writeDouble(double value) {
		ensure(MAX_HEADER);
		put(Code.FLOAT64, Double.doubleToLongBits(value), 8);
	}

	/**
	 * Write a point in time as the JavaScript parser does, which is not the timestamp
	 * that MessagePack has since.
	 * @param epochMilli the number of milliseconds since 1970
	 */
	void writeDate(long epochMilli) {
		ensure(MAX_HEADER);
		put(Code.FIXEXT8, MsgpackExtensions.JAVASCRIPT, 1);
		put(epochMilli, 8);
	}

	void writeBinary(byte[] data, int offset, int length) {
		ensure(MAX_HEADER);
		if (length < 1 << 8) {
			put(Code.BIN8, length, 1);
		}
		else if (length < 1 << 16) {
			put(Code.BIN16, length, 2);
		}
		else {
			put(Code.BIN32, length, 4);
		}
		writeRaw(data, offset, length);
	}

	/**
	 * Write text that is encoded already.
	 * @param data holds the text in UTF-8
	 * @param offset where it starts
	 * @param length the number of bytes
	 */
	void writeUtf8(byte[] data, int offset, int length) {
		end(SizedType.STRING, begin(SizedType.STRING, length), length);
		writeRaw(data, offset, length);
	}

	void writeString(String text) {
		int length = text.length();
		long mark = begin(SizedType.STRING, length);
		int start = this.position;
		int in = 0;
		while (in < length) {
			// In steps, so that the buffer grows with the text and not with the worst
			// case
			int stop = Math.min(length, in + 4096);
			ensure((stop - in) * 3 + 3);
			in = encode(text, in, stop);
		}
		end(SizedType.STRING, mark, this.position - start);
	}

	// Returns where to go on, which is one behind "stop" if that parts a surrogate pair
	private int encode(String text, int from, int stop) {
		byte[] target = this.bytes;
		int out = this.position;
		int in = from;
		while (in < stop) {
			char c = text.charAt(in++);
			if (c < 0x80) {
				target[out++] = (byte) c;
				continue;
			}
			int point = c;
			if (Character.isHighSurrogate(c) && in < text.length() && Character.isLowSurrogate(text.charAt(in))) {
				point = Character.toCodePoint(c, text.charAt(in++));
				target[out++] = (byte) (0xf0 | point >> 18);
				target[out++] = (byte) (0x80 | point >> 12 & 0x3f);
				target[out++] = (byte) (0x80 | point >> 6 & 0x3f);
			}
			else if (c < 0x800) {
				target[out++] = (byte) (0xc0 | c >> 6);
			}
			else {
				point = Character.isSurrogate(c) ? REPLACEMENT : c;
				target[out++] = (byte) (0xe0 | point >> 12);
				target[out++] = (byte) (0x80 | point >> 6 & 0x3f);
			}
			target[out++] = (byte) (0x80 | point & 0x3f);
		}
		this.position = out;
		return in;
	}

	/**
	 * Begin an object whose size is certain.
	 * @param size the number of members, whose names and values follow in turns
	 */
	void writeMapHeader(int size) {
		end(SizedType.MAP, begin(SizedType.MAP, size), size);
	}

	/**
	 * Leave room for the header of a value whose size is not certain yet.
	 * @param type the type of the value
	 * @param expected its size as far as known, for then nothing has to be moved later
	 * @return what {@link #end} wants back
	 */
	long begin(SizedType type, int expected) {
		int width = type.headerWidth(Math.max(expected, 0));
		ensure(width);
		long mark = (long) this.position << Integer.SIZE | width;
		this.position += width;
		return mark;
	}

	/**
	 * Fill in a header, behind whose room all of its value has been written.
	 * @param type the type of the value
	 * @param mark what {@link #begin} has returned
	 * @param size the number of elements, of members, or of bytes
	 */
	void end(SizedType type, long mark, int size) {
		int start = (int) (mark >> Integer.SIZE);
		int reserved = (int) mark;
		int width = type.headerWidth(size);
		if (width != reserved) {
			ensure(MAX_HEADER);
			System.arraycopy(this.bytes, start + reserved, this.bytes, start + width, this.position - start - reserved);
		}
		int behind = this.position + width - reserved;
		this.position = start;
		put(type.firstByte(width, size), size, width - 1);
		this.position = behind;
	}

	private void writeByte(byte value) {
		ensure(1);
		this.bytes[this.position++] = value;
	}

	private void writeRaw(byte[] data, int offset, int length) {
		ensure(length);
		System.arraycopy(data, offset, this.bytes, this.position, length);
		this.position += length;
	}

	private void put(byte code, long value, int width) {
		this.bytes[this.position++] = code;
		put(value, width);
	}

	private void put(long value, int width) {
		for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
			this.bytes[this.position++] = (byte) (value >> shift);
		}
	}

	private void ensure(int length) {
		if (length > this.bytes.length - this.position) {
			if (this.position > MAX_LENGTH - length) {
				throw new PacketEncodingException("A packet of more than 2 GB cannot be encoded");
			}
			long wanted = Math.max(2L * this.bytes.length, (long) this.position + length);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(wanted, MAX_LENGTH));
		}
	}

	/**
	 * Return the message and give the array back. Nothing can be done with this object
	 * afterwards.
	 * @return the message
	 */
	byte[] finish() {
		byte[] message = Arrays.copyOf(this.bytes, this.position);
		if (this.bytes.length <= MAX_RECYCLED) {
			this.recycler.releaseByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER, this.bytes);
		}
		this.recycler.releaseToPool();
		return message;
	}

}
