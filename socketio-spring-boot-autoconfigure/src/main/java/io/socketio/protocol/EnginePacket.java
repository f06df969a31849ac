package io.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A packet of Engine.IO v4: a type and its data, which is UTF-8 text unless the packet is
 * a binary message.
 * <p>
 * The data is neither copied on the way in nor on the way out, so that one packet can be
 * shared by many connections. An array that was handed to a packet or taken from one must
 * not be modified.
 *
 * @since 0.1.0
 */
public final class EnginePacket {

	/** How many bytes {@link #toString()} shows. */
	private static final int SHOWN = 128;

	private static final byte[] NO_DATA = new byte[0];

	private static final EnginePacket[] WITHOUT_DATA = withoutData();

	private final EnginePacketType type;

	private final byte[] data;

	private final boolean binary;

	private EnginePacket(EnginePacketType type, byte[] data, boolean binary) {
		this.type = type;
		this.data = data;
		this.binary = binary;
	}

	private static EnginePacket[] withoutData() {
		EnginePacketType[] types = EnginePacketType.values();
		EnginePacket[] packets = new EnginePacket[types.length];
		for (EnginePacketType type : types) {
			packets[type.ordinal()] = new EnginePacket(type, NO_DATA, false);
		}
		return packets;
	}

	/**
	 * Return the packet of a type that has no data.
	 * @param type the type
	 * @return a shared instance
	 */
	public static EnginePacket of(EnginePacketType type) {
		return WITHOUT_DATA[type.ordinal()];
	}

	/**
	 * Return a packet with text.
	 * @param type the type
	 * @param data the text, without the type's character
	 * @return the packet
	 */
	public static EnginePacket of(EnginePacketType type, String data) {
		return of(type, data.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a packet with text that is encoded already.
	 * @param type the type
	 * @param utf8 the text in UTF-8, without the type's character; not copied
	 * @return the packet
	 */
	public static EnginePacket of(EnginePacketType type, byte[] utf8) {
		return (utf8.length != 0) ? new EnginePacket(type, utf8, false) : of(type);
	}

	/**
	 * Return a message with text.
	 * @param text the text
	 * @return the packet
	 */
	public static EnginePacket message(String text) {
		return of(EnginePacketType.MESSAGE, text);
	}

	/**
	 * Return a message with text that is encoded already.
	 * @param utf8 the text in UTF-8; not copied
	 * @return the packet
	 */
	public static EnginePacket message(byte[] utf8) {
		return of(EnginePacketType.MESSAGE, utf8);
	}

	/**
	 * Return a binary message.
	 * @param data the bytes; not copied
	 * @return the packet
	 */
	public static EnginePacket binary(byte[] data) {
		return new EnginePacket(EnginePacketType.MESSAGE, data, true);
	}

	/**
	 * Return the type.
	 * @return the type
	 */
	public EnginePacketType type() {
		return this.type;
	}

	/**
	 * Return the data without the type's character: UTF-8 text, or any bytes if
	 * {@link #binary()}.
	 * @return the array itself, not a copy; must not be modified
	 */
	public byte[] data() {
		return this.data;
	}

	/**
	 * Return whether this is a binary message, which is a binary frame on WebSocket and
	 * base64 on long-polling.
	 * @return {@code true} only for a {@link EnginePacketType#MESSAGE}
	 */
	public boolean binary() {
		return this.binary;
	}

	/**
	 * Return the data decoded from UTF-8. Malformed input is replaced by U+FFFD.
	 * @return the text
	 */
	public String text() {
		return new String(this.data, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(Object other) {
		if (this == other) {
			return true;
		}
		return other instanceof EnginePacket that && this.type == that.type && this.binary == that.binary
				&& Arrays.equals(this.data, that.data);
	}

	@Override
	public int hashCode() {
		return 31 * (2 * this.type.ordinal() + (this.binary ? 1 : 0)) + Arrays.hashCode(this.data);
	}

	@Override
	public String toString() {
		int shown = Math.min(this.data.length, SHOWN);
		String content = this.binary ? Arrays.toString(Arrays.copyOf(this.data, shown))
				: "[" + new String(this.data, 0, shown, StandardCharsets.UTF_8) + "]";
		return this.type + content + ((shown < this.data.length) ? "... (" + this.data.length + " bytes)" : "");
	}

}
