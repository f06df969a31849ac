package io.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Generates ids nobody can guess: 20 characters of URL-safe Base64, 120 random bits.
 *
 * @since 0.1.0
 */
public final class SecretIds {

	private static final int BYTES = 15;

	private static final SecureRandom RANDOM = new SecureRandom();

	private SecretIds() {
	}

	/**
	 * Generate an id.
	 * @return 20 characters
	 */
	public static String next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

}
