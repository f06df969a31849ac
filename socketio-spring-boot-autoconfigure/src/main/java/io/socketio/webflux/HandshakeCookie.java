package io.socketio.webflux;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Attributes of the cookie that tells a load balancer to which server a long-polling
 * session belongs. It goes with the handshake of long-polling alone (section 1.5 of the
 * protocol notes), and this server never reads it.
 *
 * @param name name of the cookie
 * @param path the path, or {@code null} to leave the attribute out
 * @param domain the domain, or {@code null} to leave the attribute out
 * @param httpOnly whether it is hidden from scripts
 * @param secure whether it is sent over secure connections only
 * @param sameSite the {@code SameSite} attribute, or {@code null} to leave it out
 * @param maxAge the age at which it ends, or {@code null} for the browser's session
 * @since 0.1.0
 */
public record HandshakeCookie(String name, @Nullable String path, @Nullable String domain, boolean httpOnly,
		boolean secure, @Nullable String sameSite, @Nullable Duration maxAge) {

	/**
	 * Create a cookie.
	 * @param name name of the cookie
	 * @param path the path, or {@code null} to leave the attribute out
	 * @param domain the domain, or {@code null} to leave the attribute out
	 * @param httpOnly whether it is hidden from scripts
	 * @param secure whether it is sent over secure connections only
	 * @param sameSite the {@code SameSite} attribute, or {@code null} to leave it out
	 * @param maxAge the age at which it ends, or {@code null} for the browser's session
	 * @throws IllegalArgumentException if the name, the path or the domain has characters
	 * that cookies cannot have
	 */
	public HandshakeCookie {
		Assert.hasText(name, "'name' must not be empty");
		path = StringUtils.hasLength(path) ? path : null;
		domain = StringUtils.hasLength(domain) ? domain : null;
		cookie("", name, path, domain, httpOnly, secure, sameSite, maxAge);
	}

	/**
	 * Build the cookie of a session.
	 * @param sid id of the session
	 * @return the cookie
	 */
	public ResponseCookie create(String sid) {
		return cookie(sid, this.name, this.path, this.domain, this.httpOnly, this.secure, this.sameSite, this.maxAge);
	}

	private static ResponseCookie cookie(String value, String name, @Nullable String path, @Nullable String domain,
			boolean httpOnly, boolean secure, @Nullable String sameSite, @Nullable Duration maxAge) {
		ResponseCookie.ResponseCookieBuilder builder = ResponseCookie.from(name, value)
			.path(path)
			.domain(domain)
			.httpOnly(httpOnly)
			.secure(secure)
			.sameSite(sameSite);
		return ((maxAge != null) ? builder.maxAge(maxAge) : builder).build();
	}

}
