package io.socketio.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import io.socketio.handler.InvalidHandlerMethodException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the failure analyzers.
 */
class FailureAnalyzerTests {

	@Test
	void allAreRegistered() {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					ArgumentResolver.of(Environment.class, new StandardEnvironment())
						.and(BeanFactory.class, new DefaultListableBeanFactory()),
					FailureHandler.handleMessage((message, failure) -> {
						// Boot's own, for libraries that are not there
					}));
		assertThat(analyzers.stream().filter((analyzer) -> analyzer.getClass().getName().startsWith("io.socketio")))
			.hasExactlyElementsOfTypes(DuplicateSocketIoEventFailureAnalyzer.class,
					InvalidHandlerMethodFailureAnalyzer.class, InvalidSocketIoPropertyFailureAnalyzer.class,
					UnsupportedWebServerFailureAnalyzer.class);
	}

	@Test
	void invalidProperty() {
		FailureAnalysis analysis = analyze(new InvalidSocketIoPropertyFailureAnalyzer(new StandardEnvironment()),
				new InvalidSocketIoPropertyException("socketio.ping-interval", "0ms", "must be at least 1 ms",
						"Set it to 25s."));
		assertThat(analysis.getDescription().lines().map(String::trim)).contains("Property: socketio.ping-interval",
				"Value: \"0ms\"", "Reason: it must be at least 1 ms");
		assertThat(analysis.getDescription()).doesNotContain("Origin");
		assertThat(analysis.getAction()).isEqualTo("Set it to 25s.");
	}

	@Test
	void invalidPropertyWithItsOrigin() {
		StandardEnvironment environment = new StandardEnvironment();
		Origin origin = new Origin() {

			@Override
			public String toString() {
				return "application.yml:3:18";
			}

		};
		environment.getPropertySources()
			.addFirst(new OriginTrackedMapPropertySource("test",
					Map.of("socketio.pingInterval", OriginTrackedValue.of("0s", origin))));
		FailureAnalysis analysis = analyze(new InvalidSocketIoPropertyFailureAnalyzer(environment),
				new InvalidSocketIoPropertyException("socketio.ping-interval", "0ms", "must be at least 1 ms",
						"Set it to 25s."));
		assertThat(analysis.getDescription()).contains("Origin: application.yml:3:18").contains("Value: \"0s\"");
	}

	@Test
	void unsupportedWebServer() {
		FailureAnalysis analysis = analyze(new UnsupportedWebServerFailureAnalyzer(),
				new UnsupportedWebServerException(String.class));
		assertThat(analysis.getDescription()).contains("Reactor Netty").contains("java.lang.String");
		assertThat(analysis.getAction()).contains("spring-boot-starter-reactor-netty");
	}

	@Test
	void invalidHandlerMethod() {
		FailureAnalysis analysis = analyze(new InvalidHandlerMethodFailureAnalyzer(),
				new InvalidHandlerMethodException("Chat#message()", "it is wrong"));
		assertThat(analysis.getDescription()).contains("Chat#message()").contains("it is wrong");
		assertThat(analysis.getAction()).contains("Chat#message()");
	}

	private static FailureAnalysis analyze(AbstractFailureAnalyzer<?> analyzer, Exception failure) {
		FailureAnalysis analysis = analyzer.analyze(new IllegalStateException("outer", failure));
		assertThat(analysis).isNotNull();
		return analysis;
	}

}
