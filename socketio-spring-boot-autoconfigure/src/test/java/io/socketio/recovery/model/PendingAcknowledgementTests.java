package io.socketio.recovery.model;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.socketio.recovery.model.ScriptedClient.Session;
import io.socketio.server.DisconnectReason;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that want an acknowledgement, across a break of the connection.
 */
class PendingAcknowledgementTests {

	private final BlockingQueue<SocketIoSocket> sockets = new LinkedBlockingQueue<>();

	private final BlockingQueue<DisconnectReason> disconnects = new LinkedBlockingQueue<>();

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.builder().recovery().application((io) -> io.onConnection((socket) -> {
			socket.onDisconnect(this.disconnects::add);
			this.sockets.add(socket);
		})).start();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private ScriptedClient open() {
		return ScriptedClient.open(this.server.port());
	}

	private SocketIoSocket socket() throws InterruptedException {
		return this.sockets.poll(5, TimeUnit.SECONDS);
	}

	@Test
	void areSentToTheConnectionThatTheClientHasNow() throws Exception {
		ScriptedClient first = open();
		Session session = first.join();
		SocketIoSocket earlier = socket();
		try (ScriptedClient second = open()) {
			second.ask(session, null).answer();
			earlier.emitWithAck("question").subscribe();
			assertThat(second.next()).isEqualTo("420[\"question\"]");
		}
	}

	@Test
	void areNotSentBehindADisconnect() throws Exception {
		try (ScriptedClient client = open()) {
			client.join();
			SocketIoSocket socket = socket();
			socket.disconnect();
			socket.emitWithAck("question").subscribe();
			assertThat(client.next()).isEqualTo("41");
			client.send("40");
			assertThat(client.next()).startsWith("40{");
		}
	}

	@Test
	void areReplayedInTheOrderOfEmitting() throws Exception {
		ScriptedClient first = open();
		Session session = first.join();
		SocketIoSocket socket = socket();
		first.reset();
		assertThat(this.disconnects.poll(5, TimeUnit.SECONDS)).isNotNull();
		SlowArgument slow = new SlowArgument();
		Thread other = new Thread(() -> socket.emitWithAck("second", slow).subscribe());
		other.start();
		assertThat(slow.reached.await(5, TimeUnit.SECONDS)).isTrue();
		socket.emitWithAck("first").subscribe();
		socket.emit("between");
		slow.released.countDown();
		other.join();
		try (ScriptedClient second = open()) {
			Session answer = second.ask(session, null).answer();
			assertThat(answer.recovers(session)).isTrue();
			assertThat(answer.missed()).extracting((packet) -> packet.split("\"")[1])
				.containsExactly("first", "between", "second");
		}
	}

	/**
	 * Takes its time to be encoded, when the event has its id.
	 */
	public static final class SlowArgument {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		public int getValue() throws InterruptedException {
			this.reached.countDown();
			this.released.await(5, TimeUnit.SECONDS);
			return 1;
		}

	}

}
