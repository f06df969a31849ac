package io.socketio.edgecases;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.testing.PollingClient;
import io.socketio.testing.RawWebSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: the cookie (cases 30 to 32).
 */
class CookieTests extends ApplicationCases {

	private static final String ENABLED = "socketio.cookie.enabled=true";

	@Test
	@DisplayName("30. cookie enabled -> on the polling handshake")
	void case030_onTheHandshake() {
		start(ENABLED);
		PollingClient client = openPolling();
		assertThat(client.handshake().header("Set-Cookie"))
			.isEqualToIgnoringCase("io=" + client.sid() + "; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	@DisplayName("30. cookie enabled -> not on polls, pushes and errors")
	void case030_notOnLaterRequests() {
		start(ENABLED);
		PollingClient client = openPolling();
		assertThat(client.push("4hello").headers("Set-Cookie")).isEmpty();
		assertThat(client.poll().headers("Set-Cookie")).isEmpty();
		assertThat(get("/socket.io/").headers("Set-Cookie")).isEmpty();
	}

	@Test
	@DisplayName("30. cookie not enabled -> none")
	void case030_notEnabled() {
		start();
		assertThat(openPolling().handshake().headers("Set-Cookie")).isEmpty();
	}

	@Test
	@DisplayName("31. name, path, SameSite strict, not http-only -> as set")
	void case031_variants() {
		start(ENABLED, "socketio.cookie.name=affinity", "socketio.cookie.path=/custom",
				"socketio.cookie.same-site=strict", "socketio.cookie.http-only=false");
		PollingClient client = openPolling();
		assertThat(client.handshake().header("Set-Cookie"))
			.isEqualTo("affinity=" + client.sid() + "; Path=/custom; SameSite=Strict");
	}

	@Test
	@DisplayName("31. empty path, secure, domain, age -> as set")
	void case031_furtherVariants() {
		start(ENABLED, "socketio.cookie.path=", "socketio.cookie.same-site=none", "socketio.cookie.secure=true",
				"socketio.cookie.domain=example.org", "socketio.cookie.max-age=1h");
		PollingClient client = openPolling();
		assertThat(client.handshake().header("Set-Cookie")).startsWith("io=" + client.sid() + "; ")
			.contains("; Secure", "; Domain=example.org", "; SameSite=None", "; Max-Age=3600")
			.containsIgnoringCase("; HttpOnly")
			.doesNotContain("Path");
	}

	@Test
	@DisplayName("32. cookie enabled and a WebSocket handshake -> none")
	void case032_notOnWebSocket() {
		start(ENABLED);
		try (RawWebSocket webSocket = RawWebSocket.connect(port(), WEBSOCKET)) {
			assertThat(webSocket.text()).startsWith("0{");
			assertThat(webSocket.handshake().headers("Set-Cookie")).isEmpty();
		}
	}

	@Test
	@DisplayName("32. cookie enabled and an upgrade -> none")
	void case032_notOnUpgrade() {
		start(ENABLED);
		try (RawWebSocket candidate = RawWebSocket.connect(port(), openPolling().upgradeTarget())) {
			assertThat(candidate.send("2probe").text()).isEqualTo("3probe");
			assertThat(candidate.handshake().headers("Set-Cookie")).isEmpty();
		}
	}

}
