package io.socketio.edgecases;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;

import io.socketio.engine.EngineSession;
import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketHandler;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Socket.IO server on a real port, clients of it, and what the server saw of them.
 */
abstract class ServerCases {

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	/**
	 * Sockets that connected, in that order.
	 */
	final List<SocketIoSocket> sockets = new CopyOnWriteArrayList<>();

	/**
	 * Events that arrived, with their arguments.
	 */
	final List<String> received = new CopyOnWriteArrayList<>();

	/**
	 * Reasons of disconnects.
	 */
	final List<String> reasons = new CopyOnWriteArrayList<>();

	TestServer server;

	@AfterEach
	void closeResources() throws Exception {
		while (!this.resources.isEmpty()) {
			this.resources.pop().close();
		}
	}

	<T extends AutoCloseable> T closedLater(T resource) {
		this.resources.push(resource);
		return resource;
	}

	// The server

	/**
	 * Start a server whose main namespace is recorded.
	 * @param builder describes it
	 * @param application registers its listeners
	 */
	void start(TestServer.Builder builder, Consumer<SocketIoServer> application) {
		builder.application((io) -> {
			recorded(io);
			application.accept(io);
		});
		this.server = closedLater(builder.start());
	}

	void start(Consumer<SocketIoServer> application) {
		start(TestServer.builder(), application);
	}

	void start() {
		start((io) -> {
		});
	}

	SocketIoServer io() {
		return this.server.server();
	}

	/**
	 * Keep note of what the sockets of a namespace do, and answer markers.
	 * @param namespace the namespace
	 * @return the namespace
	 */
	SocketIoNamespace recorded(SocketIoNamespace namespace) {
		return namespace.handler((socket, reads) -> {
			this.sockets.add(socket);
			return new SocketHandler() {

				@Override
				public void event(String event, EventArguments arguments, Acknowledgement acknowledgement) {
					if ("marker".equals(event)) {
						acknowledgement.send();
					}
					else {
						ServerCases.this.received.add(event + arguments);
					}
				}

				@Override
				public void disconnected(DisconnectReason reason) {
					ServerCases.this.reasons.add(reason.toString());
				}

			};
		});
	}

	SocketIoSocket socket() {
		Await.until("a socket is connected", () -> !this.sockets.isEmpty());
		return this.sockets.get(0);
	}

	SocketIoSocket latestSocket() {
		return this.sockets.get(this.sockets.size() - 1);
	}

	void awaitReasons(String... expected) {
		Await.until("disconnects", () -> this.reasons.size() >= expected.length);
		assertThat(this.reasons).containsExactly(expected);
	}

	// Clients

	int port() {
		return this.server.port();
	}

	WireClient webSocket(String... headers) {
		return closedLater(WireClient.webSocket(port(), headers));
	}

	WireClient polling(String... headers) {
		return closedLater(WireClient.polling(port(), headers));
	}

	WireClient open(Wire wire) {
		return (wire == Wire.WEBSOCKET) ? webSocket() : polling();
	}

	/**
	 * A client over WebSocket that has joined the main namespace.
	 * @return the client
	 */
	WireClient joined() {
		return joined(Wire.WEBSOCKET);
	}

	WireClient joined(Wire wire) {
		WireClient client = open(wire);
		int before = this.sockets.size();
		client.connect();
		Await.until("the socket is connected", () -> this.sockets.size() > before);
		return client;
	}

	/**
	 * Check that the server has sent nothing that was not read yet: the answer to a
	 * marker comes next.
	 * @param client the client, which has joined the main namespace
	 */
	void assertNothingElse(WireClient client) {
		assertThat(client.send("2987654[\"marker\"]").text()).isEqualTo("3987654[]");
	}

	void assertClosed(WireClient client) {
		assertThat(client.untilClosed()).isEmpty();
	}

	/**
	 * Send a poll and wait until it is pending at the server.
	 * @param client the session
	 * @return the connection, response unread
	 */
	RawHttp pendingPoll(PollingClient client) {
		EngineSession session = this.server.engine().session(client.sid());
		assertThat(session).isNotNull();
		RawHttp poll = closedLater(client.startPoll());
		Await.until("the poll is pending", session::closable);
		return poll;
	}

	/**
	 * A session over long-polling that has joined the main namespace.
	 * @return the session, nothing left to poll
	 */
	PollingClient joinedPolling() {
		PollingClient client = PollingClient.open(port());
		client.push("40");
		assertThat(client.poll().text()).startsWith("40{\"sid\":");
		return client;
	}

	/**
	 * Ways to connect.
	 */
	enum Wire {

		WEBSOCKET, POLLING

	}

}
