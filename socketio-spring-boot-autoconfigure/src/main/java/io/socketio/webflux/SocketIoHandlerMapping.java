package io.socketio.webflux;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.server.PathContainer;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

import io.socketio.engine.ConnectionError;
import io.socketio.engine.ConnectionErrorEvent;

/**
 * Maps the path of the endpoint, and everything below it, to its handler (section 1.2 of
 * the protocol notes), after the cross-origin check.
 *
 * @since 0.1.0
 */
public final class SocketIoHandlerMapping extends SimpleUrlHandlerMapping {

	/** Ahead of router functions (-1) and annotated controllers (0). */
	private static final int ORDER = -2;

	private static final WebHandler NO_OP = (exchange) -> Mono.empty();

	private final String path;

	private final boolean slashRequired;

	private final Refusals refusals;

	/**
	 * Create a mapping.
	 * @param path the path, with a leading slash
	 * @param addTrailingSlash whether the path is served with a slash behind it only
	 * @param handler the endpoint
	 * @param cors which cross-origin requests are allowed
	 * @param events gets a {@link ConnectionErrorEvent} for each request that is refused
	 */
	public SocketIoHandlerMapping(String path, boolean addTrailingSlash, WebHandler handler, CorsConfiguration cors,
			ApplicationEventPublisher events) {
		Assert.isTrue(path.startsWith("/"), "'path' must start with a slash");
		this.path = StringUtils.trimTrailingCharacter(path, '/');
		this.slashRequired = addTrailingSlash;
		this.refusals = new Refusals(events);
		setUrlMap(Map.of(this.path + "/**", handler));
		setOrder(ORDER);
		setCorsConfigurationSource((exchange) -> cors);
		setCorsProcessor(new SocketIoCorsProcessor());
	}

	/**
	 * The path that clients use.
	 * @return the path, with the slash behind it if it is required
	 */
	public String path() {
		return (this.slashRequired || this.path.isEmpty()) ? this.path + "/" : this.path;
	}

	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		return super.getHandler(exchange).flatMap((handler) -> {
			ConnectionError error = exchange.getAttribute(Refusals.ATTRIBUTE);
			// Written here, since no handler is called for a pre-flight request
			return (error != null) ? this.refusals.refuse(exchange, error, false).thenReturn(NO_OP)
					: Mono.just(handler);
		});
	}

	@Override
	protected @Nullable Object lookupHandler(PathContainer lookupPath, ServerWebExchange exchange) throws Exception {
		if (this.slashRequired && lookupPath.value().length() == this.path.length()) {
			return null; // the pattern matches the bare path too
		}
		return super.lookupHandler(lookupPath, exchange);
	}

}
