package io.socketio.test.autoconfigure;

import java.util.List;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.boot.test.context.ReactiveWebMergedContextConfiguration;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextLoader;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes the context of {@link SocketIoTest @SocketIoTest} that of a WebFlux application
 * with a server on a free local port.
 */
final class SocketIoTestContextBootstrapper extends TestSliceTestContextBootstrapper<SocketIoTest> {

	// A test run with many contexts would wait for seconds for each, until it may end
	private static final List<String> DEFAULT_PROPERTIES = List.of("server.address=127.0.0.1",
			"socketio.adapter.type=memory", "spring.reactor.netty.shutdown-quiet-period=0s");

	@Override
	protected WebEnvironment getWebEnvironment(Class<?> testClass) {
		return WebEnvironment.RANDOM_PORT;
	}

	@Override
	protected Class<? extends ContextLoader> getDefaultContextLoaderClass(Class<?> testClass) {
		return SocketIoTestContextLoader.class;
	}

	@Override
	protected void processPropertySourceProperties(MergedContextConfiguration mergedConfig,
			List<String> propertySourceProperties) {
		super.processPropertySourceProperties(mergedConfig, propertySourceProperties);
		// Later ones win: those of the test
		propertySourceProperties.addAll(0, DEFAULT_PROPERTIES);
	}

	@Override
	protected MergedContextConfiguration processMergedContextConfiguration(MergedContextConfiguration mergedConfig) {
		// Also where Spring MVC is on the class path
		return new ReactiveWebMergedContextConfiguration(super.processMergedContextConfiguration(mergedConfig));
	}

}
