package io.socketio.edgecases;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.socketio.testing.RawWebSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: which paths are the endpoint's in an application (cases 16
 * to 19 and 24).
 */
class PathTests extends ApplicationCases {

	private static final String QUERY = "?EIO=4&transport=polling";

	private void assertHandled(String path) {
		assertThat(get(path + QUERY).text()).startsWith("0{\"sid\":");
	}

	private void assertNotHandled(String path) {
		assertThat(get(path + QUERY).status()).isEqualTo(404);
		assertThat(RawWebSocket.refused(port(), path + "?EIO=4&transport=websocket").status()).isEqualTo(404);
	}

	@Test
	@DisplayName("16. path without a slash -> not handled by default")
	void case016_withoutSlash() {
		start();
		assertNotHandled("/socket.io");
	}

	@Test
	@DisplayName("16. path with a slash -> handled")
	void case016_withSlash() {
		start();
		assertHandled("/socket.io/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.iofoo", "/socket.iofoo/", "/", "/foo/socket.io/", "/SOCKET.IO/" })
	@DisplayName("16. similar path -> not handled")
	void case016_similarPath(String path) {
		start();
		assertNotHandled(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io", "/socket.io/" })
	@DisplayName("17. add-trailing-slash false -> path handled with and without a slash")
	void case017_withAndWithoutSlash(String path) {
		start("socketio.add-trailing-slash=false");
		assertHandled(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.iofoo", "/socket.iofoo/" })
	@DisplayName("17. add-trailing-slash false and a longer name -> not handled, unlike in the reference")
	void case017_longerName(String path) {
		start("socketio.add-trailing-slash=false");
		assertNotHandled(path);
	}

	@Test
	@DisplayName("18. path /my/path/ -> handled there and nowhere else")
	void case018_ownPath() {
		start("socketio.path=/my/path/");
		assertHandled("/my/path/");
		assertNotHandled("/socket.io/");
	}

	@Test
	@DisplayName("18. path given without a slash -> handled with one")
	void case018_ownPathWithoutSlash() {
		start("socketio.path=/my/path");
		assertHandled("/my/path/");
		assertNotHandled("/my/path");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io/default/", "/socket.io/default", "/socket.io/a/b/c", "/socket.io/%20" })
	@DisplayName("19. further path segments -> handled")
	void case019_furtherSegments(String path) {
		start();
		assertHandled(path);
	}

	@Test
	@DisplayName("19. further path segments -> WebSocket handled too")
	void case019_furtherSegmentsOnWebSocket() {
		start();
		try (RawWebSocket webSocket = RawWebSocket.connect(port(), "/socket.io/default/?EIO=4&transport=websocket")) {
			assertThat(webSocket.text()).startsWith("0{");
			assertThat(webSocket.send("4hello").text()).isEqualTo("4hello");
		}
	}

	@Test
	@DisplayName("24. upgrade for another path -> answered by the application at once")
	void case024_upgradeForAnotherPath() {
		start();
		assertThat(RawWebSocket.refused(port(), "/other").status()).isEqualTo(404);
	}

}
