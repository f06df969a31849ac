package io.socketio.clients;

import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Seed of a test that acts at random. Printed when the test fails; the system property
 * {@code socketio.test.seed} makes it act in the same way again.
 */
final class Seed implements TestWatcher {

	private static final String PROPERTY = "socketio.test.seed";

	private final int value = Integer.getInteger(PROPERTY, ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));

	int value() {
		return this.value;
	}

	@Override
	public void testFailed(ExtensionContext context, Throwable cause) {
		System.err.println(context.getDisplayName() + " failed with -D" + PROPERTY + "=" + this.value);
	}

}
