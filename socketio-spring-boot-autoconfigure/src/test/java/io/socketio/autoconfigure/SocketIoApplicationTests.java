package io.socketio.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.ReactorResourceFactory;

import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.engine.ConnectionErrorEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of a whole application on a real port, as the auto-configurations make it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketIoApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	@Test
	void blockingHandlerAnswersOnAThreadOfItsOwn(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(output).contains("Socket.IO endpoint /socket.io/");
			Frames frames = connect(context);
			frames.webSocket.sendText("421[\"thread\"]", true);
			assertThat(frames.next()).startsWith("431[\"socketio-handler-");
		}
	}

	@Test
	void pollingWorksToo() throws Exception {
		try (ConfigurableApplicationContext context = start("socketio.cookie.enabled=true")) {
			HttpResponse<String> handshake = get(context, "?EIO=4&transport=polling");
			assertThat(handshake.statusCode()).isEqualTo(200);
			assertThat(handshake.body()).startsWith("0{\"sid\":\"").contains("\"maxPayload\":1000000}");
			String sid = handshake.body().substring(9, 29);
			assertThat(handshake.headers().firstValue("Set-Cookie")).hasValueSatisfying((cookie) -> assertThat(cookie)
				.isEqualToIgnoringCase("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax"));
		}
	}

	@Test
	void clientsOfSocketIo2AreServedWhereTheyAreAllowed() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			HttpResponse<String> handshake = get(context, "?EIO=3&transport=polling");
			assertThat(handshake.body()).isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
		}
		try (ConfigurableApplicationContext context = start("socketio.allowEIO3=true")) {
			HttpResponse<String> handshake = get(context, "?EIO=3&transport=polling");
			assertThat(handshake.body()).startsWith("118:0{\"sid\":\"");
			String sid = handshake.body().substring(13, 33);
			assertThat(get(context, "?EIO=3&transport=polling&sid=" + sid).body()).isEqualTo("2:40");
		}
	}

	@Test
	void edgeCase23RefusedRequestIsAnApplicationEvent() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(get(context, "?EIO=4&transport=abc").statusCode()).isEqualTo(400);
			ConnectionErrorEvent event = context.getBean(Controller.class).errors.poll(10, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.context()).containsEntry("transport", "abc");
		}
	}

	@Test
	void edgeCase115PreflightOnTheWire() throws Exception {
		try (ConfigurableApplicationContext context = start("socketio.cors.allowed-origins=https://app.example")) {
			HttpResponse<String> response = send(context,
					HttpRequest.newBuilder(uri(context, "http", "?EIO=4"))
						.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
						.header("Origin", "https://app.example")
						.header("Access-Control-Request-Method", "POST"));
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(response.body()).isEmpty();
			assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET,POST");
		}
	}

	@Test
	void edgeCase119WebSocketFromForeignOriginIsRefusedOnTheWire() {
		try (ConfigurableApplicationContext context = start()) {
			assertThatThrownBy(() -> this.client.newWebSocketBuilder()
				.header("Origin", "https://other.example")
				.buildAsync(uri(context, "ws", "?EIO=4&transport=websocket"), new Frames())
				.get(10, TimeUnit.SECONDS)).rootCause().hasMessageContaining("403");
		}
	}

	@Test
	void edgeCase120To122ClientOnTheWire(@TempDir Path directory) throws Exception {
		String script = "/* a script */ ".repeat(1000);
		Files.writeString(directory.resolve("socket.io.min.js"), script);
		Files.writeString(directory.resolve("client.properties"), "version=4.8.3");
		try (ConfigurableApplicationContext context = start("socketio.client-location=" + directory.toUri())) {
			HttpResponse<String> response = get(context, "socket.io.min.js");
			assertThat(response.body()).isEqualTo(script);
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/javascript; charset=utf-8");
			assertThat(response.headers().firstValue("ETag")).hasValue("\"4.8.3\"");
			URI uri = uri(context, "http", "socket.io.min.js");
			HttpResponse<String> compressed = send(context,
					HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip"));
			assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
			assertThat(compressed.headers().firstValueAsLong("Content-Length").orElse(0)).isBetween(1L, 1000L);
			HttpResponse<String> notModified = send(context,
					HttpRequest.newBuilder(uri).header("If-None-Match", "W/\"4.8.3\""));
			assertThat(notModified.statusCode()).isEqualTo(304);
			assertThat(notModified.body()).isEmpty();
			HttpResponse<String> head = send(context,
					HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()));
			assertThat(head.statusCode()).isEqualTo(200);
			assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isEqualTo(script.length());
			HttpResponse<String> post = send(context,
					HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("x")));
			assertThat(post.body()).isEqualTo(script);
		}
	}

	@Test
	void gracefulShutdownDoesNotWaitForConnections() throws Exception {
		ConfigurableApplicationContext context = start("spring.lifecycle.timeout-per-shutdown-phase=60s");
		Frames frames = connect(context);
		String sid = get(context, "?EIO=4&transport=polling").body().substring(9, 29);
		CompletableFuture<HttpResponse<String>> poll = this.client.sendAsync(
				HttpRequest.newBuilder(uri(context, "http", "?EIO=4&transport=polling&sid=" + sid)).build(),
				BodyHandlers.ofString());
		long start = System.nanoTime();
		context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		assertThat(frames.closed.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(poll.get(10, TimeUnit.SECONDS)).isNotNull();
	}

	@Test
	void disconnectHandlersFinishBeforeTheContextIsClosed() throws Exception {
		ConfigurableApplicationContext context = start();
		Frames frames = connect(context);
		frames.webSocket.sendText("421[\"thread\"]", true);
		frames.next();
		Controller controller = context.getBean(Controller.class);
		context.close();
		assertThat(controller.disconnected.getCount()).isZero();
	}

	@Test
	void badPropertyIsExplained(CapturedOutput output) {
		assertThatThrownBy(() -> start("socketio.ping-timeout=0s")).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: socketio.ping-timeout")
			.contains("must be at least 1 ms");
	}

	@Test
	void badValueOfAnEnumIsExplainedByBoot(CapturedOutput output) {
		assertThatThrownBy(() -> start("socketio.transports=polling,pigeon")).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START").contains("socketio.transports").contains("pigeon");
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	private Frames connect(ConfigurableApplicationContext context) throws Exception {
		Frames frames = new Frames();
		frames.webSocket = this.client.newWebSocketBuilder()
			.buildAsync(uri(context, "ws", "?EIO=4&transport=websocket"), frames)
			.get(10, TimeUnit.SECONDS);
		assertThat(frames.next()).startsWith("0{");
		frames.webSocket.sendText("40", true);
		assertThat(frames.next()).startsWith("40{\"sid\":");
		return frames;
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String target)
			throws IOException, InterruptedException {
		return send(context, HttpRequest.newBuilder(uri(context, "http", target)));
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, HttpRequest.Builder request)
			throws IOException, InterruptedException {
		return this.client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext context, String scheme, String target) {
		int port = ((ReactiveWebServerApplicationContext) context).getWebServer().getPort();
		return URI.create(scheme + "://127.0.0.1:" + port + "/socket.io/" + target);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { ReactiveWebSecurityAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class })
	static class Application {

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

		final CountDownLatch disconnected = new CountDownLatch(1);

		final BlockingQueue<ConnectionErrorEvent> errors = new LinkedBlockingQueue<>();

		@EventListener
		void refused(ConnectionErrorEvent event) {
			this.errors.add(event);
		}

		@SocketIoEvent
		String thread() {
			return Thread.currentThread().getName();
		}

		@OnDisconnect
		void left() throws InterruptedException {
			// Takes longer than the server needs to close
			new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
			this.disconnected.countDown();
		}

	}

	/**
	 * The text frames of a WebSocket.
	 */
	static class Frames implements WebSocket.Listener {

		final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		final CountDownLatch closed = new CountDownLatch(1);

		WebSocket webSocket;

		String next() throws InterruptedException {
			String text = this.texts.poll(10, TimeUnit.SECONDS);
			assertThat(text).isNotNull();
			return text;
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.texts.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.closed.countDown();
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.closed.countDown();
		}

	}

}
