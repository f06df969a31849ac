package io.socketio.webflux;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineError;

/**
 * A request that is refused before it reaches the engine; kept as an attribute of the
 * exchange.
 *
 * @param error the error, which gives the status and the code
 * @param message what the client is told; nothing of it comes from the client
 */
record Refusal(EngineError error, String message) {

	static final String ATTRIBUTE = Refusal.class.getName();

	Mono<Void> write(ServerWebExchange exchange) {
		return EngineErrors.write(exchange, this.error, false, this.message);
	}

}
