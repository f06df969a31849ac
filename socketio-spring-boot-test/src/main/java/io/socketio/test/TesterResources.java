package io.socketio.test;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.protocol.PacketParser;

/**
 * What all testers that stem from one have in common.
 */
final class TesterResources {

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

	private final Supplier<URI> endpoint;

	private final PacketParser parser;

	private final JsonMapper mapper;

	private final LoopResources loops = LoopResources.create("socketio-tester", 1, true);

	private final HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
		.runOn(this.loops)
		.disableRetry(true)
		.followRedirect(false);

	private final Set<DefaultTestSocket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Create resources.
	 * @param endpoint returns the endpoint
	 * @param parser format of packets
	 * @param mapper converts arguments
	 */
	TesterResources(Supplier<URI> endpoint, PacketParser parser, JsonMapper mapper) {
		this.endpoint = endpoint;
		this.parser = parser;
		this.mapper = mapper;
	}

	PacketParser parser() {
		return this.parser;
	}

	JsonMapper mapper() {
		return this.mapper;
	}

	/**
	 * Open a connection for a socket. Returns at once.
	 * @param socket the socket
	 * @param client its connection
	 * @param request how to connect
	 */
	void open(DefaultTestSocket socket, EngineClient client, ConnectRequest request) {
		URI uri = request.uri(this.endpoint.get());
		HttpClient configured = this.http.headers(
				(headers) -> request.headers().forEach((header) -> headers.add(header.getKey(), header.getValue())));
		this.sockets.add(socket);
		if (this.closed) {
			this.sockets.remove(socket);
			throw new IllegalStateException("The tester is closed");
		}
		client.open("wss".equals(uri.getScheme()) ? trusting(configured) : configured, uri);
	}

	private static HttpClient trusting(HttpClient http) {
		Http11SslContextSpec ssl = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
		return http.secure((spec) -> spec.sslContext((SslProvider.GenericSslContextSpec<?>) ssl));
	}

	/**
	 * A socket has no connection any more.
	 * @param socket the socket
	 */
	void closed(DefaultTestSocket socket) {
		this.sockets.remove(socket);
	}

	void close() {
		this.closed = true;
		this.sockets.forEach(DefaultTestSocket::cut);
		this.loops.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT).block(SHUTDOWN_TIMEOUT.multipliedBy(2));
	}

}
