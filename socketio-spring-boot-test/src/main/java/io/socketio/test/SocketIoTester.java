package io.socketio.test;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.PacketParser;

/**
 * Connects clients to a server under test, over WebSocket.
 * <p>
 * A tester is immutable: {@link #auth}, {@link #header}, {@link #query} and
 * {@link #timeout} return another one that connects in that way and shares threads and
 * sockets with this one. All methods block and can be called from any thread that may
 * block.
 *
 * <pre class="code">
 * try (TestSocket alice = tester.auth(Map.of("token", "secret")).connect("/chat")) {
 *     Receipt receipt = alice.emitWithAck("message", new Message("Hello")).as(Receipt.class);
 * }
 * </pre>
 *
 * @since 0.1.0
 * @see TestSocket
 */
public interface SocketIoTester extends AutoCloseable {

	/** How long to wait where nothing else is said. */
	Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Create a tester for a server that runs anywhere. Arguments are converted by a plain
	 * {@code JsonMapper}.
	 * @param endpoint the endpoint, such as {@code http://127.0.0.1:8080/socket.io/};
	 * certificates of an {@code https} one are not checked
	 * @return a tester, to be closed
	 */
	static SocketIoTester of(URI endpoint) {
		JsonMapper mapper = JsonMapper.shared();
		return of(() -> endpoint, new JsonPacketParser(mapper), mapper);
	}

	/**
	 * Create a tester for a server that may not run yet.
	 * @param endpoint returns the endpoint, called whenever a socket connects
	 * @param parser format of packets, that of the server
	 * @param mapper converts arguments
	 * @return a tester, to be closed
	 */
	static SocketIoTester of(Supplier<URI> endpoint, PacketParser parser, JsonMapper mapper) {
		return DefaultSocketIoTester.create(endpoint, parser, mapper);
	}

	/**
	 * Connect with a payload, what clients set as their {@code auth} option.
	 * @param payload the payload; must be written as a JSON object
	 * @return a tester that does so
	 * @throws IllegalArgumentException if it is written as something else
	 */
	SocketIoTester auth(Object payload);

	/**
	 * Send a header with the handshake request, beside those added before.
	 * @param name name of the header
	 * @param value its value
	 * @return a tester that does so
	 */
	SocketIoTester header(String name, String value);

	/**
	 * Send a query parameter with the handshake request, beside those added before.
	 * @param name name of the parameter
	 * @param value its value, which is encoded here
	 * @return a tester that does so
	 */
	SocketIoTester query(String name, String value);

	/**
	 * Wait for that time at most, wherever this tester and its sockets wait.
	 * @param timeout the time, positive
	 * @return a tester that does so
	 */
	SocketIoTester timeout(Duration timeout);

	/**
	 * Connect to the main namespace.
	 * @return a connected socket
	 * @throws AssertionError if the server refuses, or does not answer in time
	 */
	default TestSocket connect() {
		return connect("/");
	}

	/**
	 * Connect to a namespace, by a connection of its own.
	 * <p>
	 * The server has let the socket in when this returns, but {@code @OnConnect} methods
	 * may still run. To wait for them, expect what they emit, or an acknowledgement:
	 * events of a socket are handled after them.
	 * @param namespace name of the namespace
	 * @return a connected socket
	 * @throws AssertionError if the server refuses, or does not answer in time
	 */
	TestSocket connect(String namespace);

	/**
	 * Try to connect to the main namespace, and be refused.
	 * @return why
	 * @throws AssertionError if the server lets the socket in, or does not answer in time
	 */
	default ConnectError expectConnectError() {
		return expectConnectError("/");
	}

	/**
	 * Try to connect to a namespace, and be refused: by a middleware, by a
	 * {@code HandshakeGuard}, or by what else protects the endpoint.
	 * @param namespace name of the namespace
	 * @return why
	 * @throws AssertionError if the server lets the socket in, or does not answer in time
	 */
	ConnectError expectConnectError(String namespace);

	/**
	 * End all connections of this tester and of those that stem from it, and its threads.
	 * Called with the application context, if the tester is one of its beans.
	 */
	@Override
	void close();

}
