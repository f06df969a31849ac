package io.socketio.engine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Parses query strings as clients mean them: of a repeated name the last value wins, and
 * what cannot be decoded is taken literally.
 *
 * @since 0.1.0
 */
public final class RequestQuery {

	private RequestQuery() {
	}

	/**
	 * Parse a query string.
	 * @param rawQuery the query without its question mark, or {@code null} if there is
	 * none
	 * @return a read-only map of the parameters, in their order
	 */
	public static Map<String, String> parse(@Nullable String rawQuery) {
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
