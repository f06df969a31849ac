package io.socketio.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import io.socketio.engine.CloseReason;
import io.socketio.engine.ConnectionErrorEvent;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.EngineOptions;
import io.socketio.engine.EngineServer;
import io.socketio.engine.EngineSession;
import io.socketio.engine.HandshakeGuard;
import io.socketio.engine.Timers;
import io.socketio.protocol.EnginePacket;
import io.socketio.webflux.EngineWebHandler;
import io.socketio.webflux.WebOptions;

/**
 * An Engine.IO server on a real port, for tests of the engine alone.
 */
public final class TestEngine implements AutoCloseable {

	public final List<EngineSession> sessions = new CopyOnWriteArrayList<>();

	public final List<EnginePacket> received = new CopyOnWriteArrayList<>();

	public final List<CloseReason> closed = new CopyOnWriteArrayList<>();

	public final List<ConnectionErrorEvent> errors = new CopyOnWriteArrayList<>();

	public final EngineServer server;

	private final Timers timers = new Timers();

	private final DisposableServer http;

	private TestEngine(Builder builder) {
		this.server = new EngineServer(builder.options, this.timers, (session) -> {
			this.sessions.add(session);
			builder.opened.accept(session);
			return new EngineSession.Listener() {

				@Override
				public void onMessage(EnginePacket message) {
					TestEngine.this.received.add(message);
					builder.application.accept(session, message);
				}

				@Override
				public void onClose(CloseReason reason, String description) {
					TestEngine.this.closed.add(reason);
				}

			};
		});
		EngineWebHandler handler = new EngineWebHandler(this.server, builder.web, builder.guards,
				(event) -> this.errors.add((ConnectionErrorEvent) event));
		this.http = builder.http.apply(HttpServer.create())
			.host("127.0.0.1")
			.port(builder.port)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
				.filters((filters) -> filters.addAll(builder.filters))
				.build()))
			.bindNow();
	}

	/**
	 * Start a server that echoes every message.
	 * @param options the settings
	 * @return the server
	 */
	public static TestEngine echo(EngineOptions options) {
		return with(options).start();
	}

	public static TestEngine echo(EngineOptions options, WebOptions web, List<HandshakeGuard> guards) {
		return with(options).web(web).guards(guards.toArray(HandshakeGuard[]::new)).start();
	}

	/**
	 * Prepare a server that echoes every message, unless told otherwise.
	 * @param options the settings
	 * @return a builder
	 */
	public static Builder with(EngineOptions options) {
		return new Builder(options);
	}

	private static void echo(EngineSession session, EnginePacket message) {
		session.send(EngineMessage.of(List.of(message), true));
	}

	public int port() {
		return this.http.port();
	}

	@Override
	public void close() {
		this.server.close();
		Await.until("all sessions have ended", () -> this.server.sessionCount() == 0);
		this.http.disposeNow(Duration.ofSeconds(5));
		this.timers.stop();
	}

	/**
	 * Run the server that the protocol's own test suites expect.
	 * @param args the port, and {@code eio3} for the suite of revision 3
	 */
	public static void main(String[] args) {
		TestOptions options = TestOptions.heartbeat(300, 200);
		if (args.length > 1 && "eio3".equals(args[1])) {
			options.allowEio3();
		}
		TestEngine engine = with(options.build()).port(Integer.parseInt(args[0])).start();
		engine.http.onDispose().block();
	}

	/**
	 * What differs from an echo server with the protocol's defaults.
	 */
	public static final class Builder {

		private final EngineOptions options;

		private final List<WebFilter> filters = new ArrayList<>();

		private WebOptions web = WebOptions.defaults();

		private List<HandshakeGuard> guards = List.of();

		private UnaryOperator<HttpServer> http = UnaryOperator.identity();

		private int port;

		private Consumer<EngineSession> opened = (session) -> {
		};

		private BiConsumer<EngineSession, EnginePacket> application = TestEngine::echo;

		private Builder(EngineOptions options) {
			this.options = options;
		}

		public Builder web(WebOptions options) {
			this.web = options;
			return this;
		}

		public Builder guards(HandshakeGuard... all) {
			this.guards = List.of(all);
			return this;
		}

		public Builder filter(WebFilter filter) {
			this.filters.add(filter);
			return this;
		}

		public Builder port(int number) {
			this.port = number;
			return this;
		}

		public Builder http(UnaryOperator<HttpServer> customizer) {
			this.http = customizer;
			return this;
		}

		/**
		 * Set what is done with a session that was opened.
		 * @param action called on the session's lane
		 * @return this builder
		 */
		public Builder opened(Consumer<EngineSession> action) {
			this.opened = action;
			return this;
		}

		/**
		 * Set what is done with a message.
		 * @param action called on the session's lane
		 * @return this builder
		 */
		public Builder application(BiConsumer<EngineSession, EnginePacket> action) {
			this.application = action;
			return this;
		}

		public TestEngine start() {
			return new TestEngine(this);
		}

	}

}
