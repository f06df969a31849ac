package io.socketio.webflux;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.util.context.Context;

import io.socketio.engine.EngineRequest;
import io.socketio.engine.RequestQuery;

/**
 * Detaches requests from their connection.
 */
final class EngineRequests {

	private EngineRequests() {
	}

	static EngineRequest of(ServerHttpRequest request, @Nullable Principal principal, Context context) {
		return new EngineRequest(copy(request.getHeaders()), RequestQuery.parse(request.getURI().getRawQuery()),
				url(request), request.getRemoteAddress(), request.getSslInfo() != null || isHttps(request), principal,
				context);
	}

	private static boolean isHttps(ServerHttpRequest request) {
		String scheme = request.getURI().getScheme();
		return "https".equals(scheme) || "wss".equals(scheme);
	}

	private static String url(ServerHttpRequest request) {
		String query = request.getURI().getRawQuery();
		String path = request.getURI().getRawPath();
		return (query != null) ? path + "?" + query : path;
	}

	private static HttpHeaders copy(HttpHeaders headers) {
		HttpHeaders copy = new HttpHeaders(); // the request's own are bound to its
												// connection
		headers.forEach(copy::addAll);
		return HttpHeaders.readOnlyHttpHeaders(copy);
	}

}
