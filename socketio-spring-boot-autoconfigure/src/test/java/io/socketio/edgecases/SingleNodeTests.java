package io.socketio.edgecases;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import io.socketio.testing.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of clusters (226 to 234) as far as they concern a single node.
 */
class SingleNodeTests extends RecoveryCases {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	@Test
	@DisplayName("226. broadcasts reach all once, with filters for rooms; local ones too")
	void case226_broadcasts() {
		super.start();
		WireClient first = joined();
		WireClient second = joined();
		this.sockets.get(0).join("a", "b");
		io().to("a", "b").emit("rooms");
		io().local().emit("local");
		io().except("a").emit("others");
		assertThat(first.event().name()).isEqualTo("rooms");
		assertThat(first.event().name()).isEqualTo("local");
		assertThat(second.event().name()).isEqualTo("local");
		assertThat(second.event().name()).isEqualTo("others");
		assertNothingElse(first);
		assertNothingElse(second);
	}

	@Test
	@DisplayName("228. broadcast with ack: nobody; partial responses before the timeout, later ones are ignored")
	void case228_acknowledgements() {
		super.start();
		WireClient first = joined();
		WireClient silent = joined();
		StepVerifier.create(io().to("nobody").emitWithAck("q")).expectComplete().verify(LIMIT);
		StepVerifier.create(io().timeout(Duration.ofMillis(200)).emitWithAck("q"))
			.then(() -> first.send("31[\"a\"]"))
			.expectNextMatches((answer) -> "a".equals(answer.get(0)))
			.expectError(TimeoutException.class)
			.verify(LIMIT);
		assertThat(silent.text()).isEqualTo("21[\"q\"]");
		silent.send("31[\"late\"]");
		assertNothingElse(silent);
	}

	@Test
	@DisplayName("229. fetchSockets without other nodes -> the sockets of this one, at once")
	void case229_fetchSockets() {
		super.start();
		joined();
		joined();
		StepVerifier.create(io().fetchSockets()).expectNextCount(2).expectComplete().verify(LIMIT);
		StepVerifier.create(io().local().in(socket().id()).fetchSockets())
			.expectNext(socket())
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	@DisplayName("231. serverSideEmit -> others only, so nobody; no responses, at once")
	void case231_serverSideEmit() {
		List<String> calls = new CopyOnWriteArrayList<>();
		start((io) -> io.onServerSide("ask", (arguments, acknowledgement) -> calls.add("called")));
		io().serverSideEmit("ask", 1);
		StepVerifier.create(io().serverSideEmitWithAck("ask", 1)).expectComplete().verify(LIMIT);
		assertThat(calls).isEmpty();
	}

	@Test
	@DisplayName("233. emit, then disconnectSockets -> the event comes before the disconnect")
	void case233_emitThenDisconnect() {
		super.start();
		WireClient client = joined();
		io().emit("last");
		io().disconnectSockets();
		assertThat(client.event().name()).isEqualTo("last");
		assertThat(client.text()).isEqualTo("1");
	}

	@Test
	@DisplayName("234. one broadcast has one offset for all")
	void case234_offsets() {
		super.start();
		WireClient first = joined();
		WireClient second = joined();
		io().emit("one");
		assertThat(first.event().offset()).isNotNull().isEqualTo(second.event().offset());
	}

}
