package io.socketio.webflux;

import io.netty.channel.Channel;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

import io.socketio.engine.Lane;
import io.socketio.engine.netty.NettyLanes;

/**
 * Finds what lies beneath an exchange: Reactor Netty's response and its channel.
 */
final class ReactorNettyExchange {

	private final NettyLanes lanes = new NettyLanes();

	NettyLanes lanes() {
		return this.lanes;
	}

	Lane lane(ServerWebExchange exchange) {
		return this.lanes.lane(channel(exchange));
	}

	private static Channel channel(ServerWebExchange exchange) {
		if (response(exchange) instanceof Connection connection) {
			return connection.channel();
		}
		throw new IllegalStateException("Not a connection of Reactor Netty");
	}

	static HttpServerResponse response(ServerWebExchange exchange) {
		return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
	}

}
