package io.socketio.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.protocol.PacketDecoder;
import io.socketio.protocol.PacketFormatException;
import io.socketio.protocol.PacketLimits;
import io.socketio.protocol.PacketType;
import io.socketio.protocol.ReservedEvents;

/**
 * Default {@link TestSocket}. Its state is guarded by the lock of the {@link Inbox}.
 */
final class DefaultTestSocket implements TestSocket, EngineClient.Listener {

	private static final PacketLimits LIMITS = new PacketLimits(Integer.MAX_VALUE, 1 << 16);

	/** Prefix of namespaces that no server should have. */
	private static final String PROBE = "/~";

	private final String namespace;

	private final TesterResources resources;

	private final ConnectRequest request;

	private final Inbox inbox;

	private final AtomicLong ids = new AtomicLong();

	private final Map<Long, TestArguments> acknowledgements = new HashMap<>();

	private final Set<String> probes = new HashSet<>();

	private @Nullable EngineClient client;

	private PacketDecoder decoder;

	private @Nullable ConnectError refusal;

	private boolean connected;

	private boolean recovered;

	private String id = "";

	private @Nullable String privateId;

	private @Nullable String offset;

	DefaultTestSocket(String namespace, TesterResources resources, ConnectRequest request) {
		this.namespace = namespace;
		this.resources = resources;
		this.request = request;
		this.inbox = new Inbox(namespace, request.timeout());
		this.decoder = resources.parser().newDecoder(LIMITS);
	}

	@Override
	public String namespace() {
		return this.namespace;
	}

	@Override
	public String id() {
		return this.inbox.get(() -> this.id);
	}

	@Override
	public boolean connected() {
		return this.inbox.get(() -> this.connected);
	}

	@Override
	public boolean recovered() {
		return this.inbox.get(() -> this.recovered);
	}

	@Override
	public TestSocket timeout(Duration timeout) {
		this.inbox.timeout(ConnectRequest.checked(timeout));
		return this;
	}

	// Connecting

	@Override
	public TestSocket reconnect() {
		connect().ifPresent((error) -> {
			throw new AssertionError("The server refused namespace '" + this.namespace + "': " + error);
		});
		return this;
	}

	/**
	 * Connect and wait for the server's decision.
	 * @return why it refused, empty if it did not
	 */
	Optional<ConnectError> connect() {
		cut();
		EngineClient candidate = new EngineClient(this);
		this.inbox.change(() -> {
			this.client = candidate;
			this.decoder = this.resources.parser().newDecoder(LIMITS);
			this.refusal = null;
			this.acknowledgements.clear();
			this.inbox.end(null);
		});
		try {
			this.resources.open(this, candidate, this.request);
			return this.inbox.<Optional<ConnectError>>await("No answer to CONNECT", () -> {
				boolean decided = this.connected || this.refusal != null;
				return decided ? Optional.ofNullable(this.refusal) : null;
			});
		}
		finally {
			if (!connected()) {
				cut();
			}
		}
	}

	@Override
	public void opened(EngineClient client) {
		ObjectNode auth = this.request.auth().deepCopy();
		this.inbox.change(() -> {
			if (this.privateId != null) {
				auth.put("pid", this.privateId);
			}
			if (this.offset != null) {
				auth.put("offset", this.offset);
			}
		});
		send(client, Packet.connect(this.namespace, auth.isEmpty() ? null : auth));
	}

	@Override
	public void refused(EngineClient client, int status, String body) {
		JsonNode message = null;
		if (body.startsWith("{")) {
			message = this.resources.mapper().readTree(body).get("message");
		}
		end(client, "handshake refused", new ConnectError(status, (message != null) ? message.asString() : body,
				arguments("refusal", List.of())));
	}

	@Override
	public void ended(EngineClient client, String reason) {
		end(client, reason, null);
	}

	private void end(@Nullable EngineClient client, String reason, @Nullable ConnectError error) {
		this.inbox.change(() -> {
			if (client != null && client == this.client) {
				this.client = null;
				this.connected = false;
				this.refusal = error;
				this.inbox.end(reason);
				this.resources.closed(this);
			}
		});
	}

	// Receiving

	@Override
	public void message(EngineClient client, EnginePacket message) {
		this.inbox.change(() -> {
			if (client != this.client) {
				return;
			}
			try {
				Packet packet = message.binary() ? this.decoder.binary(message.data())
						: this.decoder.text(message.data());
				if (packet != null) {
					receive(client, packet);
				}
			}
			catch (PacketFormatException ex) {
				client.cut();
				end(client, "parse error", null);
			}
		});
	}

