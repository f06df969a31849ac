package io.socketio.edgecases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: cross-origin requests and the files of the client (cases
 * 115 to 123). Where we refuse what the reference leaves to browsers, it is said so.
 */
class CorsAndStaticFilesTests extends ApplicationCases {

	private static final String ORIGIN = "Origin: https://app.example";

	private static final String FOREIGN = "Origin: https://other.example";

	private static final String PREFLIGHT = "Access-Control-Request-Method: POST";

	private static final String FORBIDDEN = "{\"code\":4,\"message\":\"Origin is not allowed, "
			+ "see property socketio.cors.allowed-origins\"}";

	private static final String SCRIPT = "/* the client */ ".repeat(200);

	@TempDir
	static Path directory;

	@BeforeAll
	static void writeFiles() throws IOException {
		for (String name : new String[] { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js",
				"socket.io.msgpack.min.js" }) {
			Files.writeString(directory.resolve(name), SCRIPT + name);
			Files.writeString(directory.resolve(name + ".map"), "{\"file\":\"" + name + "\"}");
		}
		Files.writeString(directory.resolve("socket.io.min.js.br"), "compressed beforehand");
		Files.writeString(directory.resolve("secret.txt"), "secret");
		Files.writeString(directory.resolve("client.properties"), "version=4.8.3");
	}

	private void startWithCors() {
		start("socketio.cors.allowed-origins=https://app.example,https://second.example",
				"socketio.cors.allowed-methods=GET,PUT,POST", "socketio.cors.exposed-headers=X-One,X-Two",
				"socketio.cors.allow-credentials=true", "socketio.cors.max-age=123s",
				"socketio.client-location=" + directory.toUri());
	}

	private void startWithFiles() {
		start("socketio.client-location=" + directory.toUri());
	}

	@Test
	@DisplayName("115. preflight of an allowed origin -> 204 without body, origin, methods, headers, credentials, age")
	void case115_preflight() {
		startWithCors();
		RawResponse response = exchange("OPTIONS", POLLING, ORIGIN, "Access-Control-Request-Method: PUT",
				"Access-Control-Request-Headers: x-custom, content-type");
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
		assertThat(response.header("Access-Control-Allow-Methods")).isEqualToIgnoringWhitespace("GET,PUT,POST");
		assertThat(response.header("Access-Control-Allow-Headers"))
			.isEqualToIgnoringWhitespace("x-custom,content-type");
		assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(response.header("Access-Control-Max-Age")).isEqualTo("123");
		assertThat(response.headers("Vary")).anyMatch((vary) -> vary.contains("Origin"));
	}

	@Test
	@DisplayName("115. preflight of the second allowed origin -> that one is named")
	void case115_secondOrigin() {
		startWithCors();
		RawResponse response = exchange("OPTIONS", POLLING, "Origin: https://second.example", PREFLIGHT);
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://second.example");
	}

	@Test
	@DisplayName("115. any origin allowed -> preflight says *")
	void case115_anyOrigin() {
		start("socketio.cors.allowed-origins=*");
		RawResponse response = exchange("OPTIONS", POLLING, FOREIGN, PREFLIGHT);
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(response.headers("Access-Control-Allow-Credentials")).isEmpty();
	}

	@Test
	@DisplayName("115. origin that matches a pattern -> preflight names it")
	void case115_originPattern() {
		start("socketio.cors.allowed-origin-patterns=https://*.example.org");
		RawResponse response = exchange("OPTIONS", POLLING, "Origin: https://a.example.org", PREFLIGHT);
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example.org");
	}

