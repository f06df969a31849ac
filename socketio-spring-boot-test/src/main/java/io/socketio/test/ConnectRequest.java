package io.socketio.test;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * How to connect. Immutable.
 *
 * @param auth payload of the CONNECT packet
 * @param headers headers of the handshake
 * @param query parameters of the handshake, encoded
 * @param timeout how long to wait
 */
record ConnectRequest(ObjectNode auth, List<Map.Entry<String, String>> headers, List<String> query, Duration timeout) {

	ConnectRequest withAuth(ObjectNode auth) {
		return new ConnectRequest(auth, this.headers, this.query, this.timeout);
	}

	ConnectRequest withHeader(String name, String value) {
		return new ConnectRequest(this.auth, append(this.headers, Map.entry(name, value)), this.query, this.timeout);
	}

	ConnectRequest withQuery(String name, String value) {
		return new ConnectRequest(this.auth, this.headers, append(this.query, encode(name) + "=" + encode(value)),
				this.timeout);
	}

	ConnectRequest withTimeout(Duration timeout) {
		return new ConnectRequest(this.auth, this.headers, this.query, checked(timeout));
	}

	static Duration checked(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout must be positive: " + timeout);
		}
		return timeout;
	}

	/**
	 * The handshake request.
	 * @param endpoint the endpoint
	 * @return its URI, for WebSocket
	 */
	URI uri(URI endpoint) {
		String scheme = "https".equalsIgnoreCase(endpoint.getScheme()) ? "wss" : "ws";
		StringBuilder uri = new StringBuilder(scheme).append("://")
			.append(endpoint.getRawAuthority())
			.append(endpoint.getRawPath())
			.append("?EIO=4&transport=websocket");
		this.query.forEach((parameter) -> uri.append('&').append(parameter));
		return URI.create(uri.toString());
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static <T> List<T> append(List<T> list, T element) {
		List<T> longer = new ArrayList<>(list);
		longer.add(element);
		return List.copyOf(longer);
	}

}
