package io.socketio.test.autoconfigure;

import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts the server of a slice, where {@link SpringBootContextLoader} does so for
 * {@code @SpringBootTest} alone.
 */
final class SocketIoTestContextLoader extends SpringBootContextLoader {

	@Override
	protected ApplicationContextFactory getApplicationContextFactory(MergedContextConfiguration mergedConfig) {
		return ApplicationContextFactory.DEFAULT;
	}

}
