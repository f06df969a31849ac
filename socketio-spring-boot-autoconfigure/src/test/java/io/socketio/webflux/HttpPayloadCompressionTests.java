package io.socketio.webflux;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpPayloadCompression}, edge cases 62, 63 and 65.
 */
class HttpPayloadCompressionTests {

	private final HttpPayloadCompression compression = new HttpPayloadCompression(1024);

	@Test
	void edgeCase62PayloadOfThresholdIsCompressedByGzip() throws IOException {
		MockServerWebExchange exchange = exchange("gzip, deflate");
		byte[] payload = payload(1024);
		byte[] body = this.compression.apply(exchange, payload);
		assertThat(contentEncoding(exchange)).isEqualTo("gzip");
		assertThat(body.length).isLessThan(payload.length);
		assertThat(read(new GZIPInputStream(new ByteArrayInputStream(body)))).isEqualTo(payload);
	}

	@Test
	void edgeCase62PayloadBelowThresholdIsPlain() {
		assertPlain("gzip, deflate", payload(1023));
	}

	@Test
	void edgeCase63DeflateIsZlibFormat() throws IOException {
		MockServerWebExchange exchange = exchange("deflate");
		byte[] payload = payload(2000);
		byte[] body = this.compression.apply(exchange, payload);
		assertThat(contentEncoding(exchange)).isEqualTo("deflate");
		assertThat(read(new InflaterInputStream(new ByteArrayInputStream(body)))).isEqualTo(payload);
	}

	@Test
	void edgeCase63OtherCodingsArePlain() {
		assertPlain("br", payload(2000));
		assertPlain("identity", payload(2000));
		assertPlain("gzip;q=0", payload(2000));
	}

	@Test
	void edgeCase63AnyCodingIsGzip() {
		MockServerWebExchange exchange = exchange("*");
		this.compression.apply(exchange, payload(2000));
		assertThat(contentEncoding(exchange)).isEqualTo("gzip");
	}

	@Test
	void edgeCase65ThresholdOfZeroCompressesAll() throws IOException {
		MockServerWebExchange exchange = exchange("gzip");
		byte[] body = new HttpPayloadCompression(0).apply(exchange, payload(10));
		assertThat(contentEncoding(exchange)).isEqualTo("gzip");
		assertThat(read(new GZIPInputStream(new ByteArrayInputStream(body)))).isEqualTo(payload(10));
	}

	private void assertPlain(String acceptEncoding, byte[] payload) {
		MockServerWebExchange exchange = exchange(acceptEncoding);
		assertThat(this.compression.apply(exchange, payload)).isSameAs(payload);
		assertThat(contentEncoding(exchange)).isNull();
	}

	private static String contentEncoding(MockServerWebExchange exchange) {
		return exchange.getResponse().getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
	}

	private static MockServerWebExchange exchange(String acceptEncoding) {
		return MockServerWebExchange
			.from(MockServerHttpRequest.get("/").header(HttpHeaders.ACCEPT_ENCODING, acceptEncoding));
	}

	private static byte[] payload(int size) {
		byte[] payload = new byte[size];
		Arrays.fill(payload, (byte) '4');
		return payload;
	}

	private static byte[] read(InputStream stream) throws IOException {
		try (stream) {
			return stream.readAllBytes();
		}
	}

}
