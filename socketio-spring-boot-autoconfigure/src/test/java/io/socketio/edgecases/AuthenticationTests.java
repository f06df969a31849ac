package io.socketio.edgecases;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.socketio.server.ClientErrorTranslator;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.Handshake;
import io.socketio.server.ServerExtensions;
import io.socketio.server.SocketAuthenticator;
import io.socketio.server.SocketIdentity;
import io.socketio.server.SocketIoServer;
import io.socketio.testing.Await;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authentication by the CONNECT payload: by namespace, before everything else, on every
 * return, and for as long as it holds.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthenticationTests extends RecoveryCases {

	private static final Duration NEVER = Duration.ofDays(1);

	/**
	 * Calls of the authenticator: namespace and token.
	 */
	private final List<String> asked = new CopyOnWriteArrayList<>();

	private volatile Duration validity = NEVER;

	private Mono<SocketIdentity> authenticate(String namespace, Handshake handshake) {
		String token = handshake.auth("token", String.class);
		this.asked.add(namespace + " " + token);
		if (token == null) {
			return Mono.empty();
		}
		return switch (token) {
			case "bad" -> Mono.error(new ConnectionRefusedException("Bad token", Map.of("retry", false)));
			case "known" -> Mono.error(new IllegalStateException("known"));
			case "broken" -> throw new IllegalStateException("inside");
			case "late" -> Mono.delay(Duration.ofMillis(20)).map((tick) -> identity("late"));
			case "expired" -> Mono.just(new SocketIdentity(() -> "alice", Instant.now().minusMillis(1)));
			case "nobody" -> Mono.just(new SocketIdentity(null, null));
			default -> Mono.just(identity(token));
		};
	}

	private SocketIdentity identity(String name) {
		return new SocketIdentity(() -> name, Instant.now().plus(this.validity));
	}

	private static ServerExtensions extensions(SocketAuthenticator authenticator) {
		ClientErrorTranslator translator = (error) -> "known".equals(error.getMessage()) ? "Not you" : null;
		return new ServerExtensions(authenticator, List.of(), translator);
	}

	@Override
	void start(TestServer.Builder builder, Consumer<SocketIoServer> application) {
		super.start(builder.extensions(extensions(this::authenticate)), application);
	}

	private static Map<String, String> token(String token) {
		return Map.of("token", token);
	}

	private static Map<String, String> token(String token, WireClient client) {
		Map<String, String> auth = client.recovery();
		auth.put("token", token);
		return auth;
	}

	private WireClient joinedAs(String token) {
		WireClient client = webSocket();
		client.connect("/", token(token));
		Await.until("the socket is connected", () -> !this.sockets.isEmpty());
		return client;
	}

	private static void assertExpired(WireClient client) {
		assertThat(client.text())
			.isEqualTo("2[\"exception\",{\"status\":\"error\",\"message\":\"Authentication expired\"}]");
		assertThat(client.text()).isEqualTo("1");
	}

	private void awaitSockets(int count) {
		Await.until("connected sockets", () -> this.sockets.size() == count);
	}

	private String name() {
		Principal principal = latestSocket().principal();
		return (principal != null) ? principal.getName() : null;
	}

	@Test
	@DisplayName("the principal is that of the socket, not of the connection")
	void principalOfEachNamespace() {
		start((io) -> recorded(io.of("/admin")));
		WireClient client = joinedAs("alice");
		assertThat(name()).isEqualTo("alice");
		client.connect("/admin", token("root"));
		awaitSockets(2);
		assertThat(name()).isEqualTo("root");
		assertThat(socket().principal().getName()).isEqualTo("alice");
		assertThat(socket().handshake().principal()).isNull();
		assertThat(this.asked).containsExactly("/ alice", "/admin root");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("who is not asked about, or found to be nobody")
	void handshakePrincipal(Found found) {
		start(recovering().filter((exchange, chain) -> chain
			.filter(exchange.mutate().principal(Mono.just((Principal) () -> "of the handshake")).build())), (io) -> {
			});
		webSocket().connect("/", found.auth);
		awaitSockets(1);
		assertThat(name()).isEqualTo(found.expected);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("129. refused -> CONNECT_ERROR, the connection stays open")
	void refused(Refused refused, CapturedOutput output) {
		AtomicInteger middleware = new AtomicInteger();
		start((io) -> io.use((socket) -> Mono.fromRunnable(middleware::incrementAndGet)));
		WireClient client = webSocket();
		assertThat(client.sendConnect("/", token(refused.token)).text()).isEqualTo("4" + refused.reply);
		assertThat(middleware).hasValue(0);
		assertThat(this.sockets).isEmpty();
		assertThat(output.toString().contains("ERROR")).isEqualTo(refused == Refused.BROKEN);
		client.connect("/", token("alice"));
		awaitSockets(1);
		assertThat(name()).isEqualTo("alice");
	}

	@Test
	@DisplayName("136. event while the authentication is pending -> closed, nobody joins")
	void eventTooEarly() {
		Sinks.One<SocketIdentity> pending = Sinks.one();
		super.start(recovering().extensions(extensions((namespace, handshake) -> pending.asMono())), (io) -> {
		});
		WireClient client = webSocket();
		assertClosed(client.send("0", "2[\"x\"]"));
		Await.until("the session is gone", () -> this.server.engine().sessionCount() == 0);
		pending.tryEmitValue(identity("alice"));
		assertThat(this.sockets).isEmpty();
	}

	@Test
	@DisplayName("135. second CONNECT while the authentication is pending -> closed")
	void secondConnect() {
		super.start(recovering().extensions(extensions((namespace, handshake) -> Mono.never())), (io) -> {
		});
		assertClosed(webSocket().send("0", "0"));
	}

	@Test
	@DisplayName("an authentication that takes its time")
	void late() {
		start((io) -> {
		});
		joinedAs("late");
		assertThat(name()).isEqualTo("late");
	}

	@Test
	@DisplayName("authentication comes before the middlewares, which see its principal")
	void middlewares() {
		List<String> seen = new CopyOnWriteArrayList<>();
		start((io) -> io.use((socket) -> Mono.fromRunnable(() -> seen.add(socket.principal().getName()))));
		joinedAs("alice");
		assertThat(seen).containsExactly("alice");
	}

	// On recovery

	@Test
	@DisplayName("4.3. authentication runs again on a return, also with skip-middlewares")
	void again() {
		start((io) -> {
		});
		WireClient client = joinedAs("alice");
		drop(client);
		comeBack(token("alice", client)).recovered();
		awaitSockets(2);
		assertThat(name()).isEqualTo("alice");
		assertThat(this.asked).containsExactly("/ alice", "/ alice");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("4.3. refused on a return -> CONNECT_ERROR, the session stays for its owner")
	void againRefused(Refused refused) {
		start((io) -> {
		});
		WireClient client = joinedAs("alice");
		drop(client);
		latestSocket().emit("missed");
		WireClient intruder = webSocket();
		intruder.sendConnect("/", token(refused.token, client));
		assertThat(intruder.text()).isEqualTo("4" + refused.reply);
		comeBack(token("alice", client)).recovered("missed[]");
	}

	@Test
	@DisplayName("4.3. refused for the pid of a live socket -> that is left alone")
	void refusedWhileAlive() {
		start((io) -> {
		});
		WireClient client = joinedAs("alice");
		assertThat(webSocket().sendConnect("/", token("bad", client)).text()).startsWith("4{");
		assertNothingElse(client);
	}

	@Test
	@DisplayName("4.3. gone before it is known who it is -> the session is left alone")
	void goneMeanwhile() {
		Sinks.One<SocketIdentity> pending = Sinks.one();
		AtomicInteger calls = new AtomicInteger();
		super.start(recovering().extensions(extensions((namespace, handshake) -> (calls.getAndIncrement() == 1)
				? pending.asMono() : Mono.just(identity("alice")))), (io) -> {
				});
		WireClient client = joinedAs("alice");
		WireClient other = webSocket();
		other.sendConnect("/", token("alice", client));
		Await.until("it is asked for", () -> calls.get() == 2);
		other.leave();
		Await.until("it is gone", () -> this.server.engine().sessionCount() == 1);
		pending.tryEmitValue(identity("alice"));
		webSocket().connect("/", token("alice"));
		assertNothingElse(client);
		assertThat(this.reasons).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("4.3. another principal presents the pid -> new session, the old one stays for its owner")
	void otherPrincipal(Other other) {
		start((io) -> {
		});
		WireClient client = joinedAs("alice");
		drop(client);
		latestSocket().emit("missed");
		Map<String, String> auth = (other == Other.BOB) ? token("bob", client) : client.recovery();
		comeBack(auth).notRecovered();
		comeBack(token("alice", client)).recovered("missed[]");
	}

	// Expiry

	@Test
	@DisplayName("expired before it joins -> refused")
	void expiredAtOnce() {
		start((io) -> {
		});
		assertThat(webSocket().sendConnect("/", token("expired")).text())
			.isEqualTo("4{\"message\":\"Authentication expired\"}");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("expires -> the client is told why and disconnected, the connection stays open")
	void expires(Wire wire) {
		start((io) -> recorded(io.of("/admin")));
		WireClient client = open(wire);
		client.connect("/admin", token("root"));
		this.validity = Duration.ofMillis(100);
		client.connect("/", token("alice"));
		assertExpired(client);
		awaitReasons("server namespace disconnect");
		assertThat(latestSocket().connected()).isFalse();
		assertThat(client.send("2/admin,7[\"marker\"]").text()).isEqualTo("3/admin,7[]");
		this.validity = NEVER;
		client.connect("/", token("alice"));
	}

	@Test
	@DisplayName("expired -> the session is not recoverable")
	void expiredForGood() {
		this.validity = Duration.ofMillis(100);
		start((io) -> {
		});
		WireClient client = joinedAs("alice");
		assertExpired(client);
		awaitReasons("server namespace disconnect");
		this.validity = NEVER;
		comeBack(token("alice", client)).notRecovered();
	}

	@Test
	@DisplayName("expires while the client is away -> recovered by a new token, for as long as that holds")
	void renewed() {
		this.validity = Duration.ofMillis(100);
		start((io) -> {
		});
		WireClient client = joinedAs("alice");
		Instant expired = Instant.now().plus(this.validity);
		drop(client);
		Await.until("the token has expired", () -> Instant.now().isAfter(expired));
		this.validity = Duration.ofMillis(50);
		Return back = comeBack(token("alice", client)).recovered();
		assertExpired(back.client());
		awaitReasons("transport close", "server namespace disconnect");
	}

	@Test
	@DisplayName("an expiry in the far future is none")
	void neverExpires() {
		super.start(recovering().extensions(extensions((namespace, handshake) -> Mono
			.just(new SocketIdentity(() -> handshake.auth("token", String.class), Instant.MAX)))), (io) -> {
			});
		WireClient client = joinedAs("alice");
		assertThat(name()).isEqualTo("alice");
		assertNothingElse(client);
	}

	/**
	 * What the authenticator finds, and who the client is then.
	 */
	enum Found {

		NOTHING(Map.of(), "of the handshake"), SOMEBODY(Map.of("token", "alice"), "alice"),
		NOBODY(Map.of("token", "nobody"), null);

		private final Map<String, String> auth;

		private final String expected;

		Found(Map<String, String> auth, String expected) {
			this.auth = auth;
			this.expected = expected;
		}

	}

	/**
	 * Tokens that are refused, and what the client is told.
	 */
	enum Refused {

		BAD("bad", "{\"message\":\"Bad token\",\"data\":{\"retry\":false}}"),
		KNOWN("known", "{\"message\":\"Not you\"}"), BROKEN("broken", "{\"message\":\"Internal server error\"}");

		private final String token;

		private final String reply;

		Refused(String token, String reply) {
			this.token = token;
			this.reply = reply;
		}

	}

	/**
	 * Who else presents a pid.
	 */
	enum Other {

		BOB, NOBODY

	}

}
