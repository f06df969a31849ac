package io.socketio.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.testing.Await;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that block hold up nobody but their own sockets, in an application as the
 * auto-configurations make it.
 */
class BlockedHandlerTests {

	private static final int BLOCKED = 8;

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(TestConfiguration.class)
		.web(WebApplicationType.REACTIVE)
		.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
				"socketio.ping-interval=50ms")
		.run();

	private final Controller controller = this.context.getBean(Controller.class);

	private final List<WireClient> clients = new ArrayList<>();

	@AfterEach
	void close() {
		this.controller.release.countDown();
		this.clients.forEach(WireClient::close);
		this.context.close();
	}

	@Test
	void otherClientsAreServedWhileEightHandlersBlock() {
		WireClient earlier = connect();
		List<WireClient> blocked = new ArrayList<>();
		for (int i = 0; i < BLOCKED; i++) {
			blocked.add(connect().send("20[\"block\"]"));
		}
		Await.until("all blocked", () -> this.controller.blocked.get() == BLOCKED);
		long longest = 0;
		for (int i = 0; i < 20; i++) {
			longest = Math.max(longest, millis(this::connect));
			longest = Math.max(longest, millis(() -> assertThat(answer(earlier, "quick")).isEqualTo("31[\"quick\"]")));
			longest = Math.max(longest,
					millis(() -> assertThat(answer(earlier, "reactive")).isEqualTo("31[\"reactive\"]")));
		}
		int heartbeats = earlier.heartbeats();
		while (earlier.heartbeats() < heartbeats + 3) {
			longest = Math.max(longest, millis(() -> answer(earlier, "quick")));
		}
		assertThat(this.controller.blocked).hasValue(BLOCKED);
		assertThat(longest).as("longest time in ms that one of them had to wait").isLessThan(2000);
		this.controller.release.countDown();
		blocked.forEach((client) -> assertThat(client.text()).isEqualTo("30[\"released\"]"));
	}

	@Test
	void theirOwnConnectionsAreKeptAlive() {
		WireClient client = connect();
		for (int i = 0; i < BLOCKED; i++) {
			client.send("2[\"block\"]");
		}
		Await.until("one blocked", () -> this.controller.blocked.get() == 1);
		client.heartbeats(5);
		assertThat(this.controller.blocked).hasValue(1);
		this.controller.release.countDown();
		Await.until("all called", () -> this.controller.calls.get() == BLOCKED);
		assertThat(answer(client, "quick")).isEqualTo("31[\"quick\"]");
	}

	private WireClient connect() {
		int port = ((ReactiveWebServerApplicationContext) this.context).getWebServer().getPort();
		WireClient client = WireClient.webSocket(port);
		this.clients.add(client);
		client.connect();
		return client;
	}

	private static String answer(WireClient client, String event) {
		return client.send("21[\"" + event + "\"]").text();
	}

	private static long millis(Runnable task) {
		long start = System.nanoTime();
		task.run();
		return Await.millisSince(start);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { ReactiveWebSecurityAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class })
	static class TestConfiguration {

		// Of its own, since closing the shared ones would end other servers of this JVM
		@Bean
		ReactorResourceFactory reactorResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean
		Controller controller() {
			return new Controller();
		}

	}

	@SocketIoController
	static class Controller {

		final CountDownLatch release = new CountDownLatch(1);

		final AtomicInteger blocked = new AtomicInteger();

		final AtomicInteger calls = new AtomicInteger();

		@SocketIoEvent
		String block() throws InterruptedException {
			this.blocked.incrementAndGet();
			this.calls.incrementAndGet();
			this.release.await();
			this.blocked.decrementAndGet();
			return "released";
		}

		@SocketIoEvent
		String quick() {
			return "quick";
		}

		@SocketIoEvent
		Mono<String> reactive() {
			return Mono.just("reactive");
		}

	}

}
