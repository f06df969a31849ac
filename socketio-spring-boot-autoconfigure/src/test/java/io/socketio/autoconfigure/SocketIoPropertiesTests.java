package io.socketio.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;

import io.socketio.engine.EngineOptions;
import io.socketio.engine.TransportType;
import io.socketio.protocol.PacketLimits;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.server.ServerOptions;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketIoProperties} and their conversion by {@link OptionsMapper}.
 */
class SocketIoPropertiesTests {

	@Test
	void defaultsAreThoseOfTheOptions() {
		OptionsMapper mapper = new OptionsMapper(new SocketIoProperties());
		assertThat(mapper.engine()).isEqualTo(EngineOptions.defaults());
		assertThat(mapper.server()).isEqualTo(ServerOptions.defaults());
		assertThat(mapper.recovery()).isEqualTo(RecoveryOptions.defaults());
		assertThat(mapper.path()).isEqualTo("/socket.io/");
		assertThat(mapper.clientLocation()).isEqualTo("classpath:/io/socketio/client/");
		assertThat(mapper.maxPendingPerSocket()).isEqualTo(64);
		WebOptions web = mapper.web();
		assertThat(web.cookie()).isNull();
		assertThat(web.compression()).isNotNull();
		assertThat(web.webSocketCompressionThreshold()).isNegative();
		CorsConfiguration cors = mapper.cors();
		assertThat(cors.checkOrigin("https://other.example")).isNull();
		assertThat(cors.checkHttpMethod(HttpMethod.POST)).containsExactly(HttpMethod.GET, HttpMethod.POST);
		assertThat(cors.checkHeaders(List.of("x-custom"))).containsExactly("x-custom");
	}

	@Test
	void everyEnginePropertyIsPassedOn() {
		EngineOptions options = bind(Map.of("transports", "websocket", "ping-interval", "1s", "ping-timeout", "2s",
				"upgrade-timeout", "3s", "close-timeout", "4s", "max-payload", "5KB", "max-buffered", "6KB",
				"allow-upgrades", "false", "allow-eio3", "true", "initial-packet", "hi"))
			.engine();
		assertThat(options)
			.isEqualTo(new EngineOptions(List.of(TransportType.WEBSOCKET), Duration.ofSeconds(1), Duration.ofSeconds(2),
					Duration.ofSeconds(3), Duration.ofSeconds(4), 5 * 1024, 6 * 1024, false, true, "hi"));
	}

	@Test
	void everyServerPropertyIsPassedOn() {
		Map<String, String> properties = new HashMap<>(
				Map.of("connect-timeout", "1s", "ack-timeout", "2s", "limits.max-attachments", "3",
						"limits.max-namespace-length", "4", "limits.max-namespaces", "5", "limits.max-rooms-per-socket",
						"13", "limits.max-auth-bytes", "14KB", "cleanup-empty-child-namespaces", "true"));
		Map.of("enabled", "true", "max-disconnection-duration", "5m", "skip-middlewares", "false", "max-log-bytes",
				"6KB", "max-log-events", "7", "max-total-log-bytes", "8KB", "max-total-log-events", "9", "max-sessions",
				"10", "max-concurrent-replays", "11", "store-timeout", "12s")
			.forEach((name, value) -> properties.put("connection-state-recovery." + name, value));
		ServerOptions options = bind(properties).server();
		assertThat(options).isEqualTo(new ServerOptions(Duration.ofSeconds(1), Duration.ofSeconds(2),
				new PacketLimits(3, 4), 5, 13, 14 * 1024, true, new RecoveryOptions(Duration.ofMinutes(5), false,
						6 * 1024, 7, 8 * 1024, 9, 10, 11, Duration.ofSeconds(12))));
	}

	@Test
	void everyCorsPropertyIsPassedOn() {
		CorsConfiguration cors = bind(Map.of("cors.allowed-origins", "https://a.example, http://localhost:3000/",
				"cors.allowed-origin-patterns", "https://*.b.example", "cors.allowed-methods", "get,put",
				"cors.allowed-headers", "x-a", "cors.exposed-headers", "x-b", "cors.allow-credentials", "true",
				"cors.max-age", "10s"))
			.cors();
		assertThat(cors.checkOrigin("https://a.example")).isEqualTo("https://a.example");
		assertThat(cors.checkOrigin("http://localhost:3000")).isEqualTo("http://localhost:3000");
		assertThat(cors.checkOrigin("https://x.b.example")).isEqualTo("https://x.b.example");
		assertThat(cors.checkOrigin("https://b.example.evil.example")).isNull();
		assertThat(cors.getAllowedMethods()).containsExactly("GET", "PUT");
		assertThat(cors.getAllowedHeaders()).containsExactly("x-a");
		assertThat(cors.getExposedHeaders()).containsExactly("x-b");
		assertThat(cors.getAllowCredentials()).isTrue();
		assertThat(cors.getMaxAge()).isEqualTo(10);
	}

