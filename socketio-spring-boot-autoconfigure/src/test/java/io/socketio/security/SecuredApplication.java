package io.socketio.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * An application behind Spring Security on a real port, with the users alice and root,
 * who may also have tokens.
 */
public final class SecuredApplication implements AutoCloseable {

	private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");

	private final ConfigurableApplicationContext context;

	private SecuredApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application.
	 * @param configuration its configuration
	 * @param properties its properties, {@code name=value}
	 * @return the application
	 */
	public static SecuredApplication start(Class<?> configuration, String... properties) {
		return new SecuredApplication(
				new SpringApplicationBuilder(Base.class, configuration).web(WebApplicationType.REACTIVE)
					.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
							"spring.main.log-startup-info=false")
					.properties(properties)
					.run());
	}

	public int port() {
		return ((ReactiveWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Make an {@code Authorization} header.
	 * @param user name of a user
	 * @return the header line
	 */
	public static String basic(String user) {
		byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
		return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
	}

	/**
	 * Make a signed token.
	 * @param user name of the user
	 * @param validity how long it is valid from now on
	 * @return the token
	 */
	public static String jwt(String user, Duration validity) {
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(user)
			.issuedAt(now.minusSeconds(3600))
			.expiresAt(now.plus(validity))
			.build();
		return NimbusJwtEncoder.withSecretKey(KEY)
			.build()
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
	}

	/**
	 * What all have in common.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Base {

		@Bean
		ReactorResourceFactory reactorResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("alice").password("{noop}secret").roles("USER").build(),
					User.withUsername("root").password("{noop}secret").roles("USER", "ADMIN").build());
		}

		@Bean
		ReactiveJwtDecoder jwtDecoder() {
			return NimbusReactiveJwtDecoder.withSecretKey(KEY).build();
		}

	}

}
