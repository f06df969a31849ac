package io.socketio.webflux;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientScripts} and {@link ClientScript}, edge cases 120 to 123.
 */
class ClientScriptsTests {

	private static final String CONTENT = "/* a script */ ".repeat(100);

	@TempDir
	Path directory;

	@BeforeEach
	void createFiles() throws IOException {
		for (String name : List.of("socket.io.js", "socket.io.min.js", "socket.io.esm.min.js",
				"socket.io.msgpack.min.js")) {
			Files.writeString(this.directory.resolve(name), CONTENT);
			Files.writeString(this.directory.resolve(name + ".map"), "{}");
		}
		Files.writeString(this.directory.resolve("socket.io.esm.js"), CONTENT);
		Files.writeString(this.directory.resolve("client.properties"), "version=4.8.3\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js" })
	void edgeCase120ScriptsAndTheirMaps(String name) {
		MockServerHttpResponse script = get(name);
		assertThat(script.getStatusCode()).isNull();
		assertThat(script.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
			.isEqualTo("application/javascript; charset=utf-8");
		assertThat(script.getHeaders().getFirst(HttpHeaders.CACHE_CONTROL)).isEqualTo("public, max-age=0");
		assertThat(script.getHeaders().getFirst(HttpHeaders.ETAG)).isEqualTo("\"4.8.3\"");
		assertThat(script.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING)).isNull();
		assertThat(text(script)).isEqualTo(CONTENT);
		MockServerHttpResponse map = get(name + ".map");
		assertThat(map.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/json; charset=utf-8");
		assertThat(text(map)).isEqualTo("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "POST", "DELETE", "OPTIONS" })
	void edgeCase120AnyMethod(String method) {
		MockServerHttpResponse response = write("socket.io.js",
				MockServerHttpRequest.method(HttpMethod.valueOf(method), "/socket.io/socket.io.js"));
		assertThat(response.getHeaders().getFirst(HttpHeaders.ETAG)).isEqualTo("\"4.8.3\"");
	}

	@Test
	void edgeCase121GzipAndDeflate() throws IOException {
		MockServerHttpResponse gzip = get("socket.io.js", HttpHeaders.ACCEPT_ENCODING, "gzip, deflate, br");
		assertThat(gzip.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING)).isEqualTo("gzip");
		assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes(gzip)))).hasContent(CONTENT);
		MockServerHttpResponse deflate = get("socket.io.js", HttpHeaders.ACCEPT_ENCODING, "deflate");
		assertThat(deflate.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING)).isEqualTo("deflate");
		assertThat(new InflaterInputStream(new ByteArrayInputStream(bytes(deflate)))).hasContent(CONTENT);
	}

	@Test
	void edgeCase121BrotliOnlyWhereThereIsSuchAFile() throws IOException {
		Files.writeString(this.directory.resolve("socket.io.js.br"), "compressed");
		MockServerHttpResponse response = get("socket.io.js", HttpHeaders.ACCEPT_ENCODING, "*");
		assertThat(response.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING)).isEqualTo("br");
		assertThat(text(response)).isEqualTo("compressed");
		response = get("socket.io.min.js", HttpHeaders.ACCEPT_ENCODING, "br");
		assertThat(response.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING)).isNull();
		assertThat(text(response)).isEqualTo(CONTENT);
	}

	@Test
	void edgeCase121ResponsesVaryByEncoding() {
		assertThat(get("socket.io.js").getHeaders().getVary()).contains(HttpHeaders.ACCEPT_ENCODING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"4.8.3\"", "W/\"4.8.3\"" })
	void edgeCase122SameVersionIsNotModified(String etag) {
		MockServerHttpResponse response = get("socket.io.js", HttpHeaders.IF_NONE_MATCH, etag);
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
		assertThat(bytes(response)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"4.8.2\"", "4.8.3", "*", "\"4.8.2\", \"4.8.3\"" })
	void edgeCase122AnythingElseIsModified(String etag) {
		MockServerHttpResponse response = get("socket.io.js", HttpHeaders.IF_NONE_MATCH, etag);
		assertThat(response.getStatusCode()).isNull();
		assertThat(text(response)).isEqualTo(CONTENT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "foo.js", "socket.io.esm.js", "Socket.io.js", "socket.io.js.br", "client.properties",
			"x/socket.io.js", "../socket.io.js", "socket.io.js/" })
	void edgeCase123OtherNamesAreUnknown(String name) {
		assertThat(scripts().find(name)).isNull();
	}

	@Test
	void filesThatAreNotThereAreUnknown() throws IOException {
		Files.delete(this.directory.resolve("socket.io.js"));
		assertThat(scripts().find("socket.io.js")).isNull();
		assertThat(scripts().find("socket.io.js.map")).isNotNull();
	}

	@Test
	void locationThatIsNotThereIsEmpty() {
		assertThat(ClientScripts.from(new FileSystemResource(this.directory + "/absent/")).isEmpty()).isTrue();
		assertThat(ClientScripts.none().isEmpty()).isTrue();
		assertThat(scripts().isEmpty()).isFalse();
	}

	@Test
	void locationMayBeOnTheClassPath() throws IOException {
		Path root = this.directory.resolve("root");
		Path location = Files.createDirectories(root.resolve("io/socketio/client"));
		Files.writeString(location.resolve("socket.io.js"), CONTENT);
		try (URLClassLoader classLoader = new URLClassLoader(new URL[] { root.toUri().toURL() })) {
			ClientScripts scripts = ClientScripts
				.from(new DefaultResourceLoader(classLoader).getResource("classpath:/io/socketio/client/"));
			assertThat(scripts.find("socket.io.js")).isNotNull();
			assertThat(scripts.find("socket.io.min.js")).isNull();
		}
	}

	@Test
	void withoutVersionThereIsNoTag() throws IOException {
		Files.delete(this.directory.resolve("client.properties"));
		MockServerHttpResponse response = get("socket.io.js", HttpHeaders.IF_NONE_MATCH, "\"\"");
		assertThat(response.getHeaders().getFirst(HttpHeaders.ETAG)).isNull();
		assertThat(text(response)).isEqualTo(CONTENT);
	}

	@Test
	void versionThatIsNoneIsNotSent() throws IOException {
		Files.writeString(this.directory.resolve("client.properties"), "version=${version}\"\n");
		assertThat(get("socket.io.js").getHeaders().getFirst(HttpHeaders.ETAG)).isNull();
	}

	@Test
	void contentIsReadOnce() throws IOException {
		ClientScript script = scripts().find("socket.io.js");
		MockServerWebExchange first = exchange();
		script.write(first).block(Duration.ofSeconds(5));
		Files.delete(this.directory.resolve("socket.io.js"));
		MockServerWebExchange second = exchange();
		script.write(second).block(Duration.ofSeconds(5));
		assertThat(text(second.getResponse())).isEqualTo(text(first.getResponse())).isEqualTo(CONTENT);
	}

	private ClientScripts scripts() {
		return ClientScripts.from(new FileSystemResource(this.directory + "/"));
	}

	private static MockServerWebExchange exchange() {
		return MockServerWebExchange.from(MockServerHttpRequest.get("/socket.io/socket.io.js"));
	}

	private MockServerHttpResponse get(String name, String... header) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/socket.io/" + name);
		if (header.length > 0) {
			request.header(header[0], header[1]);
		}
		return write(name, request);
	}

	private MockServerHttpResponse write(String name, MockServerHttpRequest.BaseBuilder<?> request) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		ClientScript script = scripts().find(name);
		assertThat(script).isNotNull();
		script.write(exchange).block(Duration.ofSeconds(5));
		return exchange.getResponse();
	}

	private static String text(MockServerHttpResponse response) {
		return new String(bytes(response), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(MockServerHttpResponse response) {
		DataBuffer buffer = DataBufferUtils.join(response.getBody()).block(Duration.ofSeconds(5));
		if (buffer == null) {
			return new byte[0];
		}
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		return bytes;
	}

}
