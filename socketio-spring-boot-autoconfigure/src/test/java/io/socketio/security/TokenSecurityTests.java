package io.socketio.security;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.SocketIoServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authentication by a token in the CONNECT payload, and what handlers see of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class TokenSecurityTests {

	private static final String DENIED = "[{\"status\":\"error\",\"message\":\"Access denied\"}]";

	private static SecuredApplication application;

	private final WireClient client = WireClient.webSocket(application.port());

	@BeforeAll
	static void start() {
		application = SecuredApplication.start(Secured.class, "socketio.connection-state-recovery.enabled=true");
		SocketIoServer server = application.bean(SocketIoServer.class);
		server.of("/members")
			.use((socket) -> ReactiveSecurityContextHolder.getContext()
				.map(SecurityContext::getAuthentication)
				.filter((authentication) -> authentication.getName().equals("alice"))
				.switchIfEmpty(Mono.error(new InsufficientAuthenticationException("inside")))
				.then());
	}

	@AfterAll
	static void close() {
		application.close();
	}

	private static Map<String, Object> token(String user) {
		return Map.of("token", SecuredApplication.jwt(user, Duration.ofMinutes(5)));
	}

	private static String call(WireClient client, String event) {
		return client.send("20[\"" + event + "\"]").text().substring(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer ", "bearer " })
	void validTokenIsTheirPrincipal(String prefix) {
		this.client.connect("/", Map.of("token", prefix + SecuredApplication.jwt("alice", Duration.ofMinutes(5))));
		assertThat(call(this.client, "argument")).isEqualTo("[\"alice\"]");
	}

	@Test
	void tokensThatAreRefused(CapturedOutput output) {
		String refused = "4{\"message\":\"Authentication failed\"}";
		assertThat(this.client.sendConnect("/", Map.of("token", "x.y.z")).text()).isEqualTo(refused);
		assertThat(this.client.sendConnect("/", Map.of("token", Map.of("a", 1))).text()).isEqualTo(refused);
		assertThat(this.client.sendConnect("/", Map.of("token", "")).text()).isEqualTo(refused);
		String expired = SecuredApplication.jwt("alice", Duration.ofMinutes(-5));
		assertThat(this.client.sendConnect("/", Map.of("token", expired)).text()).isEqualTo(refused);
		assertThat(this.client.sendConnect("/", Map.of()).text())
			.isEqualTo("4{\"message\":\"Authentication required\"}");
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void principalOfTheHandshakeIsKeptWithoutToken() {
		try (WireClient basic = WireClient.webSocket(application.port(), SecuredApplication.basic("root"))) {
			basic.connect();
			assertThat(call(basic, "argument")).isEqualTo("[\"root\"]");
			assertThat(basic.sendConnect("/members", token("bob")).text())
				.isEqualTo("4/members,{\"message\":\"Authentication failed\"}");
			basic.connect("/members", token("alice"));
		}
	}

	@Test
	void tokenThatExpires() {
		// The decoder grants a minute for clocks that differ, the expiry does not
		this.client.connect("/", Map.of("token", SecuredApplication.jwt("alice", Duration.ofMillis(1500))));
		assertThat(this.client.text())
			.isEqualTo("2[\"exception\",{\"status\":\"error\",\"message\":\"Authentication expired\"}]");
		assertThat(this.client.text()).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "argument", "holder", "reactive", "flux", "service", "elsewhere" })
	void authenticationReachesHandlers(String event) {
		this.client.connect("/", token("alice"));
		assertThat(call(this.client, event)).isIn("[\"alice\"]", "[[\"alice\"]]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "administer", "administerAll", "administerByService" })
	void reactiveMethodSecurityGuardsHandlers(String event, CapturedOutput output) {
		this.client.connect("/", token("alice"));
		assertThat(call(this.client, event)).isEqualTo(DENIED);
		try (WireClient root = WireClient.webSocket(application.port())) {
			root.connect("/", token("root"));
			assertThat(call(root, event)).isIn("[\"done\"]", "[[\"done\"]]");
		}
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void anotherUserDoesNotRecoverTheState() {
		this.client.connect("/", token("alice"));
		this.client.leave();
		Map<String, Object> auth = new HashMap<>(this.client.recovery());
		auth.putAll(token("bob"));
		try (WireClient bob = WireClient.webSocket(application.port())) {
			assertThat(bob.connect("/", auth).pid()).isNotEqualTo(auth.get("pid"));
		}
		auth.putAll(token("alice"));
		try (WireClient alice = WireClient.webSocket(application.port())) {
			assertThat(alice.connect("/", auth).pid()).isEqualTo(auth.get("pid"));
			assertThat(call(alice, "reactive")).isEqualTo("[\"alice\"]");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableReactiveMethodSecurity
	static class Secured {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http, SocketIoMatchers socketIo) {
			return http.authorizeExchange(
					(exchanges) -> exchanges.matchers(socketIo.endpoint()).permitAll().anyExchange().authenticated())
				.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(socketIo.csrfProtection()))
				.httpBasic((basic) -> {
				})
				.build();
		}

		@Bean
		SocketIoAuthenticationManager socketIoAuthenticationManager(ReactiveJwtDecoder decoder) {
			JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
			return SocketIoAuthenticationManager.token("token",
					(token) -> manager.authenticate(new BearerTokenAuthenticationToken(token))
						.cast(JwtAuthenticationToken.class)
						.map((user) -> SocketIoAuthentication.of(user, user.getToken().getExpiresAt())));
		}

		@Bean
		Controller controller(Administration administration) {
			return new Controller(administration);
		}

		@Bean
		Administration administration() {
			return new Administration();
		}

	}

	@SocketIoController
	static class Controller {

		private final Administration administration;

		Controller(Administration administration) {
			this.administration = administration;
		}

		@SocketIoEvent
		String argument(Authentication user) {
			return user.getName();
		}

		@SocketIoEvent
		String holder() {
			return String.valueOf(SecurityContextHolder.getContext().getAuthentication().getName());
		}

		@SocketIoEvent
		Mono<String> reactive() {
			return name();
		}

		@SocketIoEvent
		Flux<String> flux() {
			return name().flux();
		}

		@SocketIoEvent
		Mono<String> service() {
			return this.administration.user();
		}

		@SocketIoEvent
		Mono<String> elsewhere() {
			return Mono.delay(Duration.ofMillis(1)).then(name());
		}

		@SocketIoEvent
		@PreAuthorize("authentication.name == 'root'")
		Mono<String> administer() {
			return Mono.just("done");
		}

		@SocketIoEvent
		@PreAuthorize("authentication.name == 'root'")
		Flux<String> administerAll() {
			return Flux.just("done");
		}

		@SocketIoEvent
		Mono<String> administerByService() {
			return this.administration.administer();
		}

		private static Mono<String> name() {
			return ReactiveSecurityContextHolder.getContext()
				.map((context) -> String.valueOf(context.getAuthentication().getName()));
		}

	}

	@Service
	static class Administration {

		@PreAuthorize("isAuthenticated()")
		Mono<String> user() {
			return Controller.name();
		}

		@PreAuthorize("authentication.name == 'root'")
		Mono<String> administer() {
			return Mono.just("done");
		}

	}

}
