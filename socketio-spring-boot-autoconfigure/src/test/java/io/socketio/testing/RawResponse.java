package io.socketio.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A response, as it came over the wire.
 *
 * @param status the status code
 * @param head status line and header lines, as they are
 * @param headers values by header name, in order; names are compared without case
 * @param body the body, without the transfer coding
 */
public record RawResponse(int status, String head, Map<String, List<String>> headers, byte[] body) {

	/**
	 * Return the only value of a header.
	 * @param name name of the header
	 * @return the value, or {@code null}
	 */
	public String header(String name) {
		List<String> values = headers(name);
		if (values.size() > 1) {
			throw new AssertionError("More than one " + name + ": " + values);
		}
		return values.isEmpty() ? null : values.get(0);
	}

	public List<String> headers(String name) {
		return this.headers.getOrDefault(name, List.of());
	}

	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.head + text();
	}

}
