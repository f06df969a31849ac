package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 straight into and out of a part of an array, which {@link java.util.Base64}
 * cannot do without a copy, and decoded as leniently as JavaScript runtimes do.
 */
final class Base64Text {

	private static final byte[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte PADDING = '=';

	private static final byte[] VALUES = values();

	private Base64Text() {
	}

	private static byte[] values() {
		byte[] values = new byte[256];
		Arrays.fill(values, (byte) -1);
		for (int i = 0; i < ALPHABET.length; i++) {
			values[ALPHABET[i]] = (byte) i;
		}
		values['-'] = values['+'];
		values['_'] = values['/'];
		return values;
	}

	static int encodedLength(int length) {
		return Math.toIntExact((length + 2L) / 3 * 4);
	}

	/**
	 * Write the padded base64 of an array.
	 * @param source the bytes
	 * @param target takes the characters
	 * @param position where to write the first one
	 * @return the position behind what was written
	 */
	static int encode(byte[] source, byte[] target, int position) {
		int whole = source.length - source.length % 3;
		int out = position;
		for (int in = 0; in < whole; in += 3) {
			int bits = (source[in] & 0xff) << 16 | (source[in + 1] & 0xff) << 8 | (source[in + 2] & 0xff);
			target[out] = ALPHABET[bits >>> 18];
			target[out + 1] = ALPHABET[bits >>> 12 & 0x3f];
			target[out + 2] = ALPHABET[bits >>> 6 & 0x3f];
			target[out + 3] = ALPHABET[bits & 0x3f];
			out += 4;
		}
		if (whole == source.length) {
			return out;
		}
		boolean two = source.length - whole == 2;
		int bits = (source[whole] & 0xff) << 16 | (two ? (source[whole + 1] & 0xff) << 8 : 0);
		target[out] = ALPHABET[bits >>> 18];
		target[out + 1] = ALPHABET[bits >>> 12 & 0x3f];
		target[out + 2] = two ? ALPHABET[bits >>> 6 & 0x3f] : PADDING;
		target[out + 3] = PADDING;
		return out + 4;
	}

	/**
	 * Decode what can be decoded: both alphabets are taken, other characters are skipped,
	 * the first padding character ends the text, and bits that do not fill a byte are
	 * dropped.
	 * @param source an array that contains base64
	 * @param offset where it starts
	 * @param length the number of characters
	 * @return the bytes, possibly none
	 */
	static byte[] decode(byte[] source, int offset, int length) {
		int end = offset + length;
		while (end > offset && source[end - 1] == PADDING) {
			end--;
		}
		byte[] target = new byte[(int) ((end - offset) * 3L / 4)];
		int in = offset;
		int out = 0;
		while (end - in >= 4) {
			int bits = VALUES[source[in] & 0xff] << 18 | VALUES[source[in + 1] & 0xff] << 12
					| VALUES[source[in + 2] & 0xff] << 6 | VALUES[source[in + 3] & 0xff];
			if (bits < 0) {
				break;
			}
			target[out] = (byte) (bits >>> 16);
			target[out + 1] = (byte) (bits >>> 8);
			target[out + 2] = (byte) bits;
			in += 4;
			out += 3;
		}
		out = decodeRest(source, in, end, target, out);
		return (out != target.length) ? Arrays.copyOf(target, out) : target;
	}

	// From the first group of four that is not clean, which is mostly the incomplete one
	// at the end
	private static int decodeRest(byte[] source, int from, int end, byte[] target, int position) {
		int out = position;
		int bits = 0;
		int digits = 0;
		for (int in = from; in < end && source[in] != PADDING; in++) {
			int value = VALUES[source[in] & 0xff];
			if (value < 0) {
				continue;
			}
			bits = bits << 6 | value;
			if (++digits == 4) {
				target[out] = (byte) (bits >>> 16);
				target[out + 1] = (byte) (bits >>> 8);
				target[out + 2] = (byte) bits;
				out += 3;
				digits = 0;
			}
		}
		if (digits == 2) {
			target[out++] = (byte) (bits >>> 4);
		}
		else if (digits == 3) {
			target[out++] = (byte) (bits >>> 10);
			target[out++] = (byte) (bits >>> 2);
		}
		return out;
	}

}
