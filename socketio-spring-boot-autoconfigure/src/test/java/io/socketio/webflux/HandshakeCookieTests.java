package io.socketio.webflux;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HandshakeCookie}, edge cases 30 and 31.
 */
class HandshakeCookieTests {

	@Test
	void edgeCase30Defaults() {
		HandshakeCookie cookie = new HandshakeCookie("io", "/", null, true, false, "Lax", null);
		assertThat(cookie.create("abc")).hasToString("io=abc; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void edgeCase31EachAttribute() {
		HandshakeCookie cookie = new HandshakeCookie("sid", "/chat", "example.org", false, true, "Strict",
				Duration.ofMinutes(1));
		assertThat(cookie.create("abc").toString()).startsWith("sid=abc; Path=/chat; Domain=example.org; Max-Age=60;")
			.contains("; Secure")
			.doesNotContain("HttpOnly")
			.endsWith("; SameSite=Strict");
	}

	@Test
	void edgeCase31WithoutPathAndSameSite() {
		HandshakeCookie cookie = new HandshakeCookie("io", "", "", true, false, null, null);
		assertThat(cookie.create("abc")).hasToString("io=abc; HttpOnly");
	}

	@Test
	void badNameIsRefusedAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandshakeCookie("a b", null, null, true, false, null, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandshakeCookie("", null, null, true, false, null, null));
	}

	@Test
	void badPathOrDomainIsRefusedAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandshakeCookie("io", "/;x", null, true, false, null, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandshakeCookie("io", null, "-example", true, false, null, null));
	}

}
