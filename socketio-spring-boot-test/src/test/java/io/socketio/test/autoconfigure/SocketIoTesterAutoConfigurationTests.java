package io.socketio.test.autoconfigure;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.context.ServerPortInfoApplicationContextInitializer;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import io.socketio.autoconfigure.SocketIoAutoConfiguration;
import io.socketio.autoconfigure.SocketIoWebFluxAutoConfiguration;
import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketIoTesterAutoConfiguration}.
 */
class SocketIoTesterAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(JacksonAutoConfiguration.class,
			NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
			WebFluxAutoConfiguration.class, SocketIoAutoConfiguration.class, SocketIoWebFluxAutoConfiguration.class,
			SocketIoTesterAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner contextRunner = new ReactiveWebApplicationContextRunner(
			AnnotationConfigReactiveWebServerApplicationContext::new)
		.withPropertyValues("server.port=0", "server.address=127.0.0.1")
		.withInitializer(new ServerPortInfoApplicationContextInitializer())
		.withBean(ReactorResourceFactory.class, SocketIoTesterAutoConfigurationTests::reactorResources)
		.withConfiguration(CONFIGURATIONS);

	// Which end without a quiet period
	private static ReactorResourceFactory reactorResources() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	@Test
	void testerConnectsToTheServerOfTheContext() {
		this.contextRunner.run((context) -> {
			try (TestSocket socket = context.getBean(SocketIoTester.class).connect()) {
				assertThat(socket.connected()).isTrue();
			}
		});
	}

	@Test
	void socketsEndWithTheContext() {
		TestSocket[] sockets = new TestSocket[1];
		this.contextRunner.run((context) -> sockets[0] = context.getBean(SocketIoTester.class).connect());
		assertThat(sockets[0].connected()).isFalse();
	}

	@Test
	void endpointHasPortAndPath() {
		this.contextRunner.run((context) -> assertThat(
				new LocalEndpoint(context.getSourceApplicationContext(), "/realtime/").get())
			.isEqualTo(URI.create(
					"http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/realtime/")));
	}

	@ParameterizedTest
	@CsvSource({ "'', 127.0.0.1", "0.0.0.0, 127.0.0.1", "::, 127.0.0.1", "127.0.0.1, 127.0.0.1", "::1, [::1]",
			"[::1], [::1]", "localhost, localhost" })
	void hostFollowsTheAddressOfTheServer(String address, String host) {
		assertThat(LocalEndpoint.host(address)).isEqualTo(host);
	}

	@Test
	void backsOffWithoutAnEndpoint() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).doesNotHaveBean(SocketIoTester.class));
	}

	@Test
	void backsOffForATesterOfTheApplication() {
		this.contextRunner.withUserConfiguration(OwnTester.class)
			.run((context) -> assertThat(context).getBean(SocketIoTester.class).isSameAs(context.getBean("ownTester")));
	}

	@Test
	void timeoutMustBePositive() {
		this.contextRunner.withPropertyValues("socketio.test.timeout=0s").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause().hasMessage("The time to wait must be positive");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTester {

		@Bean
		SocketIoTester ownTester() {
			return mock(SocketIoTester.class);
		}

	}

}
