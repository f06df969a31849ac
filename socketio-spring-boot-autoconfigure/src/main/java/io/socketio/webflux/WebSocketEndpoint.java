package io.socketio.webflux;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import io.socketio.engine.ConnectionError;
import io.socketio.engine.EngineError;
import io.socketio.engine.EngineRequest;
import io.socketio.engine.EngineServer;
import io.socketio.engine.Transport;
import io.socketio.engine.netty.PingFrameHandler;
import io.socketio.engine.netty.ReservedBitsCheck;
import io.socketio.engine.netty.WebSocketSettings;
import io.socketio.engine.netty.WebSocketTransport;
import io.socketio.protocol.EngineRevision;

/**
 * WebSocket: upgrades a request by Reactor Netty, after all filters of the application,
 * and puts a {@link WebSocketTransport} on its channel.
 */
final class WebSocketEndpoint {

	private static final String SEC_WEBSOCKET_KEY = "Sec-WebSocket-Key";

	private static final String SEC_WEBSOCKET_VERSION = "Sec-WebSocket-Version";

	private static final String VERSION = "13";

	/**
	 * Base64 of 16 bytes.
	 */
	private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}==");

	private static final String SEC_WEBSOCKET_PROTOCOL = "Sec-WebSocket-Protocol";

	private final EngineServer server;

	private final ReactorNettyExchange connections;

	private final Refusals refusals;

	private final int compressionThreshold;

	WebSocketEndpoint(EngineServer server, ReactorNettyExchange connections, WebOptions options, Refusals refusals) {
		this.server = server;
		this.connections = connections;
		this.refusals = refusals;
		this.compressionThreshold = options.webSocketCompressionThreshold();
	}

	Mono<Void> open(ServerWebExchange exchange, EngineRequest request) {
		return connect(exchange, request.revision(), request.base64(),
				(transport) -> this.server.open(request, transport));
	}

	Mono<Void> upgrade(ServerWebExchange exchange, String sid, EngineRevision revision, boolean base64) {
		return connect(exchange, revision, base64, (transport) -> this.server.upgrade(sid, transport));
	}

	private Mono<Void> connect(ServerWebExchange exchange, EngineRevision revision, boolean base64,
			Function<WebSocketTransport, Transport.@Nullable Listener> opener) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		ServerHttpResponse response = exchange.getResponse();
		String fault = fault(exchange.getRequest());
		if (fault != null) {
			response.getHeaders().set(SEC_WEBSOCKET_VERSION, VERSION);
			return this.refusals.refuse(exchange, new ConnectionError(EngineError.BAD_REQUEST, fault,
					Map.of("name", "TRANSPORT_HANDSHAKE_ERROR", "message", fault)), true);
		}
		WebsocketServerSpec spec = spec(headers);
		return response.setComplete() // applies headers of filters to the handshake
			.then(Mono.defer(() -> ReactorNettyExchange.response(exchange)
				.sendWebsocket((in, out) -> start(in, out, revision, base64, opener), spec)));
	}

	// What Netty would find only after the response was begun (RFC 6455, section 4.2.1)
	private static @Nullable String fault(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (request.getMethod() != HttpMethod.GET) {
			return "Invalid HTTP method";
		}
		String key = headers.getFirst(SEC_WEBSOCKET_KEY);
		if (key == null || !KEY.matcher(key).matches()) {
			return "Missing or invalid Sec-WebSocket-Key header";
		}
		return VERSION.equals(headers.getFirst(SEC_WEBSOCKET_VERSION)) ? null
				: "Missing or invalid Sec-WebSocket-Version header";
	}

	private Mono<Void> start(WebsocketInbound in, WebsocketOutbound out, EngineRevision revision, boolean base64,
			Function<WebSocketTransport, Transport.@Nullable Listener> opener) {
		in.withConnection((connection) -> {
			Channel channel = connection.channel();
			boolean compressed = channel.pipeline().get(WebSocketExtensionEncoder.class) != null;
			int maxPayload = this.server.options().maxPayload();
			WebSocketTransport transport = new WebSocketTransport(channel, this.connections.lanes(),
					new WebSocketSettings(revision, base64, compressed ? this.compressionThreshold : -1, maxPayload),
					(code, text) -> close(out, code, text));
			connection.addHandlerLast("socketio.reservedBits", new ReservedBitsCheck(transport));
			connection.addHandlerLast("socketio.pings", new PingFrameHandler());
			connection.addHandlerLast("socketio.aggregator", new WebSocketFrameAggregator(maxPayload));
			connection.addHandlerLast("socketio.transport", transport);
			Transport.Listener listener = opener.apply(transport);
			if (listener != null) {
				transport.listener(listener);
			}
		});
		return in.receiveObject().then().onErrorComplete();
	}

	private static void close(WebsocketOutbound out, int code, String text) {
		Mono<Void> close = (code < 0) ? out.sendClose() : out.sendClose(code, text);
		close.onErrorComplete().subscribe();
	}

	private WebsocketServerSpec spec(HttpHeaders headers) {
		int maxPayload = this.server.options().maxPayload();
		WebsocketServerSpec.Builder spec = WebsocketServerSpec.builder().maxFramePayloadLength(maxPayload);
		if (this.compressionThreshold >= 0) {
			spec.compress(true).maxDecompressionBufferSize(maxPayload);
		}
		String[] offered = StringUtils.tokenizeToStringArray(headers.getFirst(SEC_WEBSOCKET_PROTOCOL), ",");
		if (offered.length > 0) {
			spec.protocols(offered[0]); // browsers fail when none of theirs is selected
		}
		return spec.build();
	}

}