	@Test
	@DisplayName("116. preflight of another origin -> 403 without origin, which says what to set")
	void case116_foreignPreflight() {
		startWithCors();
		RawResponse response = exchange("OPTIONS", POLLING, FOREIGN, PREFLIGHT);
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.text()).isEqualTo(FORBIDDEN);
		assertThat(response.headers("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	@DisplayName("116. preflight without any allowed origin -> 403")
	void case116_noOriginAllowed() {
		start();
		assertThat(exchange("OPTIONS", POLLING, FOREIGN, PREFLIGHT).status()).isEqualTo(403);
	}

	@Test
	@DisplayName("117. handshake, push and poll of an allowed origin -> origin, credentials, exposed headers alone")
	void case117_actualRequests() {
		startWithCors();
		PollingClient client = PollingClient.open(port(), ORIGIN);
		assertActual(client.handshake());
		assertActual(client.push("4hello", ORIGIN));
		assertActual(client.poll(ORIGIN));
	}

	private static void assertActual(RawResponse response) {
		assertThat(response.status()).isEqualTo(200);
		assertCorsHeaders(response);
		assertThat(response.header("Access-Control-Expose-Headers")).isEqualToIgnoringWhitespace("X-One,X-Two");
		assertThat(response.headers("Access-Control-Allow-Methods")).isEmpty();
		assertThat(response.headers("Access-Control-Allow-Headers")).isEmpty();
	}

	private static void assertCorsHeaders(RawResponse response) {
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
		assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
	}

	@Test
	@DisplayName("117. actual request of another origin -> 403, no session")
	void case117_foreignRequest() {
		startWithCors();
		int before = this.application.sessions().size();
		RawResponse response = get(POLLING, FOREIGN);
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.text()).isEqualTo(FORBIDDEN);
		assertThat(response.headers("Access-Control-Allow-Origin")).isEmpty();
		assertThat(this.application.sessions()).hasSize(before);
	}

	@Test
	@DisplayName("117. push of another origin to a session -> 403, not delivered")
	void case117_foreignPush() {
		startWithCors();
		PollingClient client = openPolling();
		assertThat(client.push("4foreign", FOREIGN).status()).isEqualTo(403);
		assertThat(client.push("4own").status()).isEqualTo(200);
		assertThat(client.poll().text()).isEqualTo("4own");
	}

	@Test
	@DisplayName("117. request of the server's own origin -> served, whatever is allowed")
	void case117_sameOrigin() {
		start();
		assertThat(get(POLLING, "Origin: http://localhost").status()).isEqualTo(200);
	}

	@Test
	@DisplayName("118. errors -> carry the headers too, so that scripts can read them")
	void case118_errors() {
		startWithCors();
		RawResponse response = get("/socket.io/", ORIGIN);
		assertThat(response.status()).isEqualTo(400);
		assertCorsHeaders(response);
		response = get(POLLING + "&sid=nope", ORIGIN);
		assertThat(response.text()).contains("Session ID unknown");
		assertCorsHeaders(response);
	}

	@Test
	@DisplayName("118. refused pushes and overlapping polls -> carry the headers too")
	void case118_emptyErrors() {
		startWithCors();
		RawResponse response = openPolling().push("abc", ORIGIN);
		assertThat(response.status()).isEqualTo(400);
		assertCorsHeaders(response);
	}

	@Test
	@DisplayName("119. WebSocket handshake of another origin -> refused, unlike in the reference")
	void case119_foreignWebSocket() {
		startWithCors();
		assertRefused(RawWebSocket.refused(port(), WEBSOCKET, FOREIGN));
	}

	@Test
	@DisplayName("119. WebSocket handshake of another origin without any allowed one -> refused")
	void case119_foreignWebSocketByDefault() {
		start();
		assertRefused(RawWebSocket.refused(port(), WEBSOCKET, FOREIGN));
		assertRefused(RawWebSocket.refused(port(), WEBSOCKET, "Origin: null"));
	}

	@Test
	@DisplayName("119. upgrade by another origin -> refused, session survives")
	void case119_foreignUpgrade() {
		startWithCors();
		PollingClient client = openPolling();
		assertRefused(RawWebSocket.refused(port(), client.upgradeTarget(), FOREIGN));
		assertThat(client.push("4hello").status()).isEqualTo(200);
		assertThat(client.poll().text()).isEqualTo("4hello");
	}

	private static void assertRefused(RawResponse response) {
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.text()).isEqualTo(FORBIDDEN);
		assertThat(response.headers("Access-Control-Allow-Origin")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { ORIGIN, "Origin: http://localhost", "X-No-Origin: 1" })
	@DisplayName("119. WebSocket handshake of an allowed, the own or no origin -> accepted")
	void case119_allowedWebSocket(String header) {
		startWithCors();
		try (RawWebSocket webSocket = RawWebSocket.connect(port(), WEBSOCKET, header)) {
			assertThat(webSocket.text()).startsWith("0{");
			assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js" })
	@DisplayName("120. client file -> 200, type, quoted ETag, public, max-age=0")
	void case120_scripts(String name) {
		startWithFiles();
		RawResponse response = get("/socket.io/" + name);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo(SCRIPT + name);
		assertThat(response.header("Content-Type")).isEqualTo("application/javascript; charset=utf-8");
		assertThat(response.header("ETag")).isEqualTo("\"4.8.3\"");
		assertThat(response.header("Cache-Control")).isEqualTo("public, max-age=0");
		RawResponse map = get("/socket.io/" + name + ".map");
		assertThat(map.text()).isEqualTo("{\"file\":\"" + name + "\"}");
		assertThat(map.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
		assertThat(map.header("ETag")).isEqualTo("\"4.8.3\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "OPTIONS" })
	@DisplayName("120. client file by any method -> served")
	void case120_anyMethod(String method) {
		startWithFiles();
		assertThat(exchange(method, "/socket.io/socket.io.js").text()).isEqualTo(SCRIPT + "socket.io.js");
	}

	@Test
	@DisplayName("120. client file of an allowed origin -> with the headers")
	void case120_cors() {
		startWithCors();
		RawResponse response = get("/socket.io/socket.io.js", ORIGIN);
		assertThat(response.status()).isEqualTo(200);
		assertCorsHeaders(response);
	}

	@Test
	@DisplayName("121. query string -> ignored")
	void case121_query() {
		startWithFiles();
		assertThat(get("/socket.io/socket.io.js?v=1&EIO=4&transport=polling").text())
			.isEqualTo(SCRIPT + "socket.io.js");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "gzip, deflate", "br;q=0, gzip", "br;q=0.5, gzip;q=0.6" })
	@DisplayName("121. gzip preferred -> gzip")
	void case121_gzip(String acceptEncoding) throws IOException {
		startWithFiles();
		RawResponse response = get("/socket.io/socket.io.min.js", "Accept-Encoding: " + acceptEncoding);
		assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(response.header("ETag")).isEqualTo("\"4.8.3\"");
		GZIPInputStream decoder = new GZIPInputStream(new ByteArrayInputStream(response.body()));
		assertThat(new String(decoder.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT + "socket.io.min.js");
	}

	@Test
	@DisplayName("121. deflate preferred -> deflate")
	void case121_deflate() throws IOException {
		startWithFiles();
		RawResponse response = get("/socket.io/socket.io.js", "Accept-Encoding: deflate, gzip");
		assertThat(response.header("Content-Encoding")).isEqualTo("deflate");
		InflaterInputStream decoder = new InflaterInputStream(new ByteArrayInputStream(response.body()));
		assertThat(new String(decoder.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT + "socket.io.js");
	}

	@ParameterizedTest
	@ValueSource(strings = { "br", "*", "br, gzip", "gzip;q=0.9, br" })
	@DisplayName("121. br preferred and compressed beforehand -> br")
	void case121_br(String acceptEncoding) {
		startWithFiles();
		RawResponse response = get("/socket.io/socket.io.min.js", "Accept-Encoding: " + acceptEncoding);
		assertThat(response.header("Content-Encoding")).isEqualTo("br");
		assertThat(response.text()).isEqualTo("compressed beforehand");
	}

	@Test
	@DisplayName("121. br alone accepted and not compressed beforehand -> plain")
	void case121_noBr() {
		startWithFiles();
		RawResponse response = get("/socket.io/socket.io.js", "Accept-Encoding: br");
		assertThat(response.header("Content-Encoding")).isNull();
		assertThat(response.text()).isEqualTo(SCRIPT + "socket.io.js");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"4.8.3\"", "W/\"4.8.3\"" })
	@DisplayName("122. If-None-Match with the version -> 304 without body")
	void case122_match(String tag) {
		startWithFiles();
		RawResponse response = get("/socket.io/socket.io.js", "If-None-Match: " + tag);
		assertThat(response.status()).isEqualTo(304);
		assertThat(response.body()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"4.8.2\"", "4.8.3", "W/4.8.3", "*", "\"4.8.2\", \"4.8.3\"" })
	@DisplayName("122. If-None-Match with anything else -> 200")
	void case122_noMatch(String tag) {
		startWithFiles();
		RawResponse response = get("/socket.io/socket.io.js", "If-None-Match: " + tag);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo(SCRIPT + "socket.io.js");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo.js", "socket.io.esm.js", "SOCKET.IO.JS", "socket.io.js/", "a/socket.io.js",
			"secret.txt", "client.properties", "socket.io.min.js.br" })
	@DisplayName("123. unknown file under the path -> code 0")
	void case123_unknownFile(String name) {
		startWithFiles();
		EngineCases.assertError(get("/socket.io/" + name), 400, 0, "Transport unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "..%2fsecret.txt", "%2e%2e/secret.txt", "../secret.txt", "..;/secret.txt",
			"socket.io.js/../secret.txt", "%00", "socket.io.js%00.map" })
	@DisplayName("123. path that tries to leave the location -> client error")
	void case123_traversal(String name) {
		startWithFiles();
		RawResponse response = get("/socket.io/" + name);
		assertThat(response.status()).isIn(400, 404);
		assertThat(response.text()).isNotEqualTo("secret");
	}

	@Test
	@DisplayName("123. client files not served -> code 0")
	void case123_notServed() {
		start("socketio.serve-client=false", "socketio.client-location=" + directory.toUri());
		EngineCases.assertError(get("/socket.io/socket.io.js"), 400, 0, "Transport unknown");
	}

	@Test
	@DisplayName("123. other path -> 404 of the application")
	void case123_otherPath() {
		startWithFiles();
		assertThat(get("/other/socket.io.js").status()).isEqualTo(404);
		assertThat(get("/socket.io.js").status()).isEqualTo(404);
		assertThat(RawHttp.get(port(), "/").status()).isEqualTo(404);
	}

}
