package io.socketio.edgecases;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestOptions;
import io.socketio.testing.TestServer;
import io.socketio.testing.TestSessionStore;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Socket.IO over Engine.IO revision 3 (section 1.15 of the protocol notes), row by row.
 */
class Revision3ServerTests extends ServerCases {

	private static final String WEBSOCKET = "/socket.io/?EIO=3&transport=websocket";

	private static TestServer.Builder builder() {
		return TestServer.builder().engine(TestOptions.defaults().allowEio3().build());
	}

	private RawWebSocket open() {
		RawWebSocket webSocket = closedLater(RawWebSocket.connect(port(), WEBSOCKET));
		assertThat(webSocket.text()).startsWith("0{");
		return webSocket;
	}

	private RawWebSocket connected() {
		RawWebSocket webSocket = open();
		assertThat(webSocket.text()).isEqualTo("40");
		return webSocket;
	}

	private static String sid(SocketIoSocket socket) {
		return socket.id().substring(socket.id().indexOf('#') + 1);
	}

	private static void assertNothingElse(RawWebSocket webSocket) {
		assertThat(webSocket.send("42987654[\"marker\"]").text()).isEqualTo("43987654[]");
	}

	// Joining

	@Test
	@DisplayName("polling -> CONNECT to / without request, without payload, by the next poll; id is that of the session")
	void joinsMainNamespaceOverPolling() {
		start(builder(), (io) -> {
		});
		PollingClient client = PollingClient.openWith(port(), "EIO=3");
		assertThat(client.poll().text()).isEqualTo("2:40");
		assertThat(socket().id()).isEqualTo(client.sid());
		assertThat(socket().rooms()).containsExactly(client.sid());
		assertThat(socket().handshake().auth()).isEmpty();
		assertThat(socket().handshake().query()).containsEntry("EIO", "3");
	}

	@Test
	@DisplayName("WebSocket -> CONNECT to / behind the open packet; a connection that does no more stays open")
	void joinsMainNamespaceOverWebSocket() {
		start(builder().connectTimeout(Duration.ofMillis(100)), (io) -> {
		});
		long opened = System.nanoTime();
		RawWebSocket webSocket = connected();
		Await.elapsed(opened, 200);
		assertNothingElse(webSocket);
	}

	@Test
	@DisplayName("40 while joined to / -> closed")
	void secondConnect() {
		start(builder(), (io) -> {
		});
		RawWebSocket webSocket = connected();
		webSocket.send("40");
		assertThat(webSocket.awaitEnd()).isEqualTo(RawWebSocket.NO_STATUS);
		awaitReasons("forced close");
	}

	@Test
	@DisplayName("namespace -> CONNECT without payload; id is the namespace, # and the id of the session")
	void joinsNamespace() {
		start(builder(), (io) -> recorded(io.of("/nsp")));
		RawWebSocket webSocket = connected();
		assertThat(webSocket.send("40/nsp").text()).isEqualTo("40/nsp,");
		assertThat(latestSocket().id()).isEqualTo("/nsp#" + socket().id());
		assertThat(latestSocket().handshake().auth()).isEmpty();
		io().of("/nsp").to(latestSocket().id()).emit("hello");
		assertThat(webSocket.text()).isEqualTo("42/nsp,[\"hello\"]");
		assertThat(webSocket.send("41/nsp,").send("40/nsp,").text()).isEqualTo("40/nsp,");
		assertThat(latestSocket().id()).isEqualTo("/nsp#" + socket().id());
	}

	@Test
	@DisplayName("query behind a namespace -> handshake.auth as strings, decoded, last value wins")
	void namespaceWithQuery() {
		start(builder(), (io) -> recorded(io.of("/nsp")));
		RawWebSocket webSocket = connected();
		assertThat(webSocket.send("40/nsp?a=1&b=%C3%A9%2C+x&a=2&c").text()).isEqualTo("40/nsp,");
		assertThat(latestSocket().namespace().name()).isEqualTo("/nsp");
		assertThat(latestSocket().handshake().auth()).isEqualTo(Map.of("a", "2", "b", "é, x", "c", ""));
		assertThat(latestSocket().handshake().auth("a", Integer.class)).isEqualTo(2);
		webSocket.send("42/nsp?a=1,[\"x\"]").send("42/nsp,[\"y\"]");
		Await.until("both events", () -> this.received.size() == 2);
	}

