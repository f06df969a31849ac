package io.socketio.webflux;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

import io.socketio.engine.ConnectionError;
import io.socketio.engine.ConnectionErrorEvent;
import io.socketio.engine.EngineError;
import io.socketio.engine.EngineRequest;
import io.socketio.engine.EngineServer;
import io.socketio.engine.EngineSession;
import io.socketio.engine.HandshakeGuard;
import io.socketio.engine.HandshakeRefusedException;
import io.socketio.engine.RequestQuery;
import io.socketio.engine.TransportType;
import io.socketio.protocol.EngineRevision;

/**
 * The endpoint of a Socket.IO server in a WebFlux application: checks each request as the
 * Engine.IO protocol says, and hands it to the transport that it is for.
 *
 * @since 0.1.0
 */
public final class EngineWebHandler implements WebHandler {

	private static final Log logger = LogFactory.getLog(EngineWebHandler.class);

	private final EngineServer server;

	private final PollingEndpoint polling;

	private final WebSocketEndpoint webSocket;

	private final List<HandshakeGuard> guards;

	private final Refusals refusals;

	/**
	 * Create a handler.
	 * @param server the engine
	 * @param options settings of the web layer
	 * @param guards decide who may open a session, in this order
	 * @param events gets a {@link ConnectionErrorEvent} for each request that is refused
	 */
	public EngineWebHandler(EngineServer server, WebOptions options, List<HandshakeGuard> guards,
			ApplicationEventPublisher events) {
		this.server = server;
		this.guards = List.copyOf(guards);
		this.refusals = new Refusals(events);
		ReactorNettyExchange connections = new ReactorNettyExchange();
		this.polling = new PollingEndpoint(server, connections, options, this.refusals);
		this.webSocket = new WebSocketEndpoint(server, connections, options, this.refusals);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		Map<String, String> query = RequestQuery.parse(request.getURI().getRawQuery());
		boolean upgrade = isUpgrade(request) && this.server.options().enabled(TransportType.WEBSOCKET);
		ConnectionError error = this.server.verify(request.getMethod().name(), query, upgrade);
		String origin = request.getHeaders().getOrigin();
		if (origin != null && !legal(origin) && (error == null || error.error() != EngineError.UNKNOWN_TRANSPORT)) {
			error = Refusals.invalidOrigin(origin);
		}
		if (error != null) {
			return this.refusals.refuse(exchange, error, upgrade);
		}
		String sid = query.get("sid");
		if (!StringUtils.hasLength(sid)) {
			return handshake(exchange, upgrade);
		}
		return checkPrincipal(exchange, sid).flatMap((same) -> {
			if (!same) {
				return this.refusals.refuse(exchange, ConnectionError.forbidden(EngineError.FORBIDDEN.message()),
						upgrade);
			}
			return upgrade ? this.webSocket.upgrade(exchange, sid, EngineRevision.of(query.get("EIO")),
					StringUtils.hasLength(query.get("b64"))) : this.polling.handle(exchange, sid);
		});
	}

	/**
	 * A session is its principal's: no other may poll it or move it to another transport.
	 * @param exchange the request
	 * @param sid id of the session
	 * @return whether the request comes from whoever opened the session
	 */
	private Mono<Boolean> checkPrincipal(ServerWebExchange exchange, String sid) {
		EngineSession session = this.server.session(sid);
		Principal owner = (session != null) ? session.request().principal() : null;
		if (owner == null) {
			return Mono.just(true);
		}
		return exchange.getPrincipal()
			.map((principal) -> owner.getName().equals(principal.getName()))
			.defaultIfEmpty(false);
	}

	private Mono<Void> handshake(ServerWebExchange exchange, boolean upgrade) {
		if (this.server.isClosed()) {
			exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			return exchange.getResponse().setComplete();
		}
		return exchange.getPrincipal()
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((principal) -> Mono.deferContextual((context) -> {
				EngineRequest request = EngineRequests.of(exchange.getRequest(), principal.orElse(null),
						HandshakeContext.of(context));
				return check(request).map(Optional::of)
					.defaultIfEmpty(Optional.empty())
					.flatMap((refusal) -> open(exchange, request, upgrade, refusal.orElse(null)));
			}));
	}

	private Mono<Void> open(ServerWebExchange exchange, EngineRequest request, boolean upgrade,
			@Nullable Throwable refusal) {
		ConnectionError error = (refusal != null) ? error(refusal) : this.server.supported(request) ? null
				: ConnectionError.of(EngineError.UNSUPPORTED_PROTOCOL_VERSION, Map.of("protocol", 3));
		if (error != null) {
			return this.refusals.refuse(exchange, request, error, upgrade);
		}
		return upgrade ? this.webSocket.open(exchange, request) : this.polling.open(exchange, request);
	}

	private static ConnectionError error(Throwable refusal) {
		if (refusal instanceof HandshakeRefusedException) {
			return ConnectionError.forbidden(String.valueOf(refusal.getMessage()));
		}
		logger.error("A handshake guard failed, the handshake is refused", refusal);
		return ConnectionError.of(EngineError.BAD_REQUEST, Map.of("name", "MIDDLEWARE_FAILURE", "error", refusal));
	}

	private Mono<Throwable> check(EngineRequest request) {
		if (this.guards.isEmpty()) {
			return Mono.empty();
		}
		Mono<Void> checks = Mono.empty();
		for (HandshakeGuard guard : this.guards) {
			checks = checks.then(Mono.defer(() -> guard.check(request)));
		}
		return checks.then(Mono.<Throwable>empty()).onErrorResume(Mono::just);
	}

	private static boolean isUpgrade(ServerHttpRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())
				&& request.getHeaders().getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase);
	}

	private static boolean legal(String origin) {
		return origin.chars().allMatch((c) -> c == '\t' || (c >= ' ' && c <= 0xFF && c != 0x7F));
	}

}
