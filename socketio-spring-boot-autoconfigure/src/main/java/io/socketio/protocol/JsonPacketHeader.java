package io.socketio.protocol;

import java.nio.charset.StandardCharsets;

/**
 * What stands before the JSON of a packet, read from left to right as section 2.2 of the
 * protocol notes says.
 */
final class JsonPacketHeader {

	/** Ids above it have lost precision in the JavaScript that made them. */
	private static final long MAX_ID = 1L << 53;

	/** Stands for all greater numbers, which are beyond any sensible limit. */
	private static final int MANY = 100_000_000;

	private static final PacketType[] TYPES = PacketType.values();

	private final byte[] message;

	private int position;

	private final PacketType type;

	private final int attachments;

	private final String namespace;

	private final long id;

	/**
	 * Read a header.
	 * @param message the whole message
	 * @param limits what is accepted
	 * @throws PacketFormatException if there is no valid header
	 */
	JsonPacketHeader(byte[] message, PacketLimits limits) throws PacketFormatException {
		this.message = message;
		this.type = readType();
		boolean binary = this.type == PacketType.BINARY_EVENT || this.type == PacketType.BINARY_ACK;
		this.attachments = binary ? readAttachments(limits.maxAttachments()) : 0;
		this.namespace = readNamespace(limits.maxNamespaceLength());
		this.id = readId();
	}

	/**
	 * Return the type as it stands there, which may be a BINARY one.
	 * @return the type
	 */
	PacketType type() {
		return this.type;
	}

	/**
	 * Return the number of attachments, 0 unless the type is a BINARY one.
	 * @return the number
	 */
	int attachments() {
		return this.attachments;
	}

	String namespace() {
		return this.namespace;
	}

	long id() {
		return this.id;
	}

	/**
	 * Return where the header ends and the JSON starts.
	 * @return the number of bytes before the JSON
	 */
	int length() {
		return this.position;
	}

	private PacketType readType() throws PacketFormatException {
		if (!atDigit()) {
			throw new PacketFormatException("unknown packet type NaN");
		}
		int digit = this.message[this.position++] - '0';
		if (digit >= TYPES.length) {
			throw new PacketFormatException("unknown packet type " + digit);
		}
		return TYPES[digit];
	}

	private int readAttachments(int max) throws PacketFormatException {
		int number = 0;
		while (atDigit()) {
			number = Math.min(10 * number + this.message[this.position++] - '0', MANY);
		}
		if (number == 0 || this.position == this.message.length || this.message[this.position++] != '-') {
			throw new PacketFormatException("Illegal attachments");
		}
		if (number > max) {
			throw new PacketFormatException("too many attachments");
		}
		return number;
	}

	private String readNamespace(int maxLength) throws PacketFormatException {
		int start = this.position;
		if (start == this.message.length || this.message[start] != '/') {
			return "/";
		}
		int end = start;
		while (end < this.message.length && this.message[end] != ',') {
			end++;
		}
		if (end - start > maxLength) {
			throw new PacketFormatException("invalid payload");
		}
		this.position = Math.min(end + 1, this.message.length);
		return (end - start == 1) ? "/" : new String(this.message, start, end - start, StandardCharsets.UTF_8);
	}

	private long readId() throws PacketFormatException {
		if (!atDigit()) {
			return Packet.NO_ID;
		}
		long number = 0;
		while (atDigit()) {
			number = 10 * number + this.message[this.position++] - '0';
			if (number > MAX_ID) {
				throw new PacketFormatException("invalid payload");
			}
		}
		return number;
	}

	private boolean atDigit() {
		return this.position < this.message.length && this.message[this.position] >= '0'
				&& this.message[this.position] <= '9';
	}

}