	@Test
	void everyCookiePropertyIsPassedOn() {
		WebOptions options = bind(Map.of("cookie.enabled", "true", "cookie.name", "sid", "cookie.path", "/chat",
				"cookie.domain", "example.org", "cookie.http-only", "false", "cookie.secure", "true",
				"cookie.same-site", "none", "cookie.max-age", "1m"))
			.web();
		assertThat(options.cookie()).isNotNull();
		assertThat(options.cookie().apply("x").toString())
			.startsWith("sid=x; Path=/chat; Domain=example.org; Max-Age=60;")
			.contains("; Secure")
			.doesNotContain("HttpOnly")
			.contains("; SameSite=None");
	}

	@Test
	void cookieIsThatOfTheProtocol() {
		WebOptions options = bind(Map.of("cookie.enabled", "true")).web();
		assertThat(options.cookie()).isNotNull();
		assertThat(options.cookie().apply("x")).hasToString("io=x; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void cookieWithoutPathAndSameSite() {
		WebOptions options = bind(Map.of("cookie.enabled", "true", "cookie.path", "", "cookie.same-site", "omitted"))
			.web();
		assertThat(options.cookie()).isNotNull();
		assertThat(options.cookie().apply("x")).hasToString("io=x; HttpOnly");
	}

	@Test
	void compressionIsPassedOn() {
		WebOptions options = bind(Map.of("http-compression.enabled", "false", "websocket.compression.enabled", "true",
				"websocket.compression.threshold", "2KB"))
			.web();
		assertThat(options.compression()).isNull();
		assertThat(options.webSocketCompressionThreshold()).isEqualTo(2048);
	}

	@Test
	void handlerPropertiesArePassedOn() {
		OptionsMapper mapper = bind(Map.of("handler.concurrency", "3", "handler.queue-capacity", "4",
				"handler.max-pending-per-socket", "5", "handler.max-concurrent-per-socket", "6"));
		HandlerThreadPool pool = mapper.handlerThreadPool();
		assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
		assertThat(pool.getCorePoolSize()).isEqualTo(3);
		assertThat(pool.getQueue().remainingCapacity()).isEqualTo(4);
		assertThat(mapper.maxPendingPerSocket()).isEqualTo(5);
		assertThat(mapper.maxConcurrentPerSocket()).isEqualTo(6);
		pool.shutdown();
	}

	@Test
	void clientLocationIsADirectory() {
		assertThat(bind(Map.of("client-location", "file:/srv/client")).clientLocation()).isEqualTo("file:/srv/client/");
	}

	@Test
	void namesOfTheSocketIoDocumentationAreTaken() {
		OptionsMapper mapper = bind(Map.of("connectionStateRecovery.enabled", "true",
				"connectionStateRecovery.maxDisconnectionDuration", "60000", "connectionStateRecovery.skipMiddlewares",
				"false", "pingInterval", "300", "maxPayload", "1000"));
		assertThat(mapper.server().recovery()).isNotNull()
			.extracting(RecoveryOptions::maxDisconnectionDuration, RecoveryOptions::skipMiddlewares)
			.containsExactly(Duration.ofMinutes(1), false);
		assertThat(mapper.engine().pingInterval()).isEqualTo(Duration.ofMillis(300));
		assertThat(mapper.engine().maxPayload()).isEqualTo(1000);
	}

	@Test
	void repeatedTransportCountsOnce() {
		assertThat(bind(Map.of("transports", "polling,websocket,polling")).engine().transports())
			.containsExactly(TransportType.POLLING, TransportType.WEBSOCKET);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
							path            | socket.io              | must start with a slash
							path            | ''                     | must start with a slash
							path            | /a/{b}                 | must have no query, wildcard, variable or blank
							path            | /a/**                  | must have no query, wildcard, variable or blank
							path            | /a?b                   | must have no query, wildcard, variable or blank
							transports      | ''                     | must name at least one transport
							ping-interval   | 0s                     | must be at least 1 ms
							ping-interval   | 25d                    | must not be longer than 24 days
							ping-timeout    | -1s                    | must be at least 1 ms
							ping-timeout    | 2147483647ms           | must not be longer than 24 days together with socketio.ping-interval
							ping-timeout    | 500us                  | must be at least 1 ms
							upgrade-timeout | 0s                     | must be at least 1 ms
							close-timeout   | 0s                     | must be at least 1 ms
							connect-timeout | 0s                     | must be at least 1 ms
							ack-timeout     | 0s                     | must be at least 1 ms
							max-payload     | 0B                     | must be at least 1B
							max-payload     | 2GB                    | must not be larger than 2147483639B
							max-buffered    | 0B                     | must be at least 1B
							client-location | ''                     | must not be empty
							adapter.type    | redis                  | is no type that this version has: memory
							http-compression.threshold      | -1B    | must be at least 0B
							websocket.compression.threshold | 3GB    | must not be larger than 2147483639B
							cors.allowed-origins            | chat.example.org          | is no origin
							cors.allowed-origins            | https://*.example.org/a/b | is no origin
							limits.max-attachments          | -1     | must be at least 0
							limits.max-namespace-length     | 0      | must be at least 1
							limits.max-rooms-per-socket     | 0      | must be at least 1
							limits.max-auth-bytes           | 0B     | must be at least 1B
							handler.concurrency             | 0      | must be at least 1
							handler.queue-capacity          | 0      | must be at least 1
							handler.max-pending-per-socket  | 0      | must be at least 1
							handler.max-concurrent-per-socket | 0    | must be at least 1
							connection-state-recovery.max-disconnection-duration | 0s | must be at least 1 ms
							connection-state-recovery.max-log-bytes              | 0B | must be at least 1B
							connection-state-recovery.max-log-events             | 0  | must be at least 1
							connection-state-recovery.max-sessions               | 0  | must be at least 1
					connection-state-recovery.max-total-log-bytes        | 0B | must be at least 1B
					connection-state-recovery.max-total-log-events       | 0  | must be at least 1
					connection-state-recovery.max-concurrent-replays     | 0  | must be at least 1
					connection-state-recovery.store-timeout              | 0s | must be at least 1 ms
							""")
	void badValueIsRefused(String property, String value, String reason) {
		OptionsMapper mapper = bind(Map.of(property, value));
		assertThatExceptionOfType(InvalidSocketIoPropertyException.class).isThrownBy(() -> convertAll(mapper))
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("socketio." + property);
				assertThat(ex.getReason()).isEqualTo(reason);
				assertThat(ex.getAction()).isNotBlank();
				assertThat(ex).hasMessageContaining(ex.getProperty()).hasMessageContaining(reason);
			});
	}

	@Test
	void anyOriginWithCredentialsIsRefused() {
		OptionsMapper mapper = bind(Map.of("cors.allowed-origins", "*", "cors.allow-credentials", "true"));
		assertThatExceptionOfType(InvalidSocketIoPropertyException.class).isThrownBy(mapper::cors)
			.satisfies((ex) -> assertThat(ex.getReason()).contains("socketio.cors.allow-credentials"));
		assertThat(bind(Map.of("cors.allowed-origins", "*")).cors().checkOrigin("https://a.example")).isEqualTo("*");
	}

	@Test
	void crossSiteCookieThatIsNotSecureIsRefused() {
		OptionsMapper mapper = bind(Map.of("cookie.enabled", "true", "cookie.same-site", "none"));
		assertThatExceptionOfType(InvalidSocketIoPropertyException.class).isThrownBy(mapper::web)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("socketio.cookie.same-site"));
	}

	@Test
	void cookieThatIsNoneIsRefused() {
		OptionsMapper mapper = bind(Map.of("cookie.enabled", "true", "cookie.name", "a b"));
		assertThatExceptionOfType(InvalidSocketIoPropertyException.class).isThrownBy(mapper::web)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("socketio.cookie.name"));
	}

	private static void convertAll(OptionsMapper mapper) {
		mapper.path();
		mapper.engine();
		mapper.server();
		mapper.recovery();
		mapper.web();
		mapper.cors();
		mapper.clientLocation();
		mapper.checkMemoryAdapter();
		mapper.maxPendingPerSocket();
		mapper.maxConcurrentPerSocket();
		mapper.handlerThreadPool().shutdown();
	}

	private static OptionsMapper bind(Map<String, String> properties) {
		Map<String, String> prefixed = new HashMap<>();
		properties.forEach((name, value) -> prefixed.put("socketio." + name, value));
		Binder binder = new Binder(new MapConfigurationPropertySource(prefixed));
		return new OptionsMapper(
				binder.bind("socketio", Bindable.of(SocketIoProperties.class)).orElseGet(SocketIoProperties::new));
	}

}
