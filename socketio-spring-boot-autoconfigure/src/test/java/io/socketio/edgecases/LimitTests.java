package io.socketio.edgecases;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.socketio.server.SocketIoSocket;
import io.socketio.testing.TestServer;
import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Limits of what a client can make grow as long as it is connected (section 4.6 of the
 * promises).
 */
class LimitTests extends RecoveryCases {

	private static String connect(int size) {
		return "0{\"a\":\"" + "x".repeat(size - 9) + "\"}";
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("125, 4.6. auth payload over the limit -> CONNECT_ERROR, the client may try again")
	void case125_auth(Wire wire) {
		start(TestServer.builder().maxAuthBytes(100), (io) -> io.of("/other"));
		WireClient client = open(wire);
		assertThat(client.send(connect(101)).text()).isEqualTo("4{\"message\":\"Auth payload too large\"}");
		assertThat(client.send("0/other," + connect(100).substring(1)).text()).startsWith("4/other,{");
		assertThat(client.send(connect(100)).text()).startsWith("0{\"sid\":");
		assertNothingElse(client);
		assertThat(this.sockets).hasSize(1);
	}

	@Test
	@DisplayName("4.6. a socket joins more rooms than it may be in -> error that says so, none is joined")
	void rooms() {
		start(TestServer.builder().maxRooms(4), (io) -> {
		});
		joined();
		SocketIoSocket socket = socket();
		socket.join("a", "b");
		assertThatIllegalStateException().isThrownBy(() -> socket.join("c", "d"))
			.withMessageContaining(socket.id())
			.withMessageContaining("more than 4 rooms (socketio.limits.max-rooms-per-socket)");
		assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b");
		socket.join("c", "b", "c");
		socket.join("a", "b");
		socket.leave("a");
		socket.join("d");
		assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "b", "c", "d");
	}

	@Test
	@DisplayName("193, 4.6. socketsJoin() leaves out those that are in too many rooms, also those who are away")
	void case193_rooms() {
		start(recovering().maxRooms(3), (io) -> {
		});
		WireClient away = joined();
		socket().join("a", "b");
		drop(away);
		joined();
		SocketIoSocket full = latestSocket();
		full.join("a", "b");
		joined();
		SocketIoSocket other = latestSocket();
		io().socketsJoin("c");
		assertThat(full.rooms()).containsExactlyInAnyOrder(full.id(), "a", "b");
		assertThat(other.rooms()).containsExactlyInAnyOrder(other.id(), "c");
		io().to("c").emit("not for it");
		comeBack(away).recovered();
		assertThat(latestSocket().rooms()).isEqualTo(Set.of(latestSocket().id(), "a", "b"));
	}

	@Test
	@DisplayName("125. the limit of the auth payload is 64 KB, namespaces without one are not concerned")
	void case125_defaults() {
		start(TestServer.builder(), (io) -> io.of("/" + "n".repeat(1000)));
		WireClient client = webSocket();
		assertThat(client.send(connect(64 * 1024)).text()).startsWith("0{");
		client.connect("/" + "n".repeat(1000), Map.of());
	}

}
