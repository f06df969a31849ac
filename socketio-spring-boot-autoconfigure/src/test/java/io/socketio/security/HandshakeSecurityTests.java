package io.socketio.security;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authentication at the handshake, by what the guide configures.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandshakeSecurityTests {

	private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

	private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

	private static final String DENIED = "[{\"status\":\"error\",\"message\":\"Access denied\"}]";

	private static SecuredApplication application;

	@BeforeAll
	static void start() {
		application = SecuredApplication.start(Secured.class);
	}

	@AfterAll
	static void close() {
		application.close();
	}

	private static int port() {
		return application.port();
	}

	@Test
	void handshakeWithoutAuthenticationIs401() {
		assertThat(RawHttp.get(port(), POLLING).status()).isEqualTo(401);
		RawResponse upgrade = RawHttp.get(port(), WEBSOCKET, "Connection: Upgrade", "Upgrade: websocket",
				"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
		assertThat(upgrade.status()).isEqualTo(401);
	}

	@Test
	void basicOverPollingNeedsNoCsrfToken() {
		PollingClient client = PollingClient.open(port(), SecuredApplication.basic("alice"));
		assertThat(client.push("40", SecuredApplication.basic("alice")).text()).isEqualTo("ok");
		assertThat(client.poll(SecuredApplication.basic("alice")).text()).startsWith("40{");
		assertThat(RawHttp.post(port(), "/other", "", SecuredApplication.basic("alice")).status()).isEqualTo(403);
	}

	@Test
	void withoutTheMatcherPushesAreRefused() {
		try (SecuredApplication unprepared = SecuredApplication.start(Unprepared.class)) {
			PollingClient client = PollingClient.open(unprepared.port(), SecuredApplication.basic("alice"));
			RawResponse response = client.push("40", SecuredApplication.basic("alice"));
			assertThat(response.status()).isEqualTo(403);
			assertThat(response.text()).doesNotContain("code");
		}
	}

	@Test
	void foreignOriginIsRefusedAlsoWithCredentials() {
		RawResponse response = RawHttp.get(port(), POLLING, SecuredApplication.basic("alice"),
				"Origin: https://evil.example");
		assertThat(response.status()).isEqualTo(403);
		PollingClient client = PollingClient.open(port(), SecuredApplication.basic("alice"));
		assertThat(client.push("40", SecuredApplication.basic("alice"), "Origin: https://evil.example").status())
			.isEqualTo(403);
	}

	@Test
	void eachRequestOfASessionPresentsItsPrincipal() {
		PollingClient client = PollingClient.open(port(), SecuredApplication.basic("alice"));
		assertThat(client.poll().status()).isEqualTo(401);
		RawResponse other = client.push("40", SecuredApplication.basic("root"));
		assertThat(other.status()).isEqualTo(403);
		assertThat(other.text()).contains("\"code\":4");
		assertThat(client.push("40", SecuredApplication.basic("alice")).status()).isEqualTo(200);
	}

	@Test
	void bearerTokenInTheHeader() {
		String header = "Authorization: Bearer " + SecuredApplication.jwt("carol", Duration.ofMinutes(5));
		try (WireClient client = WireClient.webSocket(port(), header)) {
			client.connect();
			assertThat(client.send("20[\"who\"]").text()).isEqualTo("30[\"carol\"]");
		}
		String expired = "Authorization: Bearer " + SecuredApplication.jwt("carol", Duration.ofMinutes(-5));
		assertThat(RawHttp.get(port(), POLLING, expired).status()).isEqualTo(401);
	}

	@Test
	void sessionOfAFormLogin() throws Exception {
		HttpClient browser = HttpClient.newHttpClient();
		URI login = URI.create("http://127.0.0.1:" + port() + "/login");
		HttpResponse<String> page = browser.send(
				HttpRequest.newBuilder(login).header("Accept", "text/html").timeout(Duration.ofSeconds(10)).build(),
				BodyHandlers.ofString());
		Matcher token = Pattern.compile("name=\"_csrf\" type=\"hidden\" value=\"([^\"]+)\"").matcher(page.body());
		assertThat(token.find()).as(page.body()).isTrue();
		String form = "username=alice&password=secret&_csrf="
				+ URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
		HttpResponse<String> welcome = browser.send(HttpRequest.newBuilder(login)
			.header("Cookie", cookie(page))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.timeout(Duration.ofSeconds(10))
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build(), BodyHandlers.ofString());
		assertThat(welcome.statusCode()).isEqualTo(302);
		String cookie = "Cookie: " + cookie(welcome);
		PollingClient client = PollingClient.open(port(), cookie);
		client.push("40", cookie);
		client.poll(cookie);
		client.push("420[\"who\"]", cookie);
		assertThat(client.poll(cookie).text()).isEqualTo("430[\"alice\"]");
		try (WireClient webSocket = WireClient.webSocket(port(), cookie)) {
			webSocket.connect();
			assertThat(webSocket.send("20[\"who\"]").text()).isEqualTo("30[\"alice\"]");
		}
	}

	private static String cookie(HttpResponse<?> response) {
		return response.headers()
			.allValues("Set-Cookie")
			.stream()
			.map((cookie) -> cookie.split(";")[0])
			.toList()
			.get(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "holder", "argument" })
	void authenticationReachesBlockingHandlers(String event) {
		try (WireClient client = WireClient.webSocket(port(), SecuredApplication.basic("alice"))) {
			client.connect();
			assertThat(client.send("20[\"" + event + "\"]").text()).isEqualTo("30[\"alice [ROLE_USER]\"]");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "administer", "administerReactive" })
	void methodSecurityGuardsHandlers(String event, CapturedOutput output) {
		try (WireClient alice = WireClient.webSocket(port(), SecuredApplication.basic("alice"));
				WireClient root = WireClient.webSocket(port(), SecuredApplication.basic("root"))) {
			alice.connect();
			root.connect();
			for (int i = 0; i < 20; i++) {
				assertThat(root.send("20[\"" + event + "\"]").text()).isEqualTo("30[\"done\"]");
				assertThat(alice.send("20[\"" + event + "\"]").text()).isEqualTo("30" + DENIED);
			}
		}
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class Secured {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http, SocketIoMatchers socketIo) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(socketIo.csrfProtection()))
				.httpBasic(Customizer.withDefaults())
				.formLogin(Customizer.withDefaults())
				.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
				.build();
		}

		@Bean
		Controller controller() {
			return new Controller();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unprepared {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

	@SocketIoController
	static class Controller {

		@SocketIoEvent
		Mono<String> who(Authentication user) {
			return Mono.just(user.getName());
		}

		@SocketIoEvent
		String holder() {
			return describe(SecurityContextHolder.getContext().getAuthentication());
		}

		@SocketIoEvent
		String argument(Authentication user) {
			return describe(user);
		}

		@SocketIoEvent
		@PreAuthorize("hasRole('ADMIN')")
		String administer() {
			return "done";
		}

		@SocketIoEvent
		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> administerReactive() {
			return Mono.just("done");
		}

		private static String describe(Authentication user) {
			List<String> roles = user.getAuthorities()
				.stream()
				.map((authority) -> String.valueOf(authority.getAuthority()))
				.filter((authority) -> authority.startsWith("ROLE_"))
				.toList();
			return user.getName() + " " + roles;
		}

	}

}
