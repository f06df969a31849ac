package io.socketio.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;

import io.socketio.security.SecurityContextContributor;
import io.socketio.security.SecurityErrorTranslator;
import io.socketio.security.SecuritySocketAuthenticator;
import io.socketio.security.SocketIoAuthenticationManager;
import io.socketio.security.SocketIoMatchers;
import io.socketio.server.SocketAuthenticator;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Spring Security: its context in
 * handlers, its errors, authentication by the CONNECT payload where a
 * {@link SocketIoAuthenticationManager} is there, and matchers for the endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = SocketIoAutoConfiguration.class)
@ConditionalOnClass(SecurityContext.class)
public final class SocketIoSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecurityContextContributor socketIoSecurityContextContributor() {
		return new SecurityContextContributor();
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityErrorTranslator socketIoSecurityErrorTranslator() {
		return new SecurityErrorTranslator();
	}

	@Bean
	@ConditionalOnBean(SocketIoAuthenticationManager.class)
	@ConditionalOnMissingBean(SocketAuthenticator.class)
	SecuritySocketAuthenticator socketIoSocketAuthenticator(SocketIoAuthenticationManager manager) {
		return new SecuritySocketAuthenticator(manager);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(ServerWebExchangeMatcher.class)
	static class MatchersConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SocketIoMatchers socketIoMatchers(SocketIoProperties properties) {
			return new SocketIoMatchers(new OptionsMapper(properties).path());
		}

	}

}
