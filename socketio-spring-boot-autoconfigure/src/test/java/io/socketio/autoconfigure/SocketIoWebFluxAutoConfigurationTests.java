package io.socketio.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.core.annotation.Order;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.HandlerMapping;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineRequest;
import io.socketio.engine.EngineServer;
import io.socketio.engine.HandshakeGuard;
import io.socketio.engine.TransportType;
import io.socketio.server.SocketIoServer;
import io.socketio.webflux.ClientScripts;
import io.socketio.webflux.EngineWebHandler;
import io.socketio.webflux.SocketIoHandlerMapping;
import io.socketio.webflux.SocketIoLifecycle;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketIoWebFluxAutoConfiguration}.
 */
class SocketIoWebFluxAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner contextRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
				WebFluxAutoConfiguration.class, SocketIoAutoConfiguration.class,
				SocketIoWebFluxAutoConfiguration.class));

	@Test
	void endpointIsMapped() {
		this.contextRunner.run((context) -> {
			SocketIoHandlerMapping mapping = context.getBean(SocketIoHandlerMapping.class);
			assertThat(mapping.path()).isEqualTo("/socket.io/");
			assertThat(mapping.getOrder()).isEqualTo(-2);
			assertThat(context).hasSingleBean(EngineWebHandler.class)
				.hasSingleBean(SocketIoLifecycle.class)
				.hasSingleBean(ClientScripts.class)
				.hasSingleBean(WebOptions.class);
			WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
			client.get()
				.uri("/socket.io/")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.json("{\"code\":0,\"message\":\"Transport unknown\"}");
			client.get().uri("/socket.io").exchange().expectStatus().isNotFound();
			client.get().uri("/other").exchange().expectStatus().isNotFound();
		});
	}

	@Test
	void edgeCase17And18PathIsConfigurable() {
		this.contextRunner.withPropertyValues("socketio.path=/my/path", "socketio.add-trailing-slash=false")
			.run((context) -> {
				WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
				client.get().uri("/my/path").exchange().expectStatus().isBadRequest();
				client.get().uri("/my/path/").exchange().expectStatus().isBadRequest();
				client.get().uri("/my/pathx").exchange().expectStatus().isNotFound();
				client.get().uri("/socket.io/").exchange().expectStatus().isNotFound();
			});
	}

	@Test
	void basePathOfTheApplicationCounts() {
		this.contextRunner.withPropertyValues("spring.webflux.base-path=/app").run((context) -> {
			WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
			assertThat(context).hasNotFailed();
			MockServerWebExchange exchange = MockServerWebExchange
				.from(MockServerHttpRequest.get("/app/socket.io/").contextPath("/app"));
			assertThat(context.getBean(SocketIoHandlerMapping.class)
				.getHandler(exchange)
				.blockOptional(Duration.ofSeconds(5))).isPresent();
			client.get().uri("/socket.io/").exchange().expectStatus().isBadRequest();
		});
	}

	@Test
	void edgeCase118CorsPropertiesApplyToErrorsToo() {
		this.contextRunner.withPropertyValues("socketio.cors.allowed-origins=https://app.example").run((context) -> {
			WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
			client.get()
				.uri("http://localhost/socket.io/")
				.header("Origin", "https://app.example")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectHeader()
				.valueEquals("Access-Control-Allow-Origin", "https://app.example");
			client.get()
				.uri("http://localhost/socket.io/")
				.header("Origin", "https://other.example")
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo(4);
			client.options()
				.uri("http://localhost/socket.io/")
				.header("Origin", "https://other.example")
				.header("Access-Control-Request-Method", "GET")
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo(4);
			client.options()
				.uri("http://localhost/socket.io/")
				.header("Origin", "https://app.example")
				.header("Access-Control-Request-Method", "GET")
				.exchange()
				.expectStatus()
				.isNoContent()
				.expectBody()
				.isEmpty();
		});
	}

	@Test
	void edgeCase120And123ClientIsServedFromItsLocation(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("socket.io.js"), "script");
		this.contextRunner.withPropertyValues("socketio.client-location=" + directory.toUri()).run((context) -> {
			WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
			client.get()
				.uri("/socket.io/socket.io.js?v=1")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.isEqualTo("script");
			client.get().uri("/socket.io/socket.io.min.js").exchange().expectStatus().isBadRequest();
			client.get().uri("/socket.io/foo.js").exchange().expectStatus().isBadRequest();
		});
	}

	@Test
	void edgeCase123ClientIsNotServedWhenSwitchedOff(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("socket.io.js"), "script");
		this.contextRunner
			.withPropertyValues("socketio.client-location=" + directory.toUri(), "socketio.serve-client=false")
			.run((context) -> {
				assertThat(context.getBean(ClientScripts.class).isEmpty()).isTrue();
				WebTestClient.bindToApplicationContext(context)
					.build()
					.get()
					.uri("/socket.io/socket.io.js")
					.exchange()
					.expectStatus()
					.isBadRequest();
			});
	}

	@Test
	void clientOnTheClassPathIsKnownToNativeImages() {
		RuntimeHints hints = new RuntimeHints();
		new SocketIoWebFluxAutoConfiguration.ClientScriptHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/socketio/client/socket.io.min.js.map"))
			.accepts(hints);
	}

	@Test
	void webPropertiesReachTheHandler() {
		this.contextRunner
			.withPropertyValues("socketio.cookie.enabled=true", "socketio.http-compression.enabled=false",
					"socketio.websocket.compression.enabled=true", "socketio.transports=websocket")
			.run((context) -> {
				WebOptions options = context.getBean(WebOptions.class);
				assertThat(options.cookie()).isNotNull();
				assertThat(options.compression()).isNull();
				assertThat(options.webSocketCompressionThreshold()).isEqualTo(1024);
				Object polling = ReflectionTestUtils.getField(context.getBean(EngineWebHandler.class), "polling");
				assertThat(polling).hasFieldOrPropertyWithValue("cookie", options.cookie());
				assertThat(context.getBean(EngineServer.class).options().transports())
					.containsExactly(TransportType.WEBSOCKET);
			});
	}

	@Test
	void guardsAreAskedInTheirOrder() {
		this.contextRunner.withBean("second", HandshakeGuard.class, SecondGuard::new)
			.withBean("first", HandshakeGuard.class, FirstGuard::new)
			.run((context) -> assertThat(context.getBean(EngineWebHandler.class))
				.extracting("guards", InstanceOfAssertFactories.LIST)
				.containsExactly(context.getBean("first"), context.getBean("second")));
	}

	@Test
	void everyPartIsReplacedByTheApplications() {
		WebOptions options = WebOptions.defaults();
		ClientScripts scripts = ClientScripts.none();
		this.contextRunner.withBean("ownOptions", WebOptions.class, () -> options)
			.withBean("ownScripts", ClientScripts.class, () -> scripts)
			.withBean("ownLifecycle", SocketIoLifecycle.class,
					() -> new SocketIoLifecycle(closable(mock(SocketIoServer.class))))
			.run((context) -> {
				assertThat(context).getBean(WebOptions.class).isSameAs(options);
				assertThat(context).getBean(ClientScripts.class).isSameAs(scripts);
				assertThat(context).hasSingleBean(SocketIoLifecycle.class).hasBean("ownLifecycle");
			});
	}

	@Test
	void handlerAndMappingAreReplacedByTheApplications() {
		this.contextRunner.withBean("ownHandler", EngineWebHandler.class,
				() -> new EngineWebHandler(mock(EngineServer.class), WebOptions.defaults(), List.of(), (event) -> {
				}))
			.withBean("ownMapping", SocketIoHandlerMapping.class, () -> new SocketIoHandlerMapping("/own/", true,
					(exchange) -> Mono.empty(), new CorsConfiguration(), (event) -> {
					}))
			.run((context) -> assertThat(context).hasSingleBean(EngineWebHandler.class)
				.hasBean("ownHandler")
				.hasSingleBean(SocketIoHandlerMapping.class)
				.hasBean("ownMapping"));
	}

	@Test
	void nothingWithoutServer() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketIoWebFluxAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(HandlerMapping.class)
				.doesNotHaveBean(SocketIoLifecycle.class));
	}

	@Test
	void nothingWithoutReactiveWebApplication() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoWebFluxAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean(EngineWebHandler.class)
				.doesNotHaveBean(SocketIoHandlerMapping.class));
	}

	@Test
	void reactorNettyIsSupported() {
		this.contextRunner.withBean(ReactiveWebServerFactory.class, NettyReactiveWebServerFactory::new)
			.run((context) -> assertThat(context).hasSingleBean(SocketIoHandlerMapping.class));
	}

	@Test
	void otherWebServersFailTheStart() {
		this.contextRunner
			.withBean(ReactiveWebServerFactory.class, () -> mock(ReactiveWebServerFactory.class, "Tomcat"))
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(UnsupportedWebServerException.class)
				.hasMessageContaining("Reactor Netty"));
	}

	private static SocketIoServer closable(SocketIoServer server) {
		given(server.close()).willReturn(Mono.empty());
		return server;
	}

	@Order(1)
	static class FirstGuard implements HandshakeGuard {

		@Override
		public Mono<Void> check(EngineRequest request) {
			return Mono.empty();
		}

	}

	@Order(2)
	static class SecondGuard extends FirstGuard {

	}

}
