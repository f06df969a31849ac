package io.socketio.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.Adapter;
import io.socketio.adapter.AdapterFactory;
import io.socketio.adapter.Broadcast;
import io.socketio.adapter.LocalSockets;
import io.socketio.engine.EngineOptions;
import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.Packet;
import io.socketio.recovery.InMemorySessionStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Events that nodes send each other, by an adapter that joins three servers of this JVM.
 */
class ServerSideEventsTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Cluster cluster = new Cluster();

	private final DefaultSocketIoServer first = server(this.cluster);

	private final DefaultSocketIoServer second = server(this.cluster);

	private final DefaultSocketIoServer third = server(this.cluster);

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private static DefaultSocketIoServer server(AdapterFactory adapters) {
		JsonMapper mapper = JsonMapper.builder().build();
		return new DefaultSocketIoServer(EngineOptions.defaults(), ServerOptions.defaults(),
				new JsonPacketParser(mapper), mapper, new InMemorySessionStore(10, Clock.systemUTC()), adapters,
				(event) -> {
				});
	}

	@AfterEach
	void close() {
		this.first.close().block(LIMIT);
		this.second.close().block(LIMIT);
		this.third.close().block(LIMIT);
	}

	@Test
	void othersGetIt() {
		this.first.onServerSide("hello", (arguments, ack) -> this.calls.add("first"));
		this.second.onServerSide("hello", (arguments, ack) -> this.calls.add("second " + arguments + ack.requested()));
		this.third.of("/other").onServerSide("hello", (arguments, ack) -> this.calls.add("other namespace"));
		this.third.onServerSide("hello", (arguments, ack) -> {
			throw new IllegalStateException("of the test");
		});
		this.first.serverSideEmit("hello", 1, List.of("a"));
		assertThat(this.calls).containsExactly("second [1, [a]]false");
	}

	@Test
	void othersAnswerOnce() {
		this.second.onServerSide("ask", (arguments, ack) -> {
			ack.send(arguments.get(0, Integer.class) + 1, "more");
			ack.send("ignored");
		});
		this.third.onServerSide("ask", (arguments, ack) -> ack.send(arguments.get(0, Integer.class) + 2));
		List<EventArguments> answers = this.first.serverSideEmitWithAck("ask", 1).collectList().block(LIMIT);
		assertThat(answers).extracting(EventArguments::toList).containsExactly(List.of(2, "more"), List.of(3));
	}

	@Test
	void nobodyOnASingleNode() {
		DefaultSocketIoServer alone = server(AdapterFactory.inMemory());
		alone.onServerSide("ask", (arguments, ack) -> this.calls.add("itself"));
		alone.serverSideEmit("ask");
		assertThat(alone.serverSideEmitWithAck("ask").collectList().block(LIMIT)).isEmpty();
		assertThat(this.calls).isEmpty();
		alone.close().block(LIMIT);
	}

	@Test
	void reservedNames() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.first.serverSideEmit("new_namespace"))
			.withMessage("\"new_namespace\" is a reserved event name");
	}

	/**
	 * Hands on packets between servers of one JVM.
	 */
	private static final class Cluster implements AdapterFactory {

		private final List<Node> nodes = new CopyOnWriteArrayList<>();

		@Override
		public Adapter create(String namespace, LocalSockets sockets) {
			Node node = new Node(namespace, sockets);
			this.nodes.add(node);
			return node;
		}

		private final class Node implements Adapter {

			private final String namespace;

			private final LocalSockets sockets;

			Node(String namespace, LocalSockets sockets) {
				this.namespace = namespace;
				this.sockets = sockets;
			}

			private List<Node> others() {
				return Cluster.this.nodes.stream()
					.filter((node) -> node != this && node.namespace.equals(this.namespace))
					.toList();
			}

			@Override
			public void broadcast(Broadcast broadcast) {
				this.sockets.deliver(broadcast);
			}

			@Override
			public void serverSideEmit(Packet event) {
				others().forEach((node) -> node.sockets.serverSideEvent(event, null));
			}

			@Override
			public Flux<Packet> serverSideEmitWithAck(Packet event) {
				return Flux.create((sink) -> {
					others().forEach((node) -> node.sockets.serverSideEvent(event, sink::next));
					sink.complete();
				});
			}

		}

	}

}