	private void receive(EngineClient client, Packet packet) {
		if (!packet.namespace().equals(this.namespace)) {
			this.probes.remove(packet.namespace());
			if (packet.type() == PacketType.CONNECT) {
				send(client, Packet.disconnect(packet.namespace())); // a server that has
																		// all
			}
			return;
		}
		JsonNode data = (packet.data() != null) ? (JsonNode) packet.data() : this.resources.mapper().nullNode();
		switch (packet.type()) {
			case CONNECT -> joined(data);
			case CONNECT_ERROR -> {
				List<JsonNode> details = data.has("data") ? List.of(data.get("data")) : List.of();
				String text = data.isString() ? data.stringValue() : data.path("message").asString("");
				client.cut();
				end(client, "refused", new ConnectError(0, text, arguments("refusal", details)));
			}
			case DISCONNECT -> {
				client.cut();
				end(client, "io server disconnect", null);
			}
			case ACK -> this.acknowledgements.put(packet.id(), arguments("acknowledgement", elements(data)));
			default -> this.inbox.add(event(packet, elements(data)));
		}
	}

	private void joined(JsonNode reply) {
		String previous = this.privateId;
		this.id = reply.path("sid").asString("");
		this.privateId = reply.has("pid") ? reply.get("pid").asString() : null;
		this.recovered = previous != null && previous.equals(this.privateId);
		this.connected = true;
	}

	private ReceivedEvent event(Packet packet, List<JsonNode> data) {
		String name = data.isEmpty() ? "" : data.get(0).asString("");
		int end = data.size();
		String offset = null;
		if (packet.id() == Packet.NO_ID && this.privateId != null && end > 1 && data.get(end - 1).isString()) {
			end--;
			offset = data.get(end).stringValue();
			this.offset = offset;
		}
		ReceivedEvent.Answer answer = (packet.id() != Packet.NO_ID)
				? (args) -> send(Packet.ack(this.namespace, packet.id(), args)) : null;
		return new ReceivedEvent(name, data.subList(Math.min(1, end), end), this.resources.mapper(), offset, answer);
	}

	private static List<JsonNode> elements(JsonNode data) {
		return new ArrayList<>(data.values());
	}

	private TestArguments arguments(String owner, List<JsonNode> nodes) {
		return new ReceivedArguments(owner, nodes, this.resources.mapper());
	}

	// Sending

	@Override
	public void emit(String event, @Nullable Object... args) {
		emit(event, Packet.NO_ID, args);
	}

	@Override
	public TestArguments emitWithAck(String event, @Nullable Object... args) {
		long id = this.ids.getAndIncrement();
		emit(event, id, args);
		return this.inbox.await("No acknowledgement of event " + ReceivedEvent.quote(event),
				() -> this.acknowledgements.remove(id));
	}

	private void emit(String event, long id, @Nullable Object[] args) {
		if (ReservedEvents.contains(event)) {
			throw new IllegalArgumentException("Event name " + ReceivedEvent.quote(event) + " is reserved");
		}
		List<@Nullable Object> data = new ArrayList<>(1 + args.length);
		data.add(event);
		data.addAll(Arrays.asList(args));
		send(Packet.event(this.namespace, id, data));
	}

	private void send(Packet packet) {
		EngineClient current = this.inbox.get(() -> {
			if (this.client == null || !this.connected) {
				throw new IllegalStateException(
						"The socket on namespace '" + this.namespace + "' is not connected (" + this.inbox.end() + ")");
			}
			return this.client;
		});
		send(current, packet);
	}

	private void send(EngineClient client, Packet packet) {
		client.send(this.resources.parser().encode(packet).frames());
	}

	// Waiting

	@Override
	public TestEvent expect(String event) {
		return this.inbox.take("No event " + ReceivedEvent.quote(event), (candidate) -> candidate.name().equals(event));
	}

	@Override
	public TestEvent next() {
		return this.inbox.take("No event", (candidate) -> true);
	}

	@Override
	public List<TestEvent> drain() {
		roundTrip();
		return this.inbox.takeAll();
	}

	@Override
	public void expectNoEvent() {
		roundTrip();
		this.inbox.checkNone("Unexpected event", (candidate) -> true);
	}

	@Override
	public void expectNoEvent(String event) {
		roundTrip();
		this.inbox.checkNone("Unexpected event " + ReceivedEvent.quote(event),
				(candidate) -> candidate.name().equals(event));
	}

	@Override
	public void roundTrip() {
		EngineClient current = this.inbox.get(() -> this.connected ? this.client : null);
		if (current != null) {
			probe(current);
		}
	}

	private void probe(EngineClient current) {
		String probe = PROBE + this.ids.getAndIncrement();
		this.inbox.change(() -> this.probes.add(probe));
		send(current, Packet.connect(probe, null));
		this.inbox.await("No answer to a round trip",
				() -> (this.client != current || !this.probes.contains(probe)) ? true : null);
	}

	@Override
	public String expectDisconnect() {
		return this.inbox.await("No disconnect", this.inbox::end);
	}

	// Leaving

	@Override
	public void cut() {
		EngineClient current = this.inbox.get(() -> this.client);
		if (current != null) {
			current.cut();
			end(current, "cut by the test", null);
		}
	}

	@Override
	public void close() {
		EngineClient current = this.inbox.get(() -> this.client);
		if (current != null) {
			try {
				this.inbox.change(() -> this.connected = false);
				send(current, Packet.disconnect(this.namespace));
				probe(current);
			}
			finally {
				cut();
			}
		}
	}

}
