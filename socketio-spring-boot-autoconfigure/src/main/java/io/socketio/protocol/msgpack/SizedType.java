package io.socketio.protocol.msgpack;

import org.msgpack.core.MessagePack.Code;

/**
 * Types of values whose header has their size, which takes more room the greater it is.
 */
enum SizedType {

	/** Text; its size is the number of bytes. */
	STRING(Code.FIXSTR_PREFIX, 32, Code.STR8, Code.STR16, Code.STR32),

	/** An array; its size is the number of elements. */
	ARRAY(Code.FIXARRAY_PREFIX, 16, Code.NEVER_USED, Code.ARRAY16, Code.ARRAY32),

	/** An object; its size is the number of members. */
	MAP(Code.FIXMAP_PREFIX, 16, Code.NEVER_USED, Code.MAP16, Code.MAP32);

	private final byte prefix;

	private final int shortest;

	private final byte code8;

	private final byte code16;

	private final byte code32;

	SizedType(byte prefix, int shortest, byte code8, byte code16, byte code32) {
		this.prefix = prefix;
		this.shortest = shortest;
		this.code8 = code8;
		this.code16 = code16;
		this.code32 = code32;
	}

	/**
	 * Return how long a header is.
	 * @param size what it tells
	 * @return 1, where the size is in the first byte, or 2, 3 or 5
	 */
	int headerWidth(int size) {
		if (size < this.shortest) {
			return 1;
		}
		if (size < 1 << 8 && this.code8 != Code.NEVER_USED) {
			return 2;
		}
		return (size < 1 << 16) ? 3 : 5;
	}

	/**
	 * Return the first byte of a header.
	 * @param width the length of the header
	 * @param size the size, for headers of one byte
	 * @return the byte
	 */
	byte firstByte(int width, int size) {
		return switch (width) {
			case 1 -> (byte) (this.prefix | size);
			case 2 -> this.code8;
			case 3 -> this.code16;
			default -> this.code32;
		};
	}

}
