package io.socketio.edgecases;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.socketio.testing.Await;
import io.socketio.testing.WireClient;
import io.socketio.testing.WireClient.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that have missed more than one response of long-polling carries.
 */
class LargeReplayTests extends RecoveryCases {

	private static final int COUNT = 120;

	@ParameterizedTest
	@EnumSource
	@DisplayName("6 MB missed, and an event while they are sent -> all of it once, in order, around the reply")
	void largeReplay(Wire wire) {
		start(recovering((options) -> options.maxLogBytes = 9_000_000), (io) -> {
		});
		WireClient client = joinedWithOffset();
		drop(client);
		String block = "x".repeat(50_000);
		for (int i = 0; i < COUNT; i++) {
			io().emit("missed", i, block);
		}
		WireClient back = open(wire);
		back.sendConnect("/", client.recovery());
		Await.until("the client is back", () -> this.sockets.size() == 2);
		io().emit("live", "now");
		Reply reply = back.reply("/", true);
		assertThat(reply.pid()).isEqualTo(client.recovery().get("pid"));
		List<Object> numbers = reply.missed().stream().map((event) -> event.arguments().get(0)).toList();
		assertThat(numbers).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
		assertThat(back.event().name()).isEqualTo("live");
	}

}
