package io.socketio.webflux;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Parses query strings as clients mean them: of a repeated name the last value wins, and
 * what cannot be decoded is taken literally.
 */
final class RequestQuery {

	private RequestQuery() {
	}

	static Map<String, String> parse(@Nullable String rawQuery) {
		if (rawQuery == null || rawQuery.isEmpty()) {
			return Collections.emptyMap();
		}
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String pair : rawQuery.split("&")) {
			if (!pair.isEmpty()) {
				int separator = pair.indexOf('=');
				String name = (separator < 0) ? pair : pair.substring(0, separator);
				String value = (separator < 0) ? "" : pair.substring(separator + 1);
				parameters.put(decode(name), decode(value));
			}
		}
		return Collections.unmodifiableMap(parameters);
	}

	private static String decode(String encoded) {
		if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
			return encoded;
		}
		try {
			return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return encoded;
		}
	}

}
