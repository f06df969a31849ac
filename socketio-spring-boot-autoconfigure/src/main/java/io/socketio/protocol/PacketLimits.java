package io.socketio.protocol;

/**
 * What a decoder accepts from one client. The size of a message is limited below, by the
 * transport.
 *
 * @param maxAttachments how many attachments one packet may have
 * @param maxNamespaceLength how many bytes of UTF-8 the name of a namespace may have
 * @since 0.1.0
 */
public record PacketLimits(int maxAttachments, int maxNamespaceLength) {

	private static final PacketLimits DEFAULTS = new PacketLimits(10, 1024);

	/**
	 * Create limits.
	 * @param maxAttachments how many attachments one packet may have
	 * @param maxNamespaceLength how many bytes of UTF-8 the name of a namespace may have
	 * @throws IllegalArgumentException if {@code maxAttachments} is negative or
	 * {@code maxNamespaceLength} not positive
	 */
	public PacketLimits {
		if (maxAttachments < 0) {
			throw new IllegalArgumentException("maxAttachments must not be negative: " + maxAttachments);
		}
		if (maxNamespaceLength < 1) {
			throw new IllegalArgumentException("maxNamespaceLength must be positive: " + maxNamespaceLength);
		}
	}

	/**
	 * Return the default limits: 10 attachments as the reference has it, and 1024 bytes
	 * for a namespace.
	 * @return the default limits
	 */
	public static PacketLimits defaults() {
		return DEFAULTS;
	}

}
