package io.socketio.protocol;

/**
 * Lengths of text in UTF-16 code units, the way JavaScript counts, taken from its UTF-8
 * form. Defined for any bytes, so that malformed text has a length too: a byte that
 * begins no character counts with the one before it.
 */
final class Utf16Units {

	private static final int FIRST_OF_FOUR = 0xf0;

	private Utf16Units() {
	}

	/**
	 * Count the units of a text.
	 * @param utf8 the text
	 * @return the number of units
	 */
	static int count(byte[] utf8) {
		int units = 0;
		int position = 0;
		while (position < utf8.length) {
			units += units(utf8[position]);
			position = next(utf8, position);
		}
		return units;
	}

	/**
	 * Find the end of a part of a text.
	 * @param utf8 the text
	 * @param from where the part begins
	 * @param count how many units it has
	 * @return where it ends, or a negative number if the text is shorter or has a
	 * character across that place
	 */
	static int end(byte[] utf8, int from, int count) {
		int left = count;
		int position = from;
		while (left > 0) {
			if (position == utf8.length) {
				return -1;
			}
			left -= units(utf8[position]);
			position = next(utf8, position);
		}
		return (left == 0) ? position : -1;
	}

	private static int units(byte first) {
		return ((first & 0xff) < FIRST_OF_FOUR) ? 1 : 2;
	}

	private static int next(byte[] utf8, int position) {
		int next = position + 1;
		while (next < utf8.length && (utf8[next] & 0xc0) == 0x80) {
			next++;
		}
		return next;
	}

}
