package io.socketio.edgecases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.testing.PollingClient;
import io.socketio.testing.RawResponse;
import io.socketio.testing.TestApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: compressed poll responses (cases 62 to 65).
 */
class CompressionTests extends ApplicationCases {

	/**
	 * Push packets and poll them back.
	 * @param payload the packets
	 * @param acceptEncoding what the client accepts
	 * @return the response to the poll
	 */
	private RawResponse echo(String payload, String acceptEncoding) {
		PollingClient client = openPolling();
		assertThat(client.push(payload).status()).isEqualTo(200);
		return client.poll("Accept-Encoding: " + acceptEncoding);
	}

	private static String message(int length) {
		return "4" + "x".repeat(length - 1);
	}

	private static void assertPlain(RawResponse response, String payload) {
		assertThat(response.header("Content-Encoding")).isNull();
		assertThat(response.text()).isEqualTo(payload);
	}

	private static void assertGzip(RawResponse response, String payload) throws IOException {
		assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(text(new GZIPInputStream(new ByteArrayInputStream(response.body())))).isEqualTo(payload);
	}

	private static void assertDeflate(RawResponse response, String payload) throws IOException {
		assertThat(response.header("Content-Encoding")).isEqualTo("deflate");
		assertThat(text(new InflaterInputStream(new ByteArrayInputStream(response.body())))).isEqualTo(payload);
	}

	private static String text(InputStream decoder) throws IOException {
		return new String(decoder.readAllBytes(), StandardCharsets.UTF_8);
	}

	@Test
	@DisplayName("62. payload of 1024 bytes and gzip, deflate accepted -> gzip")
	void case062_atTheThreshold() throws IOException {
		start();
		RawResponse response = echo(message(1024), "gzip, deflate");
		assertGzip(response, message(1024));
		assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(response.body().length));
		assertThat(response.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=UTF-8");
	}

	@Test
	@DisplayName("62. payload of 1023 bytes -> plain")
	void case062_belowTheThreshold() {
		start();
		assertPlain(echo(message(1023), "gzip, deflate"), message(1023));
	}

	@Test
	@DisplayName("62. threshold counts bytes of the whole payload, not characters or packets")
	void case062_threshold() throws IOException {
		start();
		String euros = "4" + "€".repeat(341); // 1024 bytes
		assertGzip(echo(euros, "gzip"), euros);
		String packets = message(500) + "\u001e" + message(523); // 1024 bytes
		assertGzip(echo(packets, "gzip"), packets);
	}

	@ParameterizedTest
	@ValueSource(strings = { "br", "identity", "gzip;q=0", "gzip;q=0, deflate;q=0", "x", "*;q=0", "gzip;q=abc" })
	@DisplayName("63. neither gzip nor deflate accepted -> plain")
	void case063_plain(String acceptEncoding) {
		start();
		assertPlain(echo(message(2000), acceptEncoding), message(2000));
	}

	@Test
	@DisplayName("63. no Accept-Encoding -> plain")
	void case063_noHeader() {
		start();
		PollingClient client = openPolling();
		client.push(message(2000));
		assertPlain(client.poll(), message(2000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "deflate", "deflate, gzip", "gzip;q=0.5, deflate;q=0.8", "gzip;q=0, *", "br, deflate",
			"DEFLATE" })
	@DisplayName("63. deflate preferred -> deflate")
	void case063_deflate(String acceptEncoding) throws IOException {
		start();
		assertDeflate(echo(message(2000), acceptEncoding), message(2000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "gzip", "br, gzip", "gzip, deflate, br, zstd", "deflate;q=0.5, gzip" })
	@DisplayName("63. gzip preferred, or anything -> gzip")
	void case063_gzip(String acceptEncoding) throws IOException {
		start();
		assertGzip(echo(message(2000), acceptEncoding), message(2000));
	}

	@Test
	@DisplayName("64. all packets sent without compression -> plain")
	void case064_uncompressed() {
		start();
		String payload = "4" + TestApplication.UNCOMPRESSED + "x".repeat(2000);
		assertPlain(echo(payload, "gzip"), payload);
	}

	@Test
	@DisplayName("64. some packets sent without compression -> compressed")
	void case064_mixed() throws IOException {
		start();
		String payload = "4" + TestApplication.UNCOMPRESSED + "x".repeat(2000) + "\u001e4hello";
		assertGzip(echo(payload, "gzip"), payload);
	}

	@Test
	@DisplayName("65. compression disabled -> plain")
	void case065_disabled() {
		start("socketio.http-compression.enabled=false");
		assertPlain(echo(message(2000), "gzip"), message(2000));
	}

	@ParameterizedTest
	@CsvSource({ "0, 10", "0, 1", "10, 10" })
	@DisplayName("65. lower threshold -> small payload compressed")
	void case065_threshold(int threshold, int length) throws IOException {
		start("socketio.http-compression.threshold=" + threshold + "B");
		assertGzip(echo(message(length), "gzip"), message(length));
	}

}
