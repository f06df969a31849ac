package io.socketio.recovery.model;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.AdapterFactory;
import io.socketio.engine.EngineOptions;
import io.socketio.protocol.JsonPacketParser;
import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.RecoveryOptions;
import io.socketio.recovery.SessionExpiredEvent;
import io.socketio.recovery.SessionNotRecoveredEvent;
import io.socketio.recovery.SessionRecoveredEvent;
import io.socketio.recovery.model.ScriptedClient.Session;
import io.socketio.server.DefaultSocketIoServer;
import io.socketio.server.ServerOptions;
import io.socketio.webflux.EngineWebHandler;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Application events of recovery are published without any lock: a listener may use what
 * other threads use.
 */
class RecoveryListenerTests {

	private final BlockingQueue<Object> disconnects = new LinkedBlockingQueue<>();

	private final BlockingQueue<Class<?>> heard = new LinkedBlockingQueue<>();

	private final Set<String> expiredOn = ConcurrentHashMap.newKeySet();

	/**
	 * How long listeners of expired sessions take.
	 */
	private volatile CountDownLatch slow = new CountDownLatch(0);

	private DefaultSocketIoServer server;

	private DisposableServer http;

	@BeforeEach
	void start() {
		ServerOptions defaults = ServerOptions.defaults();
		RecoveryOptions recovery = RecoveryOptions.defaults();
		ServerOptions options = new ServerOptions(defaults.connectTimeout(), defaults.ackTimeout(),
				defaults.packetLimits(), defaults.maxNamespaces(), defaults.maxRoomsPerSocket(),
				defaults.maxAuthBytes(), false,
				new RecoveryOptions(recovery.maxDisconnectionDuration(), true, recovery.maxLogBytes(), 1,
						recovery.maxTotalLogBytes(), recovery.maxTotalLogEvents(), recovery.maxSessions(),
						recovery.maxConcurrentReplays(), recovery.storeTimeout()));
		JsonMapper mapper = JsonMapper.builder().build();
		this.server = new DefaultSocketIoServer(EngineOptions.defaults(), options, new JsonPacketParser(mapper), mapper,
				new InMemorySessionStore(10, Clock.systemUTC()), AdapterFactory.inMemory(), this::listen);
		this.server.onConnection((socket) -> socket.onDisconnect(this.disconnects::add));
		this.http = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder
				.webHandler(new EngineWebHandler(this.server.engine(), WebOptions.defaults(), List.of(), (event) -> {
				}))
				.build()))
			.bindNow();
	}

	@AfterEach
	void close() {
		this.server.close().block(Duration.ofSeconds(10));
		this.http.disposeNow(Duration.ofSeconds(5));
	}

	// Fails if the thread that publishes holds what an emit on another thread needs
	private void listen(Object event) {
		CompletableFuture.runAsync(() -> this.server.emit("heard")).orTimeout(2, TimeUnit.SECONDS).join();
		if (event instanceof SessionExpiredEvent) {
			this.expiredOn.add(Thread.currentThread().getName());
			await(this.slow);
		}
		this.heard.add(event.getClass());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Session away() throws InterruptedException {
		ScriptedClient client = ScriptedClient.open(this.http.port());
		Session session = client.join();
		client.reset();
		assertThat(this.disconnects.poll(5, TimeUnit.SECONDS)).isNotNull();
		return session;
	}

	private Class<?> heard() throws InterruptedException {
		return this.heard.poll(5, TimeUnit.SECONDS);
	}

	@Test
	void recovered() throws Exception {
		Session session = away();
		try (ScriptedClient client = ScriptedClient.open(this.http.port())) {
			assertThat(client.ask(session, null).answer().recovers(session)).isTrue();
			assertThat(heard()).isEqualTo(SessionRecoveredEvent.class);
		}
	}

	@Test
	void lost() throws Exception {
		Session session = away();
		this.server.emit("first");
		this.server.emit("second");
		try (ScriptedClient client = ScriptedClient.open(this.http.port())) {
			assertThat(client.ask(session, null).answer().recovers(session)).isFalse();
			assertThat(List.of(heard(), heard())).containsExactlyInAnyOrder(SessionExpiredEvent.class,
					SessionNotRecoveredEvent.class);
		}
	}

	@Test
	void slowListenerStopsNoTimers() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		this.slow = done;
		for (int i = 0; i < 3; i++) {
			assertThat(this.server.forgetSession(away().id())).isTrue();
		}
		Session session = away();
		try (ScriptedClient client = ScriptedClient.open(this.http.port())) {
			assertThat(client.ask(session, null).answer().recovers(session)).isTrue();
			assertThat(heard()).isEqualTo(SessionRecoveredEvent.class);
		}
		assertThat(this.heard).isEmpty();
		done.countDown();
		for (int i = 0; i < 3; i++) {
			assertThat(heard()).isEqualTo(SessionExpiredEvent.class);
		}
		assertThat(this.expiredOn).hasSize(1).first().asString().startsWith("socketio-recovery-events");
	}

	@Test
	void forgotten() throws Exception {
		Session session = away();
		assertThat(this.server.forgetSession(session.id())).isTrue();
		assertThat(heard()).isEqualTo(SessionExpiredEvent.class);
	}

}
