package io.socketio.edgecases;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineRequest;
import io.socketio.engine.HandshakeGuard;
import io.socketio.engine.HandshakeRefusedException;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: which requests are served (cases 1 to 15 and 20 to 23).
 */
class HttpVerificationTests extends EngineCases {

	private void start(HandshakeGuard... guards) {
		start(TestEngine.with(TestOptions.defaults().build()).guards(guards));
	}

	private static HandshakeGuard refusing(String message) {
		return (request) -> Mono.error(new HandshakeRefusedException(message));
	}

	@Test
	@DisplayName("1. GET without transport -> code 0")
	void case001_getWithoutTransport() {
		start();
		assertError(get("/socket.io/?EIO=4"), 400, 0, "Transport unknown");
	}

	@Test
	@DisplayName("1. GET without a query -> code 0")
	void case001_getWithoutQuery() {
		start();
		assertError(get("/socket.io/"), 400, 0, "Transport unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "constructor", "__proto__", "webtransport", "POLLING", "" })
	@DisplayName("2. GET with an unknown transport -> code 0")
	void case002_unknownTransport(String transport) {
		start();
		assertError(get("/socket.io/?EIO=4&transport=" + transport), 400, 0, "Transport unknown");
	}

	@Test
	@DisplayName("3. GET with an unknown sid -> code 1")
	void case003_unknownSid() {
		start();
		assertError(get(POLLING + "&sid=nope"), 400, 1, "Session ID unknown");
	}

	@Test
	@DisplayName("4. GET with an empty sid -> new handshake")
	void case004_emptySid() {
		start();
		RawResponse response = get(POLLING + "&sid=");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).startsWith("0{\"sid\":\"");
		assertThat(this.engine.server.sessionCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "OPTIONS", "PATCH" })
	@DisplayName("5. other method without sid -> code 2")
	void case005_otherMethodWithoutSid(String method) {
		start();
		assertError(exchange(method, POLLING), 400, 2, "Bad handshake method");
	}

	@Test
	@DisplayName("5. HEAD without sid -> 400 without body")
	void case005_headWithoutSid() {
		start();
		assertEmpty(exchange("HEAD", POLLING), 400);
	}

	@Test
	@DisplayName("6. plain GET with transport=websocket and no sid -> code 3")
	void case006_plainGetForWebSocket() {
		start();
		assertError(get(WEBSOCKET), 400, 3, "Bad request");
	}

	@Test
	@DisplayName("7. plain GET with transport=websocket for a polling session -> code 3, session survives")
	void case007_plainGetForWebSocketOfPollingSession() {
		start();
		PollingClient client = openPolling();
		assertError(get(client.upgradeTarget()), 400, 3, "Bad request");
		assertOpen(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "EIO=3&", "EIO=5&", "EIO=abc&", "EIO=&", "EIO=04&", "eio=4&" })
	@DisplayName("8. GET with another EIO than 4 -> code 5")
	void case008_unsupportedRevision(String eio) {
		start();
		assertError(get("/socket.io/?" + eio + "transport=polling"), 400, 5, "Unsupported protocol version");
		assertThat(this.engine.sessions).isEmpty();
	}

	@Test
	@DisplayName("9. unknown transport and wrong EIO -> code 0, transport is checked first")
	void case009_unknownTransportAndWrongRevision() {
		start();
		assertError(get("/socket.io/?EIO=3&transport=abc"), 400, 0, "Transport unknown");
	}

	@Test
	@DisplayName("10. guard refuses with a text -> 403 code 4 with that text")
	void case010_guardRefusesWithText() {
		start(refusing("not \"you\""));
		assertError(get(POLLING), 403, 4, "not \\\"you\\\"");
		assertThat(this.engine.sessions).isEmpty();
	}

	@Test
	@DisplayName("10. guard refuses without a text -> 403 code 4 Forbidden")
	void case010_guardRefusesWithoutText() {
		start((request) -> Mono.error(new HandshakeRefusedException()));
		assertError(get(POLLING), 403, 4, "Forbidden");
	}

	@Test
	@DisplayName("10. the second guard refuses -> 403 code 4")
	void case010_secondGuardRefuses() {
		start((request) -> Mono.empty(), refusing("second"));
		assertError(get(POLLING), 403, 4, "second");
	}

	@Test
	@DisplayName("11. guard refuses a WebSocket handshake -> 400 with the text as body")
	void case011_guardRefusesWebSocket() {
		start(refusing("not you"));
		assertUpgradeError(RawWebSocket.refused(port(), WEBSOCKET), "not you");
	}

	@Test
	@DisplayName("11. guard refuses a WebSocket handshake without a text -> 400 Forbidden")
	void case011_guardRefusesWebSocketWithoutText() {
		start((request) -> Mono.error(new HandshakeRefusedException()));
		assertUpgradeError(RawWebSocket.refused(port(), WEBSOCKET), "Forbidden");
	}

	@Test
	@DisplayName("12. guard is not asked for poll, push and upgrade of a session")
	void case012_guardIsAskedForHandshakesOnly() {
		List<EngineRequest> asked = new CopyOnWriteArrayList<>();
		start((request) -> Mono.fromRunnable(() -> asked.add(request)));
		PollingClient client = openPolling();
		client.push("4hello");
		client.poll();
		upgraded(client).send("4over").text();
		assertThat(asked).singleElement().satisfies((request) -> assertThat(request.url()).isEqualTo(POLLING));
	}

	@Test
	@DisplayName("13. guard refuses and EIO=3 -> code 4, not 5")
	void case013_guardComesBeforeRevision() {
		start(refusing("no"));
		assertError(get("/socket.io/?EIO=3&transport=polling"), 403, 4, "no");
	}

	@ParameterizedTest
	@ValueSource(chars = { 0x01, 0x1f, 0x7f })
	@DisplayName("14. Origin with a control character -> 400 by the HTTP server, which keeps serving")
	void case014_originWithControlCharacter(char control) {
		start();
		assertEmpty(get(POLLING, "Origin: http://a" + control + ".example"), 400);
		assertThat(this.engine.sessions).isEmpty();
		assertOpen(openPolling());
	}

	@Test
	@DisplayName("14. Origin with a control character where the HTTP server lets it pass -> code 3")
	void case014_originWithControlCharacterUnvalidated() {
		startWithoutValidation();
		assertError(get(POLLING, "Origin: http://a\u007f.example"), 400, 3, "Bad request");
	}

	@Test
	@DisplayName("14. Origin is checked before the sid -> code 3, not 1")
	void case014_originComesBeforeSid() {
		startWithoutValidation();
		assertError(get(POLLING + "&sid=nope", "Origin: http://a\u007f.example"), 400, 3, "Bad request");
	}

	@Test
	@DisplayName("14. Origin is checked after the transport -> code 0, not 3")
	void case014_originComesAfterTransport() {
		startWithoutValidation();
		assertError(get("/socket.io/?EIO=4", "Origin: http://a\u007f.example"), 400, 0, "Transport unknown");
	}

	private void startWithoutValidation() {
		start(TestEngine.with(TestOptions.defaults().build())
			.http((http) -> http.httpRequestDecoder((decoder) -> decoder.validateHeaders(false))));
	}

	@Test
	@DisplayName("15. repeated query parameter -> last value wins")
	void case015_repeatedParameter() {
		start();
		assertThat(get("/socket.io/?EIO=3&EIO=4&transport=websocket&transport=polling&foo=a&foo=b").status())
			.isEqualTo(200);
		assertThat(session().request().query()).containsEntry("foo", "b").containsEntry("transport", "polling");
	}

	@Test
	@DisplayName("20. guard fails unexpectedly -> code 3, nothing of the inside is shown")
	void case020_guardFails() {
		start((request) -> Mono.error(new IllegalStateException("inside")));
		assertError(get(POLLING), 400, 3, "Bad request");
		assertThat(this.engine.sessions).isEmpty();
	}

	@Test
	@DisplayName("20. guard throws -> code 3")
	void case020_guardThrows() {
		start((request) -> {
			throw new IllegalStateException("inside");
		});
		assertError(get(POLLING), 400, 3, "Bad request");
	}

	@Test
	@DisplayName("20. guard fails at a WebSocket handshake -> 400 Bad request")
	void case020_guardFailsAtWebSocket() {
		start((request) -> Mono.error(new IllegalStateException("inside")));
		assertUpgradeError(RawWebSocket.refused(port(), WEBSOCKET), "Bad request");
	}

	@Test
	@DisplayName("21. filter ends the response with 503 -> client sees 503 and no session is opened")
	void case021_filterEndsTheResponse() {
		WebFilter filter = (exchange, chain) -> {
			exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			return exchange.getResponse().setComplete();
		};
		start(TestEngine.with(TestOptions.defaults().build()).filter(filter));
		assertThat(get(POLLING).status()).isEqualTo(503);
		assertThat(RawWebSocket.refused(port(), WEBSOCKET).status()).isEqualTo(503);
		assertThat(this.engine.sessions).isEmpty();
	}

	@Test
	@DisplayName("22. header set by a filter is on poll and push responses and on errors")
	void case022_headerOfAFilterOnPolling() {
		startWithHeader();
		PollingClient client = openPolling();
		assertThat(client.handshake().header("X-Test")).isEqualTo("yes");
		assertThat(client.push("4hello").header("X-Test")).isEqualTo("yes");
		assertThat(client.poll().header("X-Test")).isEqualTo("yes");
		assertThat(get("/socket.io/").header("X-Test")).isEqualTo("yes");
	}

	@Test
	@DisplayName("22. header set by a filter is on the 101 response of a handshake")
	void case022_headerOfAFilterOnWebSocket() {
		startWithHeader();
		assertThat(openWebSocket().handshake().header("X-Test")).isEqualTo("yes");
	}

	@Test
	@DisplayName("22. header set by a filter is on the 101 response of an upgrade")
	void case022_headerOfAFilterOnUpgrade() {
		startWithHeader();
		assertThat(probed(openPolling()).handshake().header("X-Test")).isEqualTo("yes");
	}

	private void startWithHeader() {
		WebFilter filter = (exchange, chain) -> {
			exchange.getResponse().getHeaders().set("X-Test", "yes");
			return chain.filter(exchange);
		};
		start(TestEngine.with(TestOptions.defaults().build()).filter(filter));
	}

}
