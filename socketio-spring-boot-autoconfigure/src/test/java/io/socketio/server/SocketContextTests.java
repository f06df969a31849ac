package io.socketio.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketContext}: what contributors make of it, and what of the
 * handshake's Reactor context is in it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketContextTests {

	private final SocketIoSocket socket = mock(SocketIoSocket.class);

	private final List<String> calls = new ArrayList<>();

	@Test
	void withoutContributorsItIsAlwaysTheSame() {
		SocketContext context = DefaultSocketContext.of(this.socket, Context.empty(), List.of());
		assertThat(context).isSameAs(SocketContext.empty());
		assertThat(context.reactor().isEmpty()).isTrue();
		assertThat(context.open()).isSameAs(context.open());
	}

	@Test
	void contributorsThatHaveNothingToAddCostNothing() {
		SocketContextContributor idle = new SocketContextContributor() {
		};
		assertThat(DefaultSocketContext.of(this.socket, Context.empty(), List.of(idle, idle)))
			.isSameAs(SocketContext.empty());
	}

	@Test
	void contributorsAddInTheirOrder() {
		SocketContextContributor first = new SocketContextContributor() {

			@Override
			public Context contribute(SocketIoSocket socket, Context context) {
				return context.put("first", context.get("handshake") + " 1");
			}

		};
		SocketContextContributor second = new SocketContextContributor() {

			@Override
			public Context contribute(SocketIoSocket socket, Context context) {
				return context.put("second", context.get("first") + " 2");
			}

		};
		SocketContext context = DefaultSocketContext.of(this.socket, Context.of("handshake", "0"),
				List.of(first, second));
		assertThat(context.reactor().<String>get("second")).isEqualTo("0 1 2");
	}

	@Test
	void bindingsAreNested() {
		SocketContext context = DefaultSocketContext.of(this.socket, Context.empty(),
				List.of(binding("a"), binding("b"), binding("c")));
		try (SocketContext.Scope scope = context.open()) {
			assertThat(scope).isNotNull();
			this.calls.add("run");
		}
		assertThat(this.calls).containsExactly("+a", "+b", "+c", "run", "-c", "-b", "-a");
	}

	@Test
	void bindingThatFailsLeavesNothingBehind() {
		SocketContext context = DefaultSocketContext.of(this.socket, Context.empty(),
				List.of(binding("a"), binding("b"), failing()));
		assertThatIllegalStateException().isThrownBy(context::open);
		assertThat(this.calls).containsExactly("+a", "+b", "-b", "-a");
	}

	private SocketContextContributor binding(String name) {
		return bound(() -> {
			this.calls.add("+" + name);
			return () -> this.calls.add("-" + name);
		});
	}

	private static SocketContextContributor failing() {
		return bound(() -> {
			throw new IllegalStateException("cannot be set");
		});
	}

	private static SocketContextContributor bound(SocketContext.Binding binding) {
		return new SocketContextContributor() {

			@Override
			public SocketContext.Binding bind(SocketIoSocket socket, Context context) {
				return binding;
			}

		};
	}

	@Test
	void contextOfTheHandshakeReachesMiddlewaresWithoutTheExchange() {
		try (TestServer server = TestServer.builder()
			.filter((exchange, chain) -> chain.filter(exchange)
				.contextWrite(Context.of("tenant", exchange.getRequest().getHeaders().getFirst("X-Tenant"), "exchange",
						exchange, "micrometer.observation", "the request's")))
			.application((io) -> {
				io.use((joining) -> Mono.deferContextual((context) -> {
					joining.data()
						.put("context",
								context.stream().map((entry) -> entry.getKey() + "=" + entry.getValue()).toList());
					return Mono.empty();
				}));
				io.onConnection((joined) -> joined.emit("context", joined.data().get("context"),
						joined.context().reactor().get("tenant")));
			})
			.start(); WireClient client = WireClient.webSocket(server.port(), "X-Tenant: acme")) {
			client.connect();
			assertThat(client.text()).isEqualTo("2[\"context\",[\"tenant=acme\"],\"acme\"]");
		}
	}

	@Test
	void contextOfTheHandshakeSurvivesAnUpgradeAndPolls() {
		try (TestServer server = TestServer.builder()
			.filter((exchange, chain) -> chain.filter(exchange)
				.contextWrite(
						Context.of("request", String.valueOf(exchange.getRequest().getURI().getQuery().length()))))
			.application((io) -> io
				.onConnection((joined) -> joined.emit("context", (Object) joined.context().reactor().get("request"))))
			.start(); WireClient client = WireClient.polling(server.port())) {
			client.connect();
			assertThat(client.text()).isEqualTo("2[\"context\",\"" + "EIO=4&transport=polling".length() + "\"]");
		}
	}

	@Test
	void contributorThatFailsRefusesTheSocket(CapturedOutput output) {
		SocketContextContributor failing = new SocketContextContributor() {

			@Override
			public Context contribute(SocketIoSocket socket, Context context) {
				throw new IllegalStateException("inside");
			}

		};
		ServerExtensions extensions = new ServerExtensions(null, List.of(failing), (error) -> null);
		try (TestServer server = TestServer.builder().extensions(extensions).start();
				WireClient client = WireClient.webSocket(server.port())) {
			assertThat(client.sendConnect("/", Map.of()).text()).isEqualTo("4{\"message\":\"Internal server error\"}");
			assertThat(output).contains("ERROR").contains("inside");
		}
	}

}
