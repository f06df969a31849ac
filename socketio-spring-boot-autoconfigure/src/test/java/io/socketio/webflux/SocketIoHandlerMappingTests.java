package io.socketio.webflux;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

import io.socketio.engine.ConnectionErrorEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoHandlerMapping} and {@link SocketIoCorsProcessor}, edge cases
 * 14, 16 to 19 and 115 to 119.
 */
class SocketIoHandlerMappingTests {

	private static final String ORIGIN_REFUSED = "{\"code\":4,\"message\":"
			+ "\"Origin is not allowed, see property socketio.cors.allowed-origins\"}";

	private final WebHandler endpoint = (exchange) -> Mono.empty();

	private final CorsConfiguration cors = new CorsConfiguration();

	private final List<Object> events = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "/socket.io/, true, /socket.io/", "/socket.io, true, /socket.io/", "/socket.io/, false, /socket.io",
			"/my/path/, true, /my/path/", "/, true, /", "/, false, /" })
	void pathThatClientsUse(String path, boolean addTrailingSlash, String expected) {
		assertThat(mapping(path, addTrailingSlash).path()).isEqualTo(expected);
	}

	@Test
	void comesBeforeRouterFunctionsAndControllers() {
		assertThat(mapping("/socket.io/", true).getOrder()).isEqualTo(-2);
	}

	@ParameterizedTest
	@CsvSource({ "/socket.io/, true", "/socket.io, false", "/socket.io/default/, true", "/socket.io/a/b, true",
			"/socket.iofoo, false", "/other, false", "/, false" })
	void edgeCase16And19WithTrailingSlash(String path, boolean expected) {
		assertThat(matches(mapping("/socket.io/", true), path)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "/socket.io/, true", "/socket.io, true", "/socket.io/default/, true", "/socket.iofoo, false" })
	void edgeCase17WithoutTrailingSlash(String path, boolean expected) {
		assertThat(matches(mapping("/socket.io/", false), path)).isEqualTo(expected);
	}

	@Test
	void edgeCase18OtherPath() {
		assertThat(matches(mapping("/my/path/", true), "/my/path/")).isTrue();
		assertThat(matches(mapping("/my/path/", true), "/socket.io/")).isFalse();
	}

	@Test
	void patternOfThePathIsKnownToObservations() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/socket.io/a"));
		mapping("/socket.io/", true).getHandler(exchange).block(Duration.ofSeconds(5));
		assertThat(exchange.<Object>getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
			.hasToString("/socket.io/**");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080", "" })
	void sameOriginIsServedWithoutHeaders(String origin) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("http://localhost:8080/socket.io/");
		if (!origin.isEmpty()) {
			request.header(HttpHeaders.ORIGIN, origin);
		}
		MockServerHttpResponse response = serve(request);
		assertThat(response.getStatusCode()).isNull();
		assertThat(response.getHeaders().getAccessControlAllowOrigin()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://other.example", "http://localhost", "http://localhost:8081", "null",
			"https://localhost:8080", "file://", "not an origin" })
	void crossOriginIsRefusedUnlessConfigured(String origin) {
		assertRefused(serve(get(origin)), ORIGIN_REFUSED);
	}

	@Test
	void edgeCase119WebSocketHandshakeFromForeignOriginIsRefused() {
		assertRefused(serve(get("https://other.example").header(HttpHeaders.CONNECTION, "Upgrade")
			.header(HttpHeaders.UPGRADE, "websocket")), ORIGIN_REFUSED);
	}

	@Test
	void edgeCase115PreflightOfAllowedOrigin() {
		this.cors.setAllowedOrigins(List.of("https://app.example"));
		this.cors.setAllowedMethods(List.of("GET", "POST"));
		this.cors.setAllowedHeaders(List.of("*"));
		this.cors.setExposedHeaders(List.of("x-a"));
		this.cors.setAllowCredentials(true);
		this.cors.setMaxAge(Duration.ofSeconds(10));
		MockServerHttpResponse response = serve(
				preflight("https://app.example").header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "x-custom"));
		HttpHeaders headers = response.getHeaders();
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(headers.getContentLength()).isZero();
		assertThat(headers.getAccessControlAllowOrigin()).isEqualTo("https://app.example");
		assertThat(headers.getAccessControlAllowMethods()).containsExactly(HttpMethod.GET, HttpMethod.POST);
		assertThat(headers.getAccessControlAllowHeaders()).containsExactly("x-custom");
		assertThat(headers.getAccessControlAllowCredentials()).isTrue();
		assertThat(headers.getAccessControlExposeHeaders()).containsExactly("x-a");
		assertThat(headers.getAccessControlMaxAge()).isEqualTo(10);
		assertThat(headers.getVary()).contains(HttpHeaders.ORIGIN);
	}

	@Test
	void edgeCase116PreflightOfOtherOriginIsRefused() {
		this.cors.setAllowedOrigins(List.of("https://app.example"));
		MockServerHttpResponse response = serve(preflight("https://other.example"));
		assertRefused(response, ORIGIN_REFUSED);
		assertThat(response.getHeaders().getAccessControlAllowOrigin()).isNull();
	}

	@Test
	void edgeCase117ActualRequestHasOriginAndCredentialsOnly() {
		this.cors.setAllowedOriginPatterns(List.of("https://*.example"));
		this.cors.setAllowedMethods(List.of("GET", "POST"));
		this.cors.setAllowCredentials(true);
		MockServerHttpResponse response = serve(get("https://app.example"));
		assertThat(response.getStatusCode()).isNull();
		assertThat(response.getHeaders().getAccessControlAllowOrigin()).isEqualTo("https://app.example");
		assertThat(response.getHeaders().getAccessControlAllowCredentials()).isTrue();
		assertThat(response.getHeaders().getAccessControlAllowMethods()).isEmpty();
		assertThat(response.getHeaders().getAccessControlAllowHeaders()).isEmpty();
	}

	@Test
	void anyOriginIsAnsweredAsSuch() {
		this.cors.setAllowedOrigins(List.of("*"));
		this.cors.setAllowedMethods(List.of("GET"));
		assertThat(serve(get("https://app.example")).getHeaders().getAccessControlAllowOrigin()).isEqualTo("*");
	}

	@Test
	void methodThatIsNotAllowedIsRefusedForThatReason() {
		this.cors.setAllowedOrigins(List.of("https://app.example"));
		this.cors.setAllowedMethods(List.of("GET"));
		MockServerHttpResponse response = serve(MockServerHttpRequest.put("http://localhost:8080/socket.io/")
			.header(HttpHeaders.ORIGIN, "https://app.example"));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(body(response)).contains("socketio.cors.allowed-methods");
	}

	@Test
	void headerThatIsNotAllowedIsRefusedForThatReason() {
		this.cors.setAllowedOrigins(List.of("https://app.example"));
		this.cors.setAllowedMethods(List.of("GET"));
		MockServerHttpResponse response = serve(
				preflight("https://app.example").header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "x-custom"));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(body(response)).contains("socketio.cors.allowed-headers");
	}

	@Test
	void originThatAFilterAllowedIsCheckedAgain() {
		MockServerWebExchange exchange = MockServerWebExchange.from(get("https://other.example"));
		exchange.getResponse().getHeaders().setAccessControlAllowOrigin("*");
		assertRefused(serve(exchange), ORIGIN_REFUSED);
	}

	@Test
	void originThatAFilterAllowedIsServedWhenItIsAllowedHereToo() {
		this.cors.setAllowedOrigins(List.of("https://app.example"));
		this.cors.setAllowedMethods(List.of("GET"));
		MockServerWebExchange exchange = MockServerWebExchange.from(get("https://app.example"));
		exchange.getResponse().getHeaders().setAccessControlAllowOrigin("*");
		assertThat(serve(exchange).getStatusCode()).isNull();
		assertThat(exchange.getResponse().getHeaders().get(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
			.containsExactly("*");
	}

	@Test
	void edgeCase14OriginWithControlCharacter() {
		MockServerHttpResponse response = serve(get("https://app.example\u0008"));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(body(response)).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
	}

	@Test
	void edgeCase23RefusedOriginIsPublished() {
		serve(get("https://other.example"));
		assertThat(this.events).singleElement(InstanceOfAssertFactories.type(ConnectionErrorEvent.class))
			.satisfies((event) -> {
				assertThat(event.code()).isEqualTo(4);
				assertThat(event.message()).isEqualTo("Forbidden");
				assertThat(event.context()).containsOnlyKeys("message");
				assertThat(event.request().headers().getOrigin()).isEqualTo("https://other.example");
			});
	}

	@Test
	void edgeCase23OriginWithControlCharacterIsPublished() {
		serve(get("https://app.example\u0008"));
		assertThat(this.events).singleElement(InstanceOfAssertFactories.type(ConnectionErrorEvent.class))
			.satisfies((event) -> {
				assertThat(event.code()).isEqualTo(3);
				assertThat(event.context()).containsEntry("name", "INVALID_ORIGIN")
					.containsEntry("origin", "https://app.example\u0008");
			});
	}

	@Test
	void edgeCase23NothingIsPublishedOfWhatIsServed() {
		this.cors.setAllowedOrigins(List.of("https://app.example"));
		this.cors.setAllowedMethods(List.of("GET"));
		serve(get("https://app.example"));
		assertThat(this.events).isEmpty();
	}

	private static MockServerHttpRequest.BaseBuilder<?> get(String origin) {
		return MockServerHttpRequest.get("http://localhost:8080/socket.io/").header(HttpHeaders.ORIGIN, origin);
	}

	private static MockServerHttpRequest.BaseBuilder<?> preflight(String origin) {
		return MockServerHttpRequest.options("http://localhost:8080/socket.io/")
			.header(HttpHeaders.ORIGIN, origin)
			.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET");
	}

	private void assertRefused(MockServerHttpResponse response, String body) {
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
		assertThat(body(response)).isEqualTo(body);
	}

	private static String body(MockServerHttpResponse response) {
		return response.getBodyAsString().block(Duration.ofSeconds(5));
	}

	private MockServerHttpResponse serve(MockServerHttpRequest.BaseBuilder<?> request) {
		return serve(MockServerWebExchange.from(request));
	}

	private MockServerHttpResponse serve(MockServerWebExchange exchange) {
		Object handler = mapping("/socket.io/", true).getHandler(exchange).block(Duration.ofSeconds(5));
		boolean answered = exchange.getResponse().getStatusCode() != null;
		assertThat(handler == this.endpoint).isEqualTo(!answered);
		return exchange.getResponse();
	}

	private boolean matches(SocketIoHandlerMapping mapping, String path) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create(path)));
		return mapping.getHandler(exchange).block(Duration.ofSeconds(5)) != null;
	}

	private SocketIoHandlerMapping mapping(String path, boolean addTrailingSlash) {
		SocketIoHandlerMapping mapping = new SocketIoHandlerMapping(path, addTrailingSlash, this.endpoint, this.cors,
				this.events::add);
		mapping.setApplicationContext(new StaticApplicationContext());
		return mapping;
	}

}
