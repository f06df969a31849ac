package io.socketio.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.AdapterFactory;
import io.socketio.engine.EngineOptions;
import io.socketio.engine.EngineServer;
import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.PacketParser;
import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.SessionStore;
import io.socketio.server.DefaultSocketIoServer;
import io.socketio.server.ServerExtensions;
import io.socketio.server.ServerOptions;
import io.socketio.server.SocketIoServer;
import io.socketio.webflux.EngineWebHandler;
import io.socketio.webflux.WebOptions;

/**
 * A Socket.IO server on a real port, without Spring Boot.
 */
public final class TestServer implements AutoCloseable {

	private final DefaultSocketIoServer server;

	private final DisposableServer http;

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private TestServer(Builder builder) {
		ServerOptions options = new ServerOptions(builder.connectTimeout, builder.ackTimeout,
				ServerOptions.defaults().packetLimits(), builder.maxNamespaces, builder.maxRooms, builder.maxAuthBytes,
				builder.cleanupEmptyChildNamespaces, builder.recovery);
		JsonMapper mapper = JsonMapper.builder().build();
		this.server = new DefaultSocketIoServer(builder.engine, options, builder.parser.apply(mapper), mapper,
				builder.store, AdapterFactory.inMemory(), this.events::add, builder.extensions);
		builder.application.accept(this.server);
		EngineWebHandler handler = new EngineWebHandler(this.server.engine(), builder.web, List.of(), this.events::add);
		this.http = HttpServer.create()
			.host("127.0.0.1")
			.port(builder.port)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
				.filters((filters) -> filters.addAll(builder.filters))
				.build()))
			.bindNow();
	}

	/**
	 * Describe a server.
	 * @return a builder with the protocol's defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	public SocketIoServer server() {
		return this.server;
	}

	/**
	 * Application events so far.
	 * @return the events, in the order of publishing
	 */
	public List<Object> events() {
		return this.events;
	}

	/**
	 * The engine beneath.
	 * @return the engine
	 */
	public EngineServer engine() {
		return this.server.engine();
	}

	public int port() {
		return this.http.port();
	}

	@Override
	public void close() {
		this.server.close().block(Duration.ofSeconds(10));
		this.http.disposeNow(Duration.ofSeconds(5));
	}

	/**
	 * Run the server that the protocol's own test suite expects.
	 * @param args the port
	 */
	public static void main(String[] args) {
		TestServer server = builder().port(Integer.parseInt(args[0]))
			.heartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
			.connectTimeout(Duration.ofSeconds(1))
			.application((io) -> {
				io.onConnection((socket) -> {
					socket.emit("auth", socket.handshake().auth());
					socket.on("message",
							(arguments, acknowledgement) -> socket.emit("message-back", arguments.toList().toArray()));
					socket.on("message-with-ack",
							(arguments, acknowledgement) -> acknowledgement.send(arguments.toList().toArray()));
				});
				io.of("/custom").onConnection((socket) -> socket.emit("auth", socket.handshake().auth()));
			})
			.start();
		server.http.onDispose().block();
	}

	/**
	 * Describes a server.
	 */
	public static final class Builder {

		private EngineOptions engine = EngineOptions.defaults();

		private Duration connectTimeout = Duration.ofSeconds(45);

		private Duration ackTimeout = Duration.ofSeconds(10);

		private int maxNamespaces = 100;

		private int maxRooms = 10_000;

		private int maxAuthBytes = 64 * 1024;

		private boolean cleanupEmptyChildNamespaces;

		private WebOptions web = WebOptions.defaults();

		private final List<WebFilter> filters = new ArrayList<>();

		private @Nullable RecoveryOptions recovery;

		private SessionStore store = new InMemorySessionStore(1000, Clock.systemUTC());

		private Function<JsonMapper, PacketParser> parser = JsonPacketParser::new;

		private ServerExtensions extensions = ServerExtensions.none();

		private Consumer<SocketIoServer> application = (server) -> {
		};

		private int port;

		public Builder port(int port) {
			this.port = port;
			return this;
		}

		public Builder engine(EngineOptions engine) {
			this.engine = engine;
			return this;
		}

		public Builder heartbeat(Duration pingInterval, Duration pingTimeout) {
			EngineOptions options = this.engine;
			return engine(new EngineOptions(options.transports(), pingInterval, pingTimeout, options.upgradeTimeout(),
					options.closeTimeout(), options.maxPayload(), options.maxBuffered(), options.allowUpgrades(),
					options.allowEio3(), options.initialPacket()));
		}

		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
			return this;
		}

		public Builder ackTimeout(Duration ackTimeout) {
			this.ackTimeout = ackTimeout;
			return this;
		}

		public Builder maxNamespaces(int maxNamespaces) {
			this.maxNamespaces = maxNamespaces;
			return this;
		}

		public Builder maxRooms(int maxRooms) {
			this.maxRooms = maxRooms;
			return this;
		}

		public Builder maxAuthBytes(int maxAuthBytes) {
			this.maxAuthBytes = maxAuthBytes;
			return this;
		}

		public Builder cleanupEmptyChildNamespaces() {
			this.cleanupEmptyChildNamespaces = true;
			return this;
		}

		public Builder web(WebOptions web) {
			this.web = web;
			return this;
		}

		public Builder filter(WebFilter filter) {
			this.filters.add(filter);
			return this;
		}

		public Builder recovery(RecoveryOptions recovery) {
			this.recovery = recovery;
			return this;
		}

		public Builder recovery() {
			return recovery(RecoveryOptions.defaults());
		}

		public Builder store(SessionStore store) {
			this.store = store;
			return this;
		}

		public Builder parser(Function<JsonMapper, PacketParser> parser) {
			this.parser = parser;
			return this;
		}

		public Builder extensions(ServerExtensions extensions) {
			this.extensions = extensions;
			return this;
		}

		/**
		 * Set the application.
		 * @param application registers its listeners
		 * @return this builder
		 */
		public Builder application(Consumer<SocketIoServer> application) {
			this.application = application;
			return this;
		}

		public TestServer start() {
			return new TestServer(this);
		}

	}

}
