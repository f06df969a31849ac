package io.socketio.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogMessage;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.Adapter;
import io.socketio.protocol.Packet;

/**
 * The events that nodes of a cluster send each other in one namespace.
 */
final class ServerSideEvents {

	private static final Log logger = LogFactory.getLog(ServerSideEvents.class);

	private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

	private final String namespace;

	private final JsonMapper mapper;

	private final Map<String, List<EventListener>> listeners = new ConcurrentHashMap<>();

	ServerSideEvents(String namespace, JsonMapper mapper) {
		this.namespace = namespace;
		this.mapper = mapper;
	}

	void on(String event, EventListener listener) {
		this.listeners.computeIfAbsent(event, (name) -> new CopyOnWriteArrayList<>()).add(listener);
	}

	void emit(Adapter adapter, String event, @Nullable Object[] args) {
		adapter.serverSideEmit(packet(event, args));
	}

	Flux<EventArguments> emitWithAck(Adapter adapter, String event, @Nullable Object[] args) {
		return Flux.defer(() -> adapter.serverSideEmitWithAck(packet(event, args)))
			.map((answer) -> JsonEventArguments.of(answer.data(), 0, this.mapper));
	}

	private Packet packet(String event, @Nullable Object[] args) {
		Assert.isTrue(!RESERVED.contains(event), () -> "\"" + event + "\" is a reserved event name");
		return Packet.event(this.namespace, DefaultNamespace.data(event, args));
	}

	/**
	 * Another node has sent an event.
	 * @param event the event
	 * @param answer gets the first answer, or {@code null} if nobody waits for it
	 */
	void received(Packet event, @Nullable Consumer<Packet> answer) {
		JsonEventArguments data = JsonEventArguments.of(event.data(), 0, this.mapper);
		String name = String.valueOf(data.get(0));
		EventArguments arguments = JsonEventArguments.of(event.data(), 1, this.mapper);
		Acknowledgement acknowledgement = new Answer(answer);
		for (EventListener listener : this.listeners.getOrDefault(name, List.of())) {
			try {
				listener.onEvent(arguments, acknowledgement);
			}
			catch (RuntimeException ex) {
				logger.error(LogMessage.format("A listener of server-side event %s of namespace %s failed", name,
						this.namespace), ex);
			}
		}
	}

	private final class Answer implements Acknowledgement {

		private final @Nullable Consumer<Packet> answer;

		private final AtomicBoolean sent = new AtomicBoolean();

		Answer(@Nullable Consumer<Packet> answer) {
			this.answer = answer;
		}

		@Override
		public boolean requested() {
			return this.answer != null;
		}

		@Override
		public void send(@Nullable Object... args) {
			if (this.answer != null && !this.sent.getAndSet(true)) {
				this.answer.accept(Packet.ack(ServerSideEvents.this.namespace, 0, args));
			}
		}

	}

}
