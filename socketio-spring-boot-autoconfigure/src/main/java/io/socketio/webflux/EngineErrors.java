package io.socketio.webflux;

import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineError;

/**
 * Writes the errors of the Engine.IO protocol: JSON to plain requests, text to upgrade
 * requests, whose status is always 400.
 */
final class EngineErrors {

	private EngineErrors() {
	}

	static Mono<Void> write(ServerWebExchange exchange, EngineError error, boolean upgrade, String text) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		byte[] body;
		if (upgrade) {
			response.setStatusCode(HttpStatusCode.valueOf(400));
			headers.set(HttpHeaders.CONNECTION, "close");
			headers.setContentType(MediaType.TEXT_HTML);
			body = text.getBytes(StandardCharsets.UTF_8);
		}
		else {
			response.setStatusCode(HttpStatusCode.valueOf(error.status()));
			headers.setContentType(MediaType.APPLICATION_JSON);
			body = ("{\"code\":" + error.code() + ",\"message\":" + quote(text) + "}").getBytes(StandardCharsets.UTF_8);
		}
		headers.setContentLength(body.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

	private static String quote(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				quoted.append('\\').append(c);
			}
			else if (c < ' ') {
				quoted.append(String.format("\\u%04x", (int) c));
			}
			else {
				quoted.append(c);
			}
		}
		return quoted.append('"').toString();
	}

}
