package io.socketio.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import reactor.core.publisher.Mono;

import io.socketio.security.SecurityContextContributor;
import io.socketio.security.SecurityErrorTranslator;
import io.socketio.security.SecuritySocketAuthenticator;
import io.socketio.security.SocketIoAuthenticationManager;
import io.socketio.security.SocketIoMatchers;
import io.socketio.server.ServerExtensions;
import io.socketio.server.SocketAuthenticator;
import io.socketio.server.SocketContextContributor;
import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketIoSecurityAutoConfiguration} and {@link SocketIoMatchers}.
 */
class SocketIoSecurityAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(SocketIoAutoConfiguration.class,
			SocketIoSecurityAutoConfiguration.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner webContextRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	@Test
	void partsReachTheServer() {
		this.contextRunner.run((context) -> {
			ServerExtensions extensions = context.getBean(ServerExtensions.class);
			assertThat(extensions.authenticator()).isNull();
			assertThat(extensions.contributors()).containsExactly(context.getBean(SecurityContextContributor.class));
			assertThat(context).hasSingleBean(SecurityErrorTranslator.class).doesNotHaveBean(SocketIoMatchers.class);
			assertThat(context.getBean(SocketIoServer.class)).extracting("context.extensions").isSameAs(extensions);
		});
	}

	@Test
	void managerMakesAnAuthenticator() {
		this.contextRunner
			.withBean(SocketIoAuthenticationManager.class, () -> mock(SocketIoAuthenticationManager.class))
			.run((context) -> assertThat(context.getBean(ServerExtensions.class).authenticator())
				.isInstanceOf(SecuritySocketAuthenticator.class));
	}

	@Test
	void ownAuthenticatorWins() {
		SocketAuthenticator own = (namespace, handshake) -> Mono.empty();
		this.contextRunner
			.withBean(SocketIoAuthenticationManager.class, () -> mock(SocketIoAuthenticationManager.class))
			.withBean(SocketAuthenticator.class, () -> own)
			.run((context) -> assertThat(context.getBean(ServerExtensions.class).authenticator()).isSameAs(own));
	}

	@Test
	void twoAuthenticatorsFailTheStart() {
		this.contextRunner.withBean("first", SocketAuthenticator.class, () -> mock(SocketAuthenticator.class))
			.withBean("second", SocketAuthenticator.class, () -> mock(SocketAuthenticator.class))
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("first,second"));
	}

	@Test
	void withoutSpringSecurity() {
		this.webContextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> {
				assertThat(context).hasSingleBean(SocketIoServer.class)
					.doesNotHaveBean(SocketContextContributor.class)
					.doesNotHaveBean(SocketIoSecurityAutoConfiguration.class);
				assertThat(context.getBean(ServerExtensions.class).contributors()).isEmpty();
			});
	}

	@Test
	void withoutSpringSecurityWeb() {
		this.webContextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security.web"))
			.run((context) -> assertThat(context).hasSingleBean(SecurityContextContributor.class)
				.doesNotHaveBean(SocketIoMatchers.class));
	}

	@Test
	void withoutOAuth2() {
		this.webContextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SocketIoMatchers.class));
	}

	@Test
	void endpointIsWhereThePathIs() {
		this.webContextRunner.withPropertyValues("socketio.path=/chat/io").run((context) -> {
			ServerWebExchangeMatcher endpoint = context.getBean(SocketIoMatchers.class).endpoint();
			assertThat(matches(endpoint, HttpMethod.POST, "/chat/io/")).isTrue();
			assertThat(matches(endpoint, HttpMethod.GET, "/chat/io")).isTrue();
			assertThat(matches(endpoint, HttpMethod.GET, "/chat/io/socket.io.js")).isTrue();
			assertThat(matches(endpoint, HttpMethod.GET, "/chat/ios")).isFalse();
			assertThat(matches(endpoint, HttpMethod.GET, "/socket.io/")).isFalse();
		});
	}

	@Test
	void csrfTokensAreAskedForElsewhere() {
		this.webContextRunner.run((context) -> {
			ServerWebExchangeMatcher csrf = context.getBean(SocketIoMatchers.class).csrfProtection();
			assertThat(matches(csrf, HttpMethod.POST, "/socket.io/")).isFalse();
			assertThat(matches(csrf, HttpMethod.POST, "/other")).isTrue();
			assertThat(matches(csrf, HttpMethod.GET, "/other")).isFalse();
		});
	}

	@Test
	void rootPath() {
		ServerWebExchangeMatcher endpoint = new SocketIoMatchers("/").endpoint();
		assertThat(matches(endpoint, HttpMethod.GET, "/")).isTrue();
		assertThat(matches(endpoint, HttpMethod.GET, "/any")).isTrue();
	}

	private static boolean matches(ServerWebExchangeMatcher matcher, HttpMethod method, String path) {
		return Boolean.TRUE.equals(matcher
			.matches(MockServerWebExchange.from(MockServerHttpRequest.method(method, "http://localhost" + path)))
			.map(ServerWebExchangeMatcher.MatchResult::isMatch)
			.block(Duration.ofSeconds(5)));
	}

}
