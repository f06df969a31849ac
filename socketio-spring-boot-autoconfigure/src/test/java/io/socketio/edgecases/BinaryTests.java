package io.socketio.edgecases;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.testing.PollingClient;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: binary (cases 146 to 157).
 */
class BinaryTests extends ServerCases {

	private final BlockingQueue<EventArguments> arguments = new LinkedBlockingQueue<>();

	private static String placeholder(int number) {
		return "{\"_placeholder\":true,\"num\":" + number + "}";
	}

	private void application(SocketIoServer io) {
		io.onConnection((socket) -> {
			socket.on("message", (args, ack) -> socket.emit("message", args.toList().toArray()));
			socket.on("message-with-ack", (args, ack) -> ack.send(args.toList().toArray()));
			socket.on("keep", (args, ack) -> this.arguments.add(args));
		});
	}

	private EventArguments kept() throws InterruptedException {
		EventArguments kept = this.arguments.poll(10, TimeUnit.SECONDS);
		assertThat(kept).as("the event").isNotNull();
		return kept;
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("146. two attachments -> handler gets both; echo: header and frames in order")
	void case146_echo(Wire wire) {
		start(this::application);
		WireClient client = joined(wire);
		String event = "52-[\"message\"," + placeholder(0) + "," + placeholder(1) + "]";
		client.send(event).send((byte) 1, (byte) 2, (byte) 3).send((byte) 4);
		assertThat(client.text()).isEqualTo(event);
		assertThat(client.binary()).containsExactly(1, 2, 3);
		assertThat(client.binary()).containsExactly(4);
		assertNothingElse(client);
	}

	@Test
	@DisplayName("146. over long-polling, in one payload each way")
	void case146_payload() {
		start(this::application);
		PollingClient client = joinedPolling();
		String payload = "452-[\"message\"," + placeholder(0) + "," + placeholder(1) + "]\u001ebAQID\u001ebBA==";
		client.push(payload);
		assertThat(client.poll().text()).isEqualTo(payload);
	}

	@Test
	@DisplayName("146. in a custom namespace")
	void case146_namespace() {
		start((io) -> io.of("/admin")
			.onConnection((socket) -> socket.on("x", (args, ack) -> socket.emit("x", args.get(0, byte[].class)))));
		WireClient client = webSocket();
		client.connect("/admin", Map.of());
		client.send("51-/admin,[\"x\"," + placeholder(0) + "]").send((byte) 7);
		assertThat(client.text()).isEqualTo("51-/admin,[\"x\"," + placeholder(0) + "]");
		assertThat(client.binary()).containsExactly(7);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("147. binary event with an ack id -> binary ack with that id")
	void case147_ack(Wire wire) {
		start(this::application);
		WireClient client = joined(wire);
		client.send("52-789[\"message-with-ack\"," + placeholder(0) + "," + placeholder(1) + "]")
			.send((byte) 1)
			.send((byte) 2);
		assertThat(client.text()).isEqualTo("62-789[" + placeholder(0) + "," + placeholder(1) + "]");
		assertThat(client.binary()).containsExactly(1);
		assertThat(client.binary()).containsExactly(2);
	}

	@Test
	@DisplayName("148. placeholders swapped")
	void case148_swapped() throws InterruptedException {
		start(this::application);
		joined().send("52-[\"keep\"," + placeholder(1) + "," + placeholder(0) + "]").send((byte) 1).send((byte) 2);
		EventArguments kept = kept();
		assertThat(kept.get(0, byte[].class)).containsExactly(2);
		assertThat(kept.get(1, byte[].class)).containsExactly(1);
	}

	@Test
	@DisplayName("148. placeholder repeated, attachment unused")
	void case148_repeatedAndUnused() throws InterruptedException {
		start(this::application);
		joined().send("52-[\"keep\"," + placeholder(1) + "," + placeholder(1) + "]").send((byte) 1).send((byte) 2);
		EventArguments kept = kept();
		assertThat(kept.get(0, byte[].class)).containsExactly(2);
		assertThat(kept.get(1, byte[].class)).containsExactly(2);
	}

	@Test
	@DisplayName("148. no placeholder at all")
	void case148_none() throws InterruptedException {
		start(this::application);
		joined().send("51-[\"keep\",1]").send((byte) 1);
		assertThat(kept().toList()).containsExactly(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "-1", "\"0\"", "null", "0.5", "4294967296", "{}" })
	@DisplayName("149. placeholder out of range, negative or no number -> closed")
	void case149_illegalNumber(String number) {
		start(this::application);
		WireClient client = joined();
		client.send("51-[\"keep\",{\"_placeholder\":true,\"num\":" + number + "}]").send((byte) 1);
		assertClosed(client);
		awaitReasons("forced close");
		assertThat(this.arguments).isEmpty();
	}

	@Test
	@DisplayName("149. placeholder without a number -> closed")
	void case149_noNumber() {
		start(this::application);
		assertClosed(joined().send("51-[\"keep\",{\"_placeholder\":true}]").send((byte) 1));
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("150. text packet while attachments are missing -> closed")
	void case150_textInBetween() {
		start(this::application);
		assertClosed(joined().send("52-[\"keep\"," + placeholder(0) + "]").send((byte) 1).send("2[\"x\"]"));
		awaitReasons("forced close");
		assertThat(this.received).isEmpty();
	}

	@Test
	@DisplayName("150. over long-polling: 6 and 1 on the next poll, then forced close")
	void case150_polling() {
		start(this::application);
		PollingClient client = joinedPolling();
		client.push("452-[\"keep\"," + placeholder(0) + "]\u001ebAQID\u001e42[\"x\"]");
		assertThat(client.poll().text()).isEqualTo("6\u001e1");
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("150. heartbeats between header and attachment do no harm")
	void case150_heartbeatsInBetween() throws InterruptedException {
		start(TestServer.builder().heartbeat(Duration.ofMillis(50), Duration.ofSeconds(10)), this::application);
		WireClient client = joined().send("51-[\"keep\"," + placeholder(0) + "]");
		client.heartbeats(2);
		client.send((byte) 5);
		assertThat(kept().get(0, byte[].class)).containsExactly(5);
	}

	@Test
	@DisplayName("150. attachments that never come -> closed after connectTimeout (reference waits forever)")
	void case150_neverComplete() {
		start(TestServer.builder().connectTimeout(Duration.ofMillis(400)), this::application);
		assertClosed(joined().send("52-[\"keep\"," + placeholder(0) + "]").send((byte) 1));
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("150. a complete event ends the wait for attachments")
	void case150_completeInTime() {
		start(TestServer.builder()
			.connectTimeout(Duration.ofMillis(400))
			.heartbeat(Duration.ofMillis(100), Duration.ofSeconds(10)), this::application);
		WireClient client = joined().send("51-[\"keep\"," + placeholder(0) + "]").send((byte) 1);
		client.heartbeats(6);
		assertNothingElse(client);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("151. binary without a header -> closed")
	void case151_noHeader(Wire wire) {
		start(this::application);
		assertClosed(joined(wire).send((byte) 1, (byte) 2));
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("151. one attachment too many -> closed")
	void case151_tooMany() {
		start(this::application);
		assertClosed(joined().send("51-[\"keep\"," + placeholder(0) + "]").send((byte) 1).send((byte) 2));
		awaitReasons("forced close");
		assertThat(this.arguments).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "59-", "510-" })
	@DisplayName("152. 9 and 10 attachments are accepted")
	void case152_ten(String header) throws InterruptedException {
		start(this::application);
		int count = Integer.parseInt(header.substring(1, header.length() - 1));
		WireClient client = joined().send(header + "[\"keep\"," + placeholder(count - 1) + "]");
		for (int i = 0; i < count; i++) {
			assertThat(this.arguments).isEmpty();
			client.send((byte) i);
		}
		assertThat(kept().get(0, byte[].class)).containsExactly(count - 1);
	}

	@Test
	@DisplayName("152. 11 attachments -> closed by the header")
	void case152_eleven() {
		start(this::application);
		assertClosed(joined().send("511-[\"keep\"]"));
		awaitReasons("forced close");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "51", "5a-", "51.23-", "6", "61" })
	@DisplayName("153. illegal number of attachments -> closed")
	void case153_illegalCount(String packet) {
		start(this::application);
		assertClosed(joined().send(packet));
		awaitReasons("forced close");
	}

	@ParameterizedTest
	@ValueSource(strings = { "50-[\"keep\"]", "60-[]" })
	@DisplayName("154. no attachments in a binary packet -> closed")
	void case154_zero(String packet) {
		start(this::application);
		assertClosed(joined().send(packet));
		awaitReasons("forced close");
		assertThat(this.arguments).isEmpty();
	}

	@Test
	@DisplayName("155. binary at any depth, dates and nulls beside it, to the client")
	void case155_nestedToClient() {
		start(this::application);
		WireClient client = joined();
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("list", Arrays.asList(new byte[] { 1 }, null, ByteBuffer.wrap(new byte[] { 9, 2, 3 }, 1, 2)));
		object.put("date", Instant.parse("2026-01-02T03:04:05.678Z"));
		object.put("none", null);
		object.put("empty", new byte[0]);
		socket().emit("x", object, Double.NaN, new byte[] { 4 });
		assertThat(client.text()).isEqualTo("54-[\"x\",{\"list\":[" + placeholder(0) + ",null," + placeholder(1)
				+ "],\"date\":\"2026-01-02T03:04:05.678Z\",\"none\":null,\"empty\":" + placeholder(2) + "},null,"
				+ placeholder(3) + "]");
		assertThat(client.binary()).containsExactly(1);
		assertThat(client.binary()).containsExactly(2, 3);
		assertThat(client.binary()).isEmpty();
		assertThat(client.binary()).containsExactly(4);
	}

	@Test
	@DisplayName("155. binary at any depth, from the client, in natural types and converted")
	void case155_nestedFromClient() throws InterruptedException {
		start(this::application);
		joined()
			.send("52-[\"keep\",{\"bytes\":" + placeholder(1) + ",\"list\":[null,{\"deep\":" + placeholder(0) + "}]}]")
			.send((byte) 1)
			.send((byte) 2);
		EventArguments kept = kept();
		Map<?, ?> object = (Map<?, ?>) kept.get(0);
		List<?> list = (List<?>) object.get("list");
		assertThat((byte[]) object.get("bytes")).containsExactly(2);
		assertThat(list.get(0)).isNull();
		assertThat((byte[]) ((Map<?, ?>) list.get(1)).get("deep")).containsExactly(1);
		Nested nested = kept.get(0, Nested.class);
		assertThat(nested.bytes()).containsExactly(2);
		assertThat(nested.list().get(1).deep()).containsExactly(1);
	}

	@Test
	@DisplayName("155. empty attachment from the client")
	void case155_emptyFromClient() throws InterruptedException {
		start(this::application);
		joined().send("51-[\"keep\"," + placeholder(0) + "]").send(new byte[0]);
		assertThat(kept().get(0, byte[].class)).isEmpty();
	}

	@Test
	@DisplayName("156. emit does not modify the caller's object")
	void case156_callersObject() {
		start(this::application);
		WireClient client = joined();
		byte[] bytes = { 1, 2 };
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 3, 4 });
		Map<String, Object> object = new HashMap<>(Map.of("bytes", bytes, "list", new ArrayList<>(List.of(buffer))));
		socket().emit("x", object);
		client.event();
		assertThat(object).isEqualTo(Map.of("bytes", bytes, "list", List.of(buffer)));
		assertThat(buffer.remaining()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("157. header and attachments of concurrent emits never interleave, each thread keeps its order")
	void case157_concurrentEmits(Wire wire) throws InterruptedException {
		start(this::application);
		WireClient client = joined(wire);
		int threads = 4;
		int each = 100;
		List<Thread> emitters = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			byte emitter = (byte) i;
			emitters.add(new Thread(() -> {
				for (int n = 0; n < each; n++) {
					byte[] first = { emitter, (byte) n, 1 };
					byte[] second = { emitter, (byte) n, 2 };
					if (emitter % 2 == 0) {
						socket().emit("x", emitter, n, first, second);
					}
					else {
						io().emit("x", emitter, n, first, second);
					}
				}
			}));
		}
		emitters.forEach(Thread::start);
		int[] next = new int[threads];
		for (int i = 0; i < threads * each; i++) {
			WireEvent event = client.event();
			byte emitter = ((Number) event.arguments().get(0)).byteValue();
			int number = (Integer) event.arguments().get(1);
			assertThat(number).isEqualTo(next[emitter]++);
			assertThat(event.attachments()).containsExactly(new byte[] { emitter, (byte) number, 1 },
					new byte[] { emitter, (byte) number, 2 });
		}
		for (Thread emitter : emitters) {
			emitter.join();
		}
		assertNothingElse(client);
	}

	/**
	 * An argument with binary inside.
	 *
	 * @param bytes binary
	 * @param list more of them
	 * @param deep binary
	 */
	record Nested(byte[] bytes, List<Nested> list, byte[] deep) {

	}

}
