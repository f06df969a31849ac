package io.socketio.edgecases;

import java.security.Principal;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import io.socketio.engine.ConnectionErrorEvent;
import io.socketio.engine.HandshakeGuard;
import io.socketio.engine.HandshakeRefusedException;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge case 23 of the protocol: what the application learns of refused requests.
 */
class ConnectionErrorTests extends EngineCases {

	private void start(HandshakeGuard... guards) {
		start(TestEngine.with(TestOptions.defaults().build()).guards(guards));
	}

	private ConnectionErrorEvent assertEvent(int code, String message, Map<String, Object> context) {
		assertThat(this.engine.errors).singleElement().satisfies((event) -> {
			assertThat(event.code()).isEqualTo(code);
			assertThat(event.message()).isEqualTo(message);
			assertThat(event.context()).isEqualTo(context);
		});
		return this.engine.errors.get(0);
	}

	@Test
	@DisplayName("23. unknown transport -> event with the request, code 0 and the transport")
	void case023_unknownTransport() {
		start();
		get("/socket.io/?EIO=4&transport=abc&x=1", "X-Test: yes");
		ConnectionErrorEvent event = assertEvent(0, "Transport unknown", Map.of("transport", "abc"));
		assertThat(event.request().url()).isEqualTo("/socket.io/?EIO=4&transport=abc&x=1");
		assertThat(event.request().query()).containsEntry("x", "1");
		assertThat(event.request().headers().getFirst("X-Test")).isEqualTo("yes");
		assertThat(event.request().remoteAddress()).isNotNull();
		assertThat(event.request().principal()).isNull();
	}

	@Test
	@DisplayName("23. no transport -> event with code 0")
	void case023_noTransport() {
		start();
		get("/socket.io/?EIO=4");
		assertEvent(0, "Transport unknown", Map.of());
	}

	@Test
	@DisplayName("23. unknown session -> event with code 1 and the id")
	void case023_unknownSession() {
		start();
		get(POLLING + "&sid=nope");
		assertEvent(1, "Session ID unknown", Map.of("sid", "nope"));
	}

	@Test
	@DisplayName("23. handshake by another method -> event with code 2 and the method")
	void case023_method() {
		start();
		exchange("PUT", POLLING);
		assertEvent(2, "Bad handshake method", Map.of("method", "PUT"));
	}

	@Test
	@DisplayName("23. invalid origin -> event with code 3 and the origin")
	void case023_origin() {
		start(TestEngine.with(TestOptions.defaults().build())
			.http((http) -> http.httpRequestDecoder((decoder) -> decoder.validateHeaders(false))));
		get(POLLING, "Origin: http://a\u007f.example");
		assertEvent(3, "Bad request", Map.of("name", "INVALID_ORIGIN", "origin", "http://a\u007f.example"));
	}

	@Test
	@DisplayName("23. poll of an upgraded session -> event with code 3 and both transports")
	void case023_transportMismatch() {
		start();
		PollingClient client = openPolling();
		upgraded(client);
		client.poll();
		assertEvent(3, "Bad request",
				Map.of("name", "TRANSPORT_MISMATCH", "transport", "polling", "previousTransport", "websocket"));
	}

	@Test
	@DisplayName("23. plain request for a WebSocket -> event with code 3")
	void case023_transportHandshake() {
		start();
		get(WEBSOCKET);
		assertEvent(3, "Bad request", Map.of("name", "TRANSPORT_HANDSHAKE_ERROR"));
	}

	@Test
	@DisplayName("23. WebSocket handshake without a key -> event with code 3 and what is wrong")
	void case023_webSocketKey() {
		start();
		closedLater(RawHttp.connect(port()))
			.sendHead("GET", WEBSOCKET, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
			.read();
		assertEvent(3, "Bad request",
				Map.of("name", "TRANSPORT_HANDSHAKE_ERROR", "message", "Missing or invalid Sec-WebSocket-Key header"));
	}

	@Test
	@DisplayName("23. poll with another revision -> event with code 3 and the revision")
	void case023_protocolMismatch() {
		start();
		get("/socket.io/?EIO=3&transport=polling&sid=" + openPolling().sid());
		assertEvent(3, "Bad request", Map.of("name", "PROTOCOL_MISMATCH", "protocol", "3"));
	}

	@Test
	@DisplayName("23. guard that fails -> event with code 3 and the error")
	void case023_guardFails() {
		IllegalStateException error = new IllegalStateException("inside");
		start((request) -> Mono.error(error));
		get(POLLING);
		assertEvent(3, "Bad request", Map.of("name", "MIDDLEWARE_FAILURE", "error", error));
	}

	@Test
	@DisplayName("23. guard that refuses -> event with code 4, the standard text, and its own in the context")
	void case023_guardRefuses() {
		WebFilter login = (exchange, chain) -> chain
			.filter(exchange.mutate().principal(Mono.<Principal>just(() -> "alice")).build());
		start(TestEngine.with(TestOptions.defaults().build())
			.filter(login)
			.guards((request) -> Mono.error(new HandshakeRefusedException("no room"))));
		assertError(get(POLLING), 403, 4, "no room");
		ConnectionErrorEvent event = assertEvent(4, "Forbidden", Map.of("message", "no room"));
		assertThat(event.request().principal()).extracting(Principal::getName).isEqualTo("alice");
	}

	@Test
	@DisplayName("23. guard that refuses a WebSocket -> event with code 4")
	void case023_guardRefusesWebSocket() {
		start((request) -> Mono.error(new HandshakeRefusedException()));
		RawWebSocket.refused(port(), WEBSOCKET);
		assertEvent(4, "Forbidden", Map.of("message", "Forbidden"));
	}

	@Test
	@DisplayName("23. unsupported revision -> event with code 5")
	void case023_unsupportedProtocolVersion() {
		start();
		get("/socket.io/?EIO=3&transport=polling");
		assertEvent(5, "Unsupported protocol version", Map.of("protocol", 3));
	}

	@Test
	@DisplayName("23. requests that are served -> no event")
	void case023_servedRequests() {
		start();
		PollingClient client = openPolling();
		assertOpen(client);
		assertThat(upgraded(client).send("4hello").text()).isEqualTo("4hello");
		assertThat(this.engine.errors).isEmpty();
	}

}
