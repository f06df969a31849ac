package io.socketio.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 strictly, which Jackson's parser does not: it takes overlong forms,
 * surrogates and numbers beyond U+10FFFF.
 */
final class Utf8 {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long HIGH_BITS = 0x8080808080808080L;

	private Utf8() {
	}

	static boolean isValid(byte[] bytes) {
		int index = 0;
		while (index < bytes.length) {
			if (index <= bytes.length - Long.BYTES && ((long) LONGS.get(bytes, index) & HIGH_BITS) == 0) {
				index += Long.BYTES;
			}
			else {
				int length = sequenceLength(bytes, index);
				if (length == 0) {
					return false;
				}
				index += length;
			}
		}
		return true;
	}

	// The length of the character at an index, or 0 if it is malformed
	private static int sequenceLength(byte[] bytes, int index) {
		int first = bytes[index] & 0xff;
		if (first < 0x80) {
			return 1;
		}
		int length = (first < 0xe0) ? 2 : (first < 0xf0) ? 3 : 4;
		if (first < 0xc2 || first > 0xf4 || length > bytes.length - index) {
			return 0;
		}
		for (int i = index + 1; i < index + length; i++) {
			if ((bytes[i] & 0xc0) != 0x80) {
				return 0;
			}
		}
		int second = bytes[index + 1] & 0xff;
		boolean malformed = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)
				|| (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
		return malformed ? 0 : length;
	}

}
