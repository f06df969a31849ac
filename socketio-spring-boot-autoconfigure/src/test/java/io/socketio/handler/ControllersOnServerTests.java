package io.socketio.handler;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import io.socketio.annotation.HandshakeHeader;
import io.socketio.annotation.HandshakeQuery;
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
	void binaryInsideOfRecordsAndMaps() {
		this.client.connect("/", Map.of("mode", "fine"));
		this.client.send("51-0[\"upload\",{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}}]")
			.send((byte) 1, (byte) 2);
		assertThat(this.client.text())
			.isEqualTo("61-0[{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}}]");
		assertThat(this.client.binary()).containsExactly(1, 2);
		this.client
			.send("52-1[\"parts\",{\"x\":{\"_placeholder\":true,\"num\":0}},[{\"_placeholder\":true,\"num\":1}]]")
			.send((byte) 3)
			.send((byte) 4, (byte) 5);
		assertThat(this.client.text()).isEqualTo("31[{\"x\":1,\"0\":2}]");
	}

	@Test
	void headersAndQueryOfTheHandshake() {
		try (WireClient other = WireClient.webSocket(this.server.port(), "X-Token: abc")) {
			other.connect("/", Map.of("mode", "fine"));
			assertThat(other.send("20[\"handshake\"]").text()).isEqualTo("30[\"abc websocket\"]");
		}
		this.client.connect("/", Map.of("mode", "fine"));
		assertThat(this.client.send("20[\"handshake\"]").text()).contains("header.X-Token is missing");
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
		Upload upload(Upload upload) {
			return upload;
		}

		@SocketIoEvent
		Map<String, Integer> parts(Map<String, byte[]> parts, List<ByteBuffer> more) {
			Map<String, Integer> sizes = new TreeMap<>(Comparator.reverseOrder());
			parts.forEach((name, content) -> sizes.put(name, content.length));
			for (int i = 0; i < more.size(); i++) {
				sizes.put(String.valueOf(i), more.get(i).remaining());
			}
			return sizes;
		}

		@SocketIoEvent
		Mono<String> handshake(@HandshakeHeader("X-Token") String token, @HandshakeQuery String transport) {
			return Mono.just(token + " " + transport);
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

	record Upload(String name, byte[] content) {

	}

}