	@Test
	@DisplayName("query behind a namespace is part of its name in revision 4 of Engine.IO")
	void namespaceWithQueryInRevision4() {
		start(builder(), (io) -> recorded(io.of("/nsp")));
		assertThat(joined().send("0/nsp?a=1").text()).isEqualTo("4/nsp?a=1,{\"message\":\"Invalid namespace\"}");
	}

	@Test
	@DisplayName("payload of a CONNECT -> no auth")
	void payloadOfConnect() {
		start(builder(), (io) -> recorded(io.of("/nsp")));
		assertThat(connected().send("40/nsp,{\"token\":1}").text()).isEqualTo("40/nsp,");
		assertThat(latestSocket().handshake().auth()).isEmpty();
	}

	// Refusals

	@Test
	@DisplayName("unknown namespace -> CONNECT_ERROR with an object; connection open")
	void unknownNamespace() {
		start(builder(), (io) -> {
		});
		RawWebSocket webSocket = connected();
		assertThat(webSocket.send("40/nope").text()).isEqualTo("44/nope,{\"message\":\"Invalid namespace\"}");
		assertThat(webSocket.send("40/nope?a=1").text()).isEqualTo("44/nope,{\"message\":\"Invalid namespace\"}");
		assertNothingElse(webSocket);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "/fail; \"plain\"", "/fail2; {\"x\":1}", "/fail3; \"Internal server error\"" })
	@DisplayName("middleware error -> its data if there is any, else its message as a JSON string")
	void refusedByMiddleware(String namespace, String payload) {
		start(builder(), (io) -> {
			refuse(io, "/fail", new ConnectionRefusedException("plain"));
			refuse(io, "/fail2", new ConnectionRefusedException("unused", Map.of("x", 1)));
			refuse(io, "/fail3", new IllegalStateException("inside"));
		});
		RawWebSocket webSocket = connected();
		assertThat(webSocket.send("40" + namespace + "?a=1").text()).isEqualTo("44" + namespace + "," + payload);
		assertNothingElse(webSocket);
	}

	private static void refuse(SocketIoServer io, String namespace, Exception error) {
		io.of(namespace).use((socket) -> Mono.error(error));
	}

	@Test
	@DisplayName("middleware of / refuses -> error instead of CONNECT; other namespaces can be joined")
	void refusedFromMainNamespace() {
		start(builder(), (io) -> {
			io.use((socket) -> Mono.error(new ConnectionRefusedException("no")));
			io.of("/nsp");
		});
		RawWebSocket webSocket = open();
		assertThat(webSocket.text()).isEqualTo("44\"no\"");
		assertThat(webSocket.send("40/nsp").text()).isEqualTo("40/nsp,");
		assertThat(this.sockets).isEmpty();
	}

	@Test
	@DisplayName("refused from / and nothing joined -> closed after the connect timeout")
	void refusedAndIdle() {
		start(builder().connectTimeout(Duration.ofMillis(100)),
				(io) -> io.use((socket) -> Mono.error(new ConnectionRefusedException("no"))));
		RawWebSocket webSocket = open();
		assertThat(webSocket.text()).isEqualTo("44\"no\"");
		assertThat(webSocket.closeStatus()).isEqualTo(RawWebSocket.NO_STATUS);
	}

	@Test
	@DisplayName("connection ends while a middleware of / is pending -> no connection, no listener called")
	void endsWhileMiddlewareIsPending() {
		Sinks.Empty<Void> decision = Sinks.empty();
		start(builder(), (io) -> io.use((socket) -> decision.asMono()));
		RawWebSocket webSocket = open();
		webSocket.abort();
		Await.until("the session has ended", () -> this.server.engine().sessionCount() == 0);
		decision.tryEmitEmpty();
		assertThat(this.sockets).isEmpty();
		assertThat(this.reasons).isEmpty();
	}

	// Events

	@Test
	@DisplayName("events, acknowledgements and DISCONNECT are those of revision 5")
	void events() {
		start(builder(), (io) -> io.onConnection((socket) -> socket.on("echo",
				(arguments, acknowledgement) -> acknowledgement.send(arguments.toList().toArray()))));
		RawWebSocket webSocket = connected();
		assertThat(webSocket.send("427[\"echo\",\"é€😀\",1]").text()).isEqualTo("437[\"é€😀\",1]");
		webSocket.send("451-8[\"echo\",{\"_placeholder\":true,\"num\":0}]").send(new byte[] { 4, 1, 2 });
		assertThat(webSocket.text()).isEqualTo("461-8[{\"_placeholder\":true,\"num\":0}]");
		assertThat(webSocket.binary()).containsExactly(4, 1, 2);
		Mono<EventArguments> answer = socket().emitWithAck("ask", 1).cache();
		answer.subscribe();
		assertThat(webSocket.text()).isEqualTo("420[\"ask\",1]");
		webSocket.send("430[\"yes\"]");
		assertThat(answer.block(Duration.ofSeconds(10)).toList()).containsExactly("yes");
		socket().disconnect();
		assertThat(webSocket.text()).isEqualTo("41");
		awaitReasons("server namespace disconnect");
	}

	@Test
	@DisplayName("broadcast to clients of both revisions -> each gets its own form, over WebSocket and polling")
	void mixedAudience() {
		start(builder(), (io) -> {
		});
		List<RawWebSocket> third = List.of(connected(), connected(), connected());
		List<WireClient> fourth = List.of(joined(), joined(), joined());
		PollingClient polling = PollingClient.openWith(port(), "EIO=3");
		assertThat(polling.poll().text()).isEqualTo("2:40");
		WireClient polling4 = joined(Wire.POLLING);
		byte[][] binary = { new byte[5000], { 7 } }; // one alone, and one beside others
		for (int i = 0; i < 20; i++) {
			io().emit("text", i);
			io().emit("binary", i, binary[i % 2]);
		}
		for (int i = 0; i < 20; i++) {
			String text = "2[\"text\"," + i + "]";
			String header = "51-[\"binary\"," + i + ",{\"_placeholder\":true,\"num\":0}]";
			for (RawWebSocket webSocket : third) {
				assertThat(webSocket.text()).isEqualTo("4" + text);
				assertThat(webSocket.text()).isEqualTo("4" + header);
				byte[] attachment = webSocket.binary();
				assertThat(attachment).hasSize(1 + binary[i % 2].length).startsWith(4).endsWith(binary[i % 2]);
			}
			for (WireClient client : fourth) {
				assertThat(client.text()).isEqualTo(text);
				assertThat(client.text()).isEqualTo(header);
				assertThat(client.binary()).isEqualTo(binary[i % 2]);
			}
			assertThat(polling4.text()).isEqualTo(text);
			assertThat(polling4.text()).isEqualTo(header);
			assertThat(polling4.binary()).isEqualTo(binary[i % 2]);
		}
		RawResponse poll = polling.poll();
		assertThat(poll.header("Content-Type")).isEqualTo("application/octet-stream");
		assertThat(poll.body()).startsWith(0, 1, 2, -1, '4', '2').endsWith(1, 2, -1, 4, 7);
	}

	// Recovery

	@Test
	@DisplayName("recovery on -> offsets as last arguments, no pid, nothing kept of a client that goes")
	void recovery() {
		TestSessionStore store = new TestSessionStore();
		start(builder().recovery().store(store), (io) -> recorded(io.of("/nsp")));
		RawWebSocket webSocket = connected();
		assertThat(webSocket.send("40/nsp?pid=x&offset=y").text()).isEqualTo("40/nsp,");
		assertThat(latestSocket().recovered()).isFalse();
		io().emit("all");
		assertThat(webSocket.text()).matches("42\\[\"all\",\"[\\w.-]+\"]");
		socket().emit("one", 1);
		assertThat(webSocket.text()).matches("42\\[\"one\",1,\"[\\w.-]+\"]");
		webSocket.abort();
		awaitReasons("transport close", "transport close");
		assertThat(io().forgetSession(socket().id())).isFalse();
		assertThat(store.saved).isEmpty();
		assertThat(store.claims).isEmpty();
		assertThat(this.server.events()).isEmpty();
		assertThat(connected()).isNotNull();
		assertThat(latestSocket().recovered()).isFalse();
		assertThat(sid(latestSocket())).isNotEqualTo(sid(socket()));
	}

}
