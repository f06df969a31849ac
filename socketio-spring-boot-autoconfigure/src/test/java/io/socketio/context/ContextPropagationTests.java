package io.socketio.context;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.handler.SocketIoControllerRegistrar;
import io.socketio.server.ServerExtensions;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketContextContributor;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Thread locals and MDC in handlers, on the real port.
 */
class ContextPropagationTests {

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	private static final ContextRegistry REGISTRY = ContextRegistry.getInstance();

	private final ExecutorService blocking = Executors.newSingleThreadExecutor();

	private TestServer server;

	@BeforeEach
	void register() {
		REGISTRY.registerThreadLocalAccessor("tenant", TENANT);
		REGISTRY.registerThreadLocalAccessor(new MdcAccessor());
	}

	@AfterEach
	void close() {
		this.server.close();
		this.blocking.shutdownNow();
		REGISTRY.removeThreadLocalAccessor("tenant");
		REGISTRY.removeThreadLocalAccessor(MdcContributor.KEY);
	}

	private void start(SocketContextContributor... contributors) {
		this.server = TestServer.builder()
			.extensions(new ServerExtensions(null, List.of(contributors), (error) -> null))
			.filter((exchange, chain) -> {
				String tenant = exchange.getRequest().getHeaders().getFirst("X-Tenant");
				Mono<Void> result = chain.filter(exchange);
				return (tenant != null) ? result.contextWrite(Context.of("tenant", tenant)) : result;
			})
			.application((io) -> {
				GenericApplicationContext context = new GenericApplicationContext();
				context.registerBean(Controller.class);
				context.registerBean(SocketIoControllerRegistrar.class, () -> new SocketIoControllerRegistrar(context,
						io, new DefaultConversionService(), this.blocking, List.of(), 8));
				context.refresh();
			})
			.start();
	}

	private String call(WireClient client, String event) {
		return client.send("20[\"" + event + "\"]").text();
	}

	@Test
	void threadLocalsAreTakenFromTheHandshakesContext() {
		start(new ThreadLocalsContributor(REGISTRY));
		try (WireClient acme = WireClient.webSocket(this.server.port(), "X-Tenant: acme");
				WireClient nobody = WireClient.webSocket(this.server.port())) {
			acme.connect();
			nobody.connect();
			for (String event : List.of("blockingTenant", "assembledTenant", "handledTenant")) {
				assertThat(call(acme, event)).as(event).isEqualTo("30[\"acme\"]");
				assertThat(call(nobody, event)).as(event).isEqualTo("30[\"null\"]");
			}
		}
		assertThat(CompletableFuture.supplyAsync(TENANT::get, this.blocking).join()).isNull();
	}

	@Test
	void threadLocalsThatTheSocketHasNotAreClearedMeanwhile() {
		this.server = TestServer.builder().start();
		SocketContextContributor contributor = new ThreadLocalsContributor(REGISTRY);
		TENANT.set("another socket's");
		try (SocketContext.Scope scope = contributor.bind(mock(SocketIoSocket.class), Context.empty()).open()) {
			assertThat(scope).isNotNull();
			assertThat(TENANT.get()).isNull();
		}
		assertThat(TENANT.get()).isEqualTo("another socket's");
		TENANT.remove();
	}

	@Test
	void observationIsLeftAlone() {
		this.server = TestServer.builder().start();
		ContextRegistry registry = new ContextRegistry().loadContextAccessors();
		Map<String, String> current = new HashMap<>(Map.of("observation", "of the thread"));
		registry.registerThreadLocalAccessor("micrometer.observation", () -> current.get("observation"),
				(value) -> current.put("observation", value), current::clear);
		SocketContextContributor contributor = new ThreadLocalsContributor(registry);
		assertThat(contributor.bind(mock(SocketIoSocket.class), Context.empty())).isNull();
		registry.registerThreadLocalAccessor("tenant", TENANT);
		try (SocketContext.Scope scope = contributor.bind(mock(SocketIoSocket.class), Context.empty()).open()) {
			assertThat(scope).isNotNull();
			assertThat(current).containsEntry("observation", "of the thread");
		}
	}

	@Test
	void mdcSaysWhichSocket() {
		start(new MdcContributor());
		try (WireClient client = WireClient.webSocket(this.server.port())) {
			String id = client.connect().sid();
			for (String event : List.of("blockingMdc", "assembledMdc", "handledMdc")) {
				assertThat(call(client, event)).as(event)
					.isEqualTo("30[{\"socketio.namespace\":\"/\",\"socketio.socket\":\"" + id + "\"}]");
			}
		}
		assertThat(CompletableFuture.supplyAsync(MDC::getCopyOfContextMap, this.blocking).join()).isNullOrEmpty();
	}

	@Test
	void mdcOfTheThreadIsRestored() {
		start(new MdcContributor());
		CompletableFuture.runAsync(() -> MDC.put(MdcContributor.SOCKET, "of the thread"), this.blocking).join();
		try (WireClient client = WireClient.webSocket(this.server.port())) {
			String id = client.connect().sid();
			assertThat(call(client, "blockingMdc")).contains(id);
		}
		assertThat(CompletableFuture.supplyAsync(MDC::getCopyOfContextMap, this.blocking).join())
			.isEqualTo(Map.of(MdcContributor.SOCKET, "of the thread"));
	}

	@SocketIoController
	static class Controller {

		@SocketIoEvent
		String blockingTenant() {
			return String.valueOf(TENANT.get());
		}

		@SocketIoEvent
		Mono<String> assembledTenant() {
			return Mono.just(String.valueOf(TENANT.get()));
		}

		@SocketIoEvent
		Mono<String> handledTenant() {
			return Mono.just("")
				.publishOn(Schedulers.parallel())
				.handle((value, sink) -> sink.next(String.valueOf(TENANT.get())));
		}

		@SocketIoEvent
		Map<String, String> blockingMdc() {
			return new TreeMap<>(MDC.getCopyOfContextMap());
		}

		@SocketIoEvent
		Mono<Map<String, String>> assembledMdc() {
			return Mono.just(blockingMdc());
		}

		@SocketIoEvent
		Mono<Map<String, String>> handledMdc() {
			return Mono.just("").publishOn(Schedulers.parallel()).handle((value, sink) -> sink.next(blockingMdc()));
		}

	}

}
