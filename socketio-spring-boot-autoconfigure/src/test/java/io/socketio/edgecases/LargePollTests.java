package io.socketio.edgecases;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineSession;
import io.socketio.testing.PollingClient;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;
import io.socketio.webflux.WebOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More than one response of long-polling should carry (cases 66 and 71 with much data).
 */
class LargePollTests extends EngineCases {

	private static final int LIMIT = 600_000;

	private static final String BLOCK = "x".repeat(50_000);

	private PollingClient client;

	private EngineSession session;

	private void open(TestEngine.Builder builder) {
		start(builder);
		this.client = openPolling();
		this.session = session(this.client);
	}

	private List<String> sendBlocks(int count) {
		List<String> packets = IntStream.range(0, count).mapToObj((i) -> "4" + i + " " + BLOCK).toList();
		packets.forEach((packet) -> send(this.session, packet.substring(1)));
		return packets;
	}

	private String poll() {
		String body = this.client.poll().text();
		assertThat(body.length()).isLessThan(LIMIT);
		return body;
	}

	@Test
	@DisplayName("66. server sends much before any poll -> spread over several bodies, in order")
	void case066_muchInSeveralBodies() {
		open(TestEngine.with(TestOptions.defaults().build()));
		List<String> sent = sendBlocks(40);
		List<String> polled = new ArrayList<>();
		int polls = 0;
		while (polled.size() < sent.size()) {
			polled.addAll(List.of(poll().split("\u001e")));
			polls++;
		}
		assertThat(polled).isEqualTo(sent);
		assertThat(polls).isBetween(4, 6);
		assertOpen(this.client);
	}

	@Test
	@DisplayName("66. message that is larger than a body should be -> a body of its own")
	void case066_largeMessage() {
		open(TestEngine.with(TestOptions.defaults().build()));
		send(this.session, "x".repeat(2_000_000));
		send(this.session, "small");
		assertThat(this.client.poll().body().length).isEqualTo(2_000_001);
		assertThat(this.client.poll().text()).isEqualTo("4small");
	}

	@Test
	@DisplayName("71. much sent and close -> all of it, then 6 and 1")
	void case071_muchSentAndClose() {
		open(TestEngine.with(TestOptions.defaults().build()));
		List<String> sent = sendBlocks(40);
		this.session.close();
		List<String> polled = new ArrayList<>();
		while (polled.size() < sent.size()) {
			polled.addAll(List.of(poll().split("\u001e")));
		}
		assertThat(polled).isEqualTo(sent);
		assertThat(poll()).isEqualTo("6\u001e1");
		awaitClosed(CloseReason.FORCED_CLOSE);
	}

	@Test
	@DisplayName("65. large body -> compressed elsewhere than on the event loop")
	void case065_compressedElsewhere() {
		List<String> threads = new CopyOnWriteArrayList<>();
		WebOptions web = new WebOptions(null, (exchange, payload) -> {
			threads.add(Thread.currentThread().getName());
			return payload;
		}, -1);
		open(TestEngine.with(TestOptions.defaults().build()).web(web));
		send(this.session, "small");
		assertThat(poll()).isEqualTo("4small");
		List<String> sent = sendBlocks(5);
		assertThat(poll().split("\u001e")).hasSameSizeAs(sent);
		assertThat(threads).hasSize(2);
		assertThat(threads.get(0)).startsWith("reactor-http");
		assertThat(threads.get(1)).doesNotStartWith("reactor-http");
	}

}
