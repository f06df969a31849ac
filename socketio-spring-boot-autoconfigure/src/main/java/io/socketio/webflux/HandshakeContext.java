package io.socketio.webflux;

import java.util.Map;
import java.util.Set;

import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What of a handshake's Reactor context is kept for the session: all but what ends with
 * the HTTP exchange. Such are the exchange itself; the observation, which is over when
 * the response is written; and Spring Security's own entry, which reads from the exchange
 * and tells no more than the principal does.
 */
final class HandshakeContext {

	private static final Set<String> OF_THE_EXCHANGE = Set.of("micrometer.observation",
			"org.springframework.security.core.context.SecurityContext");

	private HandshakeContext() {
	}

	static Context of(ContextView context) {
		Context kept = Context.empty();
		for (Map.Entry<Object, Object> entry : (Iterable<Map.Entry<Object, Object>>) context.stream()::iterator) {
			if (keep(entry.getKey(), entry.getValue())) {
				kept = kept.put(entry.getKey(), entry.getValue());
			}
		}
		return kept;
	}

	private static boolean keep(Object key, Object value) {
		String name = (key instanceof Class<?> type) ? type.getName() : key.toString();
		return !(value instanceof ServerWebExchange) && !OF_THE_EXCHANGE.contains(name);
	}

}
