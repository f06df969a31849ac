package io.socketio.webflux;

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;

/**
 * Compresses the responses of long-polling by gzip or deflate, as the client prefers
 * (section 1.7.5 of the protocol notes); Brotli is not offered. Takes time on the current
 * thread in proportion to the payload.
 *
 * @since 0.1.0
 */
public final class HttpPayloadCompression implements PayloadCompression {

	private static final List<ContentCoding> CODINGS = List.of(ContentCoding.GZIP, ContentCoding.DEFLATE);

	private final int threshold;

	/**
	 * Create a compression.
	 * @param threshold size in bytes from which payloads are compressed
	 */
	public HttpPayloadCompression(int threshold) {
		Assert.isTrue(threshold >= 0, "'threshold' must not be negative");
		this.threshold = threshold;
	}

	@Override
	public byte[] apply(ServerWebExchange exchange, byte[] payload) {
		if (payload.length < this.threshold) {
			return payload;
		}
		ContentCoding coding = AcceptEncoding.choose(exchange.getRequest().getHeaders(), CODINGS);
		if (coding == null) {
			return payload;
		}
		exchange.getResponse().getHeaders().set(HttpHeaders.CONTENT_ENCODING, coding.token());
		return coding.encode(payload);
	}

}
