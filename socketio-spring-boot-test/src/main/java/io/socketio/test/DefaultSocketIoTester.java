package io.socketio.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.PacketParser;

/**
 * Default {@link SocketIoTester}.
 */
final class DefaultSocketIoTester implements SocketIoTester {

	private final TesterResources resources;

	private final ConnectRequest request;

	private DefaultSocketIoTester(TesterResources resources, ConnectRequest request) {
		this.resources = resources;
		this.request = request;
	}

	static DefaultSocketIoTester create(Supplier<URI> endpoint, PacketParser parser, JsonMapper mapper) {
		ConnectRequest request = new ConnectRequest(mapper.createObjectNode(), List.of(), List.of(), DEFAULT_TIMEOUT);
		return new DefaultSocketIoTester(new TesterResources(endpoint, parser, mapper), request);
	}

	@Override
	public SocketIoTester auth(Object payload) {
		JsonNode tree = this.resources.mapper().valueToTree(payload);
		if (!(tree instanceof ObjectNode object)) {
			throw new IllegalArgumentException("The auth payload must be a JSON object, but is " + tree);
		}
		return with(this.request.withAuth(object));
	}

	@Override
	public SocketIoTester header(String name, String value) {
		return with(this.request.withHeader(name, value));
	}

	@Override
	public SocketIoTester query(String name, String value) {
		return with(this.request.withQuery(name, value));
	}

	@Override
	public SocketIoTester timeout(Duration timeout) {
		return with(this.request.withTimeout(timeout));
	}

	private SocketIoTester with(ConnectRequest request) {
		return new DefaultSocketIoTester(this.resources, request);
	}

	@Override
	public TestSocket connect(String namespace) {
		return new DefaultTestSocket(name(namespace), this.resources, this.request).reconnect();
	}

	@Override
	public ConnectError expectConnectError(String namespace) {
		DefaultTestSocket socket = new DefaultTestSocket(name(namespace), this.resources, this.request);
		return socket.connect().orElseThrow(() -> {
			socket.close();
			return new AssertionError("The server did not refuse namespace '" + socket.namespace() + "': socket "
					+ socket.id() + " has connected");
		});
	}

	private static String name(String namespace) {
		return namespace.startsWith("/") ? namespace : "/" + namespace;
	}

	@Override
	public void close() {
		this.resources.close();
	}

}
