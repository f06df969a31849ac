package io.socketio.webflux;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.ObjectUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;

import io.socketio.engine.ConnectionError;

/**
 * Decides on cross-origin requests. Unlike the reference, which leaves that to browsers,
 * it refuses a request whose origin is not allowed, WebSocket handshakes included: for
 * those no browser checks anything, so that any page could use the cookies of its
 * visitors.
 * <p>
 * A filter in front that has allowed the origin for the rest of the application does not
 * count here.
 *
 * @since 0.1.0
 */
public final class SocketIoCorsProcessor extends DefaultCorsProcessor {

	private static final Log logger = LogFactory.getLog(SocketIoCorsProcessor.class);

	private static final String BAD_ORIGIN = "Origin is not allowed, see property socketio.cors.allowed-origins";

	private static final String BAD_METHOD_OR_HEADER = "Method or headers are not allowed, "
			+ "see properties socketio.cors.allowed-methods and socketio.cors.allowed-headers";

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Check a request and add the headers for a cross-origin response. What is refused
	 * gets a {@link ConnectionError} as an attribute, since nothing can be written here.
	 */
	@Override
	public boolean process(@Nullable CorsConfiguration config, ServerWebExchange exchange) {
		List<String> origins = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
		if (origins.stream().anyMatch(SocketIoCorsProcessor::hasControlCharacter)) {
			return refuse(exchange, Refusals.invalidOrigin(String.join(", ", origins)));
		}
		CorsConfiguration effective = (config != null) ? config : new CorsConfiguration();
		boolean checked = exchange.getResponse().getHeaders().getAccessControlAllowOrigin() == null;
		if (super.process(effective, exchange) && (checked || originAllowed(effective, exchange))) {
			return true;
		}
		if (originAllowed(effective, exchange)) {
			return refuse(exchange, ConnectionError.forbidden(BAD_METHOD_OR_HEADER));
		}
		log(exchange);
		return refuse(exchange, ConnectionError.forbidden(BAD_ORIGIN));
	}

	@Override
	protected boolean handleInternal(ServerWebExchange exchange, CorsConfiguration config, boolean preFlightRequest) {
		boolean allowed = super.handleInternal(exchange, config, preFlightRequest);
		if (allowed && preFlightRequest) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			exchange.getResponse().getHeaders().setContentLength(0);
		}
		return allowed;
	}

	private static boolean hasControlCharacter(String value) {
		return value.chars().anyMatch((c) -> (c < ' ' && c != '\t') || c == 0x7f);
	}

	private boolean originAllowed(CorsConfiguration config, ServerWebExchange exchange) {
		try {
			return !CorsUtils.isCorsRequest(exchange.getRequest())
					|| checkOrigin(config, exchange.getRequest().getHeaders().getOrigin()) != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean refuse(ServerWebExchange exchange, ConnectionError error) {
		exchange.getAttributes().put(Refusals.ATTRIBUTE, error);
		return false;
	}

	// Most often it is not an attack, but a missing setting: said aloud once
	private void log(ServerWebExchange exchange) {
		boolean first = this.warned.compareAndSet(false, true);
		if (first || logger.isDebugEnabled()) {
			String message = exchange.getLogPrefix() + "Refused a request from origin '"
					+ ObjectUtils.nullSafeToString(exchange.getRequest().getHeaders().getOrigin()) + "' to "
					+ exchange.getRequest().getURI().getAuthority()
					+ ". If it is to be allowed, add it to property 'socketio.cors.allowed-origins';"
					+ " if it is the application's own, behind a proxy, set 'server.forward-headers-strategy'.";
			if (first) {
				logger.warn(message + " Further ones are logged at level DEBUG.");
			}
			else {
				logger.debug(message);
			}
		}
	}

}
