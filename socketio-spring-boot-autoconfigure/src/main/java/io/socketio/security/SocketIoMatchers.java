package io.socketio.security;

import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Matchers of the endpoint for the {@code SecurityWebFilterChain} of an application. A
 * bean.
 *
 * @since 0.1.0
 */
public final class SocketIoMatchers {

	private final ServerWebExchangeMatcher endpoint;

	private final ServerWebExchangeMatcher csrfProtection;

	/**
	 * Create matchers.
	 * @param path path of the endpoint, with a leading slash
	 */
	public SocketIoMatchers(String path) {
		Assert.isTrue(path.startsWith("/"), "'path' must start with a slash");
		String base = StringUtils.trimTrailingCharacter(path, '/');
		this.endpoint = new OrServerWebExchangeMatcher(new PathPatternParserServerWebExchangeMatcher(base + "/**"),
				new PathPatternParserServerWebExchangeMatcher(base.isEmpty() ? "/" : base));
		this.csrfProtection = new AndServerWebExchangeMatcher(CsrfWebFilter.DEFAULT_CSRF_MATCHER,
				new NegatedServerWebExchangeMatcher(this.endpoint));
	}

	/**
	 * Requests of Socket.IO clients: handshakes, polls, WebSocket upgrades, and the files
	 * of the JavaScript client.
	 * @return the matcher
	 */
	public ServerWebExchangeMatcher endpoint() {
		return this.endpoint;
	}

	/**
	 * Requests that need a CSRF token: those that do by default, but for the endpoint's.
	 * Its clients send none. A foreign page can do nothing with their requests, since it
	 * does not know the secret id of the session, and its origin is refused.
	 * @return the matcher
	 */
	public ServerWebExchangeMatcher csrfProtection() {
		return this.csrfProtection;
	}

}
