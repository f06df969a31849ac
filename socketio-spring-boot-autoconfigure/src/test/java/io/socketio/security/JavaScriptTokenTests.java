package io.socketio.security;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.socketio.testing.NodeScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official JavaScript client in Node with a token in its {@code auth} option.
 */
class JavaScriptTokenTests {

	@Test
	void tokensAreAcceptedRefusedRenewedAndExpire() {
		try (SecuredApplication application = SecuredApplication.start(TokenSecurityTests.Secured.class,
				"socketio.connection-state-recovery.enabled=true");
				NodeScript script = NodeScript.start("tokens", Map.of("port", application.port()))) {
			for (String validity : new String[] { "long", "long", "long", "short", "long" }) {
				assertThat(script.await("token").path("validity").asString()).isEqualTo(validity);
				Duration duration = "short".equals(validity) ? Duration.ofSeconds(3) : Duration.ofMinutes(5);
				script.command(SecuredApplication.jwt("alice", duration));
			}
			script.await("done");
			script.succeed();
		}
	}

}
