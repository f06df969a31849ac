package io.socketio.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;
import reactor.core.publisher.Mono;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotated controllers behind a server on a real port.
 */
class ControllersOnServerTests {

	private final ExecutorService blocking = Executors.newFixedThreadPool(2);

	private final Controller controller = new Controller();

	private final TestServer server = TestServer.builder().application((io) -> {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(Controller.class, () -> this.controller);
		context.registerBean(SocketIoControllerRegistrar.class, () -> new SocketIoControllerRegistrar(context, io,
				new DefaultConversionService(), this.blocking, List.of(), 8));
		context.refresh();
	}).start();

	private final WireClient client = WireClient.webSocket(this.server.port());

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
		this.blocking.shutdownNow();
	}

	@Test
	void resultsAndErrorsAreAcknowledgements() {
		this.client.connect("/", Map.of("mode", "fine"));
		assertThat(this.client.send("20[\"double\",21]").text()).isEqualTo("30[42]");
		assertThat(this.client.send("21[\"double\",\"x\"]").text())
			.isEqualTo("31[{\"status\":\"error\"," + "\"message\":\"argument 0 (number) must be an integer\","
					+ "\"errors\":[{\"field\":\"number\",\"reason\":\"must be an integer\"}]}]");
		assertThat(this.client.send("22[\"unwritable\"]").text())
			.isEqualTo("32[{\"status\":\"error\",\"message\":\"Internal server error\"}]");
		assertThat(this.client.send("2[\"double\"]").text()).startsWith("2[\"exception\",{\"status\":\"error\"");
		assertThat(this.client.send("23[\"double\",1]").text()).isEqualTo("33[2]");
	}

	@Test
	void onConnectThatFailsAtOnce() {
		this.client.sendConnect("/", Map.of("mode", "fail"));
		assertThat(this.client.text()).startsWith("0{");
		assertThat(this.client.text())
			.isEqualTo("2[\"exception\",{\"status\":\"error\",\"message\":\"Internal server error\"}]");
		assertThat(this.client.text()).isEqualTo("1");
		Await.until("@OnDisconnect", () -> !this.controller.reasons.isEmpty());
		assertThat(this.controller.reasons).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
	}

	@Test
	void onConnectThatDisconnectsTheSocket() {
		this.client.sendConnect("/", Map.of("mode", "leave"));
		assertThat(this.client.text()).startsWith("0{");
		assertThat(this.client.text()).isEqualTo("1");
		Await.until("@OnDisconnect", () -> !this.controller.reasons.isEmpty());
		assertThat(this.controller.reasons).containsExactly(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
	}

	@Test
	void readingStopsAndGoesOn() {
		this.client.connect("/", Map.of("mode", "fine"));
		List<Integer> expected = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			this.client.send("2[\"blocked\"," + i + "]");
			expected.add(i);
		}
		this.controller.release.countDown();
		Await.until("all handled", () -> this.controller.handled.size() == 500);
		assertThat(this.controller.handled).isEqualTo(expected);
		assertThat(this.client.send("20[\"double\",1]").text()).isEqualTo("30[2]");
	}

	@SocketIoController
	static class Controller {

		final List<DisconnectReason> reasons = new CopyOnWriteArrayList<>();

		final List<Integer> handled = new CopyOnWriteArrayList<>();

		final CountDownLatch release = new CountDownLatch(1);

		@OnConnect
		Mono<Void> connected(SocketIoSocket socket, @Auth("mode") @Nullable String mode) {
			if ("fail".equals(mode)) {
				return Mono.error(new IllegalStateException("inside"));
			}
			if ("leave".equals(mode)) {
				socket.disconnect();
			}
			return Mono.empty();
		}

		@SocketIoEvent("double")
		Mono<Integer> twice(int number) {
			return Mono.just(2 * number);
		}

		@SocketIoEvent
		List<Object> unwritable() {
			List<Object> endless = new ArrayList<>();
			endless.add(endless);
			return endless;
		}

		@SocketIoEvent
		void blocked(int number) throws InterruptedException {
			this.release.await();
			this.handled.add(number);
		}

		@OnDisconnect
		void disconnected(DisconnectReason reason) {
			this.reasons.add(reason);
		}

	}

}
