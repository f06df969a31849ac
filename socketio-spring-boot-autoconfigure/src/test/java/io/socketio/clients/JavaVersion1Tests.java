package io.socketio.clients;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.socketio.clients.version1.Version1ClassLoader;
import io.socketio.clients.version1.Version1Client;
import io.socketio.engine.TransportType;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestOptions;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The official Java client 1.x, which is the one of Socket.IO 2, over the real port.
 */
class JavaVersion1Tests {

	private static final String POLLING = "polling";

	private static final String WEBSOCKET = "websocket";

	private static final String BOTH = "polling websocket";

	/**
	 * Never closed, since the client has threads that still load classes when it is
	 * closed.
	 */
	private static final Version1ClassLoader LOADER = new Version1ClassLoader();

	private final BlockingQueue<SocketIoSocket> connected = new LinkedBlockingQueue<>();

	private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

	private TestServer server;

	private Version1Client client;

	private void start(String transports) throws Exception {
		this.server = TestServer.builder()
			.engine(TestOptions.heartbeat(100, 10_000).allowEio3().build())
			.application(this::register)
			.start();
		this.client = client("/", transports);
	}

	private Version1Client client(String namespace, String transports) {
		return LOADER.client("http://127.0.0.1:" + this.server.port() + namespace, transports.split(" "));
	}

	private void register(SocketIoServer io) {
		io.onConnection((socket) -> {
			socket.on("echo", (arguments, acknowledgement) -> socket.emit("echo", arguments.toList().toArray()));
			socket.on("answer", (arguments, acknowledgement) -> acknowledgement.send(arguments.toList().toArray()));
			socket.onDisconnect(this.reasons::add);
			this.connected.add(socket);
		});
		io.of("/nsp")
			.use((socket) -> "right".equals(socket.handshake().auth().get("token")) ? Mono.empty()
					: Mono.error(new ConnectionRefusedException("not allowed")));
	}

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	private static Object[] next(BlockingQueue<Object[]> events) throws InterruptedException {
		Object[] event = events.poll(10, TimeUnit.SECONDS);
		assertThat(event).as("event").isNotNull();
		return event;
	}

	private SocketIoSocket connect() throws Exception {
		BlockingQueue<Object[]> connects = this.client.listen("connect");
		this.client.open();
		next(connects);
		SocketIoSocket socket = this.connected.poll(10, TimeUnit.SECONDS);
		assertThat(socket).isNotNull();
		assertThat(this.client.id()).isEqualTo(socket.id());
		assertThat(socket.handshake().query()).containsEntry("EIO", "3");
		return socket;
	}

	@Test
	void isNotTheNewerOne() throws Exception {
		start(WEBSOCKET);
		assertThat(LOADER.loadClass(Socket.class.getName())).isNotSameAs(Socket.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void exchangesEventsInOrder(String transports) throws Exception {
		start(transports);
		SocketIoSocket socket = connect();
		BlockingQueue<Object[]> events = this.client.listen("echo");
		BlockingQueue<Object[]> pongs = this.client.listen("pong");
		TransportType last = transports.endsWith(WEBSOCKET) ? TransportType.WEBSOCKET : TransportType.POLLING;
		int sent = 0;
		while (sent < 300 || this.server.engine().session(socket.id()).transportType() != last) {
			this.client.emit("echo", sent, "häß €uro 😀");
			sent++;
			if (sent % 10 == 0) {
				assertThat(next(events)).containsExactly(sent / 10 - 1, "häß €uro 😀");
			}
		}
		for (int i = sent / 10; i < sent; i++) {
			assertThat(next(events)).containsExactly(i, "häß €uro 😀");
		}
		next(pongs);
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void carriesBinary(String transports) throws Exception {
		start(transports);
		connect();
		BlockingQueue<Object[]> events = this.client.listen("echo");
		byte[] large = new byte[200_000];
		Arrays.fill(large, (byte) 5);
		this.client.emit("echo", large, "é😀", Map.of("bytes", new byte[] { 1, 2 }), new byte[0]);
		Object[] args = next(events);
		assertThat(args).hasSize(4);
		assertThat((byte[]) args[0]).isEqualTo(large);
		assertThat(args[1]).isEqualTo("é😀");
		assertThat((byte[]) args[2].getClass().getMethod("get", String.class).invoke(args[2], "bytes"))
			.containsExactly(1, 2);
		assertThat((byte[]) args[3]).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void acknowledges(String transports) throws Exception {
		start(transports);
		SocketIoSocket socket = connect();
		assertThat(next(this.client.ask("answer", "ä", 1, new byte[] { 7 }))).containsExactly("ä", 1, new byte[] { 7 });
		this.client.echo("question");
		EventArguments reply = socket.emitWithAck("question", "ö", new byte[] { 8 }).block(Duration.ofSeconds(10));
		assertThat(reply.toList()).isEqualTo(List.of("ö", reply.get(1))).hasSize(2);
		assertThat((byte[]) reply.get(1)).containsExactly(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { BOTH, WEBSOCKET, POLLING })
	void joinsNamespaces(String transports) throws Exception {
		start(transports);
		SocketIoSocket socket = connect();
		Version1Client refused = client("/nsp?token=wrong", transports);
		BlockingQueue<Object[]> errors = refused.listen("error");
		refused.open();
		assertThat(next(errors)).containsExactly("not allowed");
		refused.close();
		Version1Client accepted = client("/nsp?token=right", transports);
		BlockingQueue<Object[]> connects = accepted.listen("connect");
		BlockingQueue<Object[]> news = accepted.listen("news");
		accepted.open();
		next(connects);
		assertThat(accepted.id()).startsWith("/nsp#");
		this.server.server().of("/nsp").to(accepted.id()).emit("news", "hello");
		assertThat(next(news)).containsExactly("hello");
		accepted.close();
		assertThat(socket.connected()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { WEBSOCKET, POLLING })
	void disconnects(String transports) throws Exception {
		start(transports);
		connect();
		this.client.close();
		assertThat(this.reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
		await().until(() -> this.server.engine().sessionCount() == 0);
		BlockingQueue<Object[]> disconnects = this.client.listen("disconnect");
		connect().disconnect();
		assertThat(next(disconnects)).containsExactly("io server disconnect");
	}

}
