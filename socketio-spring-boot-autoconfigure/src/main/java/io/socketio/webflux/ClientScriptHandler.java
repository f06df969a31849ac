package io.socketio.webflux;

import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Answers requests for the files of the JavaScript client and leaves all others to the
 * next handler, those for unknown files included.
 *
 * @since 0.1.0
 */
public final class ClientScriptHandler implements WebHandler {

	private final ClientScripts scripts;

	private final WebHandler next;

	/**
	 * Create a handler.
	 * @param scripts the files
	 * @param next handles all other requests
	 */
	public ClientScriptHandler(ClientScripts scripts, WebHandler next) {
		this.scripts = scripts;
		this.next = next;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		PathContainer path = exchange.getAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE);
		ClientScript script = (path != null && !endsWithSlash(exchange)) ? this.scripts.find(path.value()) : null;
		return (script != null) ? script.write(exchange) : this.next.handle(exchange);
	}

	// Which the attribute does not show
	private static boolean endsWithSlash(ServerWebExchange exchange) {
		return exchange.getRequest().getPath().value().endsWith("/");
	}

}
