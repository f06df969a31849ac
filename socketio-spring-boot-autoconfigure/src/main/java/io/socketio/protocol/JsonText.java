package io.socketio.protocol;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import tools.jackson.core.util.BufferRecycler;

/**
 * Collects the UTF-8 bytes of one text message: JSON is appended, then the header that
 * depends on it is put in front.
 * <p>
 * Jackson's own UTF-8 generator either escapes every surrogate pair or garbles lone
 * surrogates, so it writes characters here: a pair becomes four bytes, and a lone
 * surrogate an escape sequence as {@code JSON.stringify} has it. Outside of strings JSON
 * has no surrogates.
 */
final class JsonText extends Writer implements BufferRecycler.Gettable {

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

	/** Greater buffers are not kept for the next text. */
	private static final int MAX_RECYCLED = 64 * 1024;

	/** Most bytes that one char can take: an escape sequence. */
	private static final int MAX_BYTES_PER_CHAR = 6;

	private final BufferRecycler recycler;

	private byte[] buffer;

	private int start;

	private int end;

	/** A high surrogate at the end of what was written last, or 0. */
	private char pending;

	/**
	 * Create a text.
	 * @param recycler where the buffer comes from and goes back to
	 * @param headroom how many bytes can be put in front
	 */
	JsonText(BufferRecycler recycler, int headroom) {
		this.recycler = recycler;
		this.buffer = recycler.allocByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER, headroom);
		this.start = headroom;
		this.end = headroom;
	}

	@Override
	public BufferRecycler bufferRecycler() {
		return this.recycler;
	}

	@Override
	public void write(char[] chars, int offset, int length) {
		int in = offset;
		int last = offset + length;
		if (this.pending != 0 && in < last) {
			in = writePending(chars[in]) ? in + 1 : in;
		}
		while (in < last) {
			// In steps, so that the buffer grows with the text and not with the worst
			// case
			int stop = Math.min(last, in + 4096);
			ensure((stop - in) * 3);
			in = encode(chars, in, stop, last);
		}
	}

	// Encodes up to "stop", or up to a surrogate, which is then handled by itself;
	// returns where to go on
	private int encode(char[] chars, int from, int stop, int last) {
		byte[] target = this.buffer;
		int out = this.end;
		int in = from;
		while (in < stop) {
			char c = chars[in++];
			if (c < 0x80) {
				target[out++] = (byte) c;
			}
			else if (c < 0x800) {
				target[out++] = (byte) (0xc0 | c >> 6);
				target[out++] = (byte) (0x80 | c & 0x3f);
			}
			else if (!Character.isSurrogate(c)) {
				target[out++] = (byte) (0xe0 | c >> 12);
				target[out++] = (byte) (0x80 | c >> 6 & 0x3f);
				target[out++] = (byte) (0x80 | c & 0x3f);
			}
			else {
				this.end = out;
				return surrogate(c, chars, in, last);
			}
		}
		this.end = out;
		return in;
	}

	private int surrogate(char c, char[] chars, int next, int last) {
		if (!Character.isHighSurrogate(c)) {
			escape(c);
			return next;
		}
		this.pending = c;
		return (next < last && writePending(chars[next])) ? next + 1 : next;
	}

	// Writes the pending high surrogate and returns whether "next" was its other half
	private boolean writePending(char next) {
		char high = this.pending;
		this.pending = 0;
		if (!Character.isLowSurrogate(next)) {
			escape(high);
			return false;
		}
		ensure(MAX_BYTES_PER_CHAR);
		int codePoint = Character.toCodePoint(high, next);
		this.buffer[this.end++] = (byte) (0xf0 | codePoint >> 18);
		this.buffer[this.end++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
		this.buffer[this.end++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
		this.buffer[this.end++] = (byte) (0x80 | codePoint & 0x3f);
		return true;
	}

	private void escape(char c) {
		ensure(MAX_BYTES_PER_CHAR);
		this.buffer[this.end++] = '\\';
		this.buffer[this.end++] = 'u';
		for (int shift = 12; shift >= 0; shift -= 4) {
			this.buffer[this.end++] = HEX[c >> shift & 0xf];
		}
	}

	private void ensure(int length) {
		if (length > this.buffer.length - this.end) {
			long wanted = Math.max(2L * this.buffer.length, (long) this.end + length);
			if (this.end > MAX_LENGTH - length) {
				throw new PacketEncodingException("A packet of more than 2 GB cannot be encoded");
			}
			this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(wanted, MAX_LENGTH));
		}
	}

	void prepend(char ascii) {
		this.buffer[--this.start] = (byte) ascii;
	}

	void prepend(byte[] bytes) {
		this.start -= bytes.length;
		System.arraycopy(bytes, 0, this.buffer, this.start, bytes.length);
	}

	void prependNumber(long number) {
		long rest = number;
		do {
			prepend((char) ('0' + rest % 10));
			rest /= 10;
		}
		while (rest != 0);
	}

	/**
	 * Return the text and give the buffer back. Nothing can be done with this object
	 * afterwards.
	 * @return the text with its header
	 */
	byte[] finish() {
		if (this.pending != 0) {
			escape(this.pending);
		}
		byte[] text = Arrays.copyOfRange(this.buffer, this.start, this.end);
		if (this.buffer.length <= MAX_RECYCLED) {
			this.recycler.releaseByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER, this.buffer);
		}
		this.recycler.releaseToPool();
		return text;
	}

	@Override
	public void flush() {
		// Nothing is behind this writer
	}

	@Override
	public void close() {
		// Likewise
	}

}
