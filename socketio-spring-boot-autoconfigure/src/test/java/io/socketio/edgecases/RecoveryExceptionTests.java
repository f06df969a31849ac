package io.socketio.edgecases;

import java.util.Arrays;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that tell clients of their own mistakes, beside what is kept for recovery.
 */
class RecoveryExceptionTests extends RecoveryCases {

	private static final String BAD = "2[\"number\",\"x\"]";

	private static final Consumer<SocketIoServer> NUMBERS = (io) -> io.onConnection(
			(socket) -> socket.on("number", Integer.class, (number, acknowledgement) -> socket.emit("number", number)));

	@Test
	@DisplayName("4.6. a client sends bad events only -> what others may have missed is still there")
	void othersKeepTheirs() {
		start(recovering((options) -> options.maxLogEvents = 10), NUMBERS);
		WireClient victim = joinedWithOffset();
		drop(victim);
		io().emit("missed");
		WireClient attacker = joined();
		String[] bad = new String[50];
		Arrays.fill(bad, BAD);
		attacker.send(bad);
		for (int i = 0; i < bad.length; i++) {
			assertThat(attacker.event().name()).isEqualTo("exception");
		}
		comeBack(victim).recovered("missed[]");
	}

	@Test
	@DisplayName("212. exception events carry the newest valid offset, keep their place, and are not sent again")
	void case212_offset() {
		start(recovering(), NUMBERS);
		WireClient client = joinedWithOffset();
		SocketIoSocket socket = latestSocket();
		socket.emit("before");
		client.send(BAD, "2[\"number\",7]");
		WireEvent before = client.event();
		WireEvent exception = client.event();
		assertThat(before.name()).isEqualTo("before");
		assertThat(exception.name()).isEqualTo("exception");
		assertThat(exception.offset()).isEqualTo(before.offset());
		assertThat(client.event()).hasToString("number[7]");
		client.send(BAD);
		assertThat(client.event().name()).isEqualTo("exception");
		drop(client);
		io().emit("missed");
		comeBack(client).recovered("missed[]");
	}

}
