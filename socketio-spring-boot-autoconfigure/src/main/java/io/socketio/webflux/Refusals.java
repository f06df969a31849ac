package io.socketio.webflux;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import io.socketio.engine.ConnectionError;
import io.socketio.engine.ConnectionErrorEvent;
import io.socketio.engine.EngineError;
import io.socketio.engine.EngineRequest;

/**
 * Refuses requests: tells the client and the application.
 */
final class Refusals {

	/**
	 * Attribute of an exchange that is refused where nothing can be written.
	 */
	static final String ATTRIBUTE = Refusals.class.getName();

	private static final Log logger = LogFactory.getLog(Refusals.class);

	private final ApplicationEventPublisher events;

	Refusals(ApplicationEventPublisher events) {
		this.events = events;
	}

	Mono<Void> refuse(ServerWebExchange exchange, ConnectionError error, boolean upgrade) {
		return refuse(exchange, EngineRequests.of(exchange.getRequest(), null, Context.empty()), error, upgrade);
	}

	Mono<Void> refuse(ServerWebExchange exchange, EngineRequest request, ConnectionError error, boolean upgrade) {
		if (logger.isDebugEnabled()) {
			logger.debug(exchange.getLogPrefix() + "Refused: " + error.error());
		}
		publish(new ConnectionErrorEvent(request, error.error().code(), error.error().message(), error.context()));
		return EngineErrors.write(exchange, error.error(), upgrade, error.text());
	}

	private void publish(ConnectionErrorEvent event) {
		try {
			this.events.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of ConnectionErrorEvent failed", ex);
		}
	}

	static ConnectionError invalidOrigin(String origin) {
		return ConnectionError.of(EngineError.BAD_REQUEST, Map.of("name", "INVALID_ORIGIN", "origin", origin));
	}

}
