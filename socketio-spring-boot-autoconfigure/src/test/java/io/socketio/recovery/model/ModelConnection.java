package io.socketio.recovery.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.recovery.model.Attempt.Received;
import io.socketio.recovery.model.Attempt.State;
import io.socketio.recovery.model.ClientStep.Cut;
import io.socketio.recovery.model.ClientStep.LinkType;
import io.socketio.recovery.model.EmitterStep.Flag;

/**
 * One connection of a client. Does what the official client does, but for one thing:
 * events that came before the answer to CONNECT, when the connection breaks before that
 * answer, are dropped. (The official one keeps them, and processes them twice.)
 */
final class ModelConnection implements Link.Listener {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private final ProgramRun run;

	final ModelClient client;

	private final Map<String, Attempt> attempts = new LinkedHashMap<>();

	private Link link;

	private boolean open;

	private boolean closed;

	private boolean abandoned;

	/**
	 * How many events to process, or to get before the answer, until the connection
	 * breaks; negative for no such limit.
	 */
	private int cutAfter = -1;

	private int cutReplay = -1;

	private Cut cut = Cut.RESET;

	private Received awaitingAttachment;

	ModelConnection(ProgramRun run, ModelClient client) {
		this.run = run;
		this.client = client;
	}

	synchronized void add(Attempt attempt) {
		this.attempts.put(this.run.namespace(attempt.namespace), attempt);
		if (this.open) {
			ask(attempt);
		}
	}

	void open(LinkType type) {
		int port = this.run.port();
		Link opened = (type == LinkType.WEBSOCKET) ? WebSocketLink.open(port, this)
				: PollingLink.open(port, type == LinkType.UPGRADE, this);
		synchronized (this) {
			this.link = opened;
			if (this.abandoned) {
				opened.reset();
			}
			if (this.open) {
				List.copyOf(this.attempts.values()).forEach(this::ask);
			}
		}
	}

	// From the server

	@Override
	public synchronized void onText(String packet) {
		if (this.abandoned) {
			return;
		}
		if (packet.charAt(0) == '0') {
			this.open = true;
			if (this.link != null) {
				List.copyOf(this.attempts.values()).forEach(this::ask);
			}
			return;
		}
		message(packet);
		notifyAll();
	}

	private void ask(Attempt attempt) {
		String name = this.run.namespace(attempt.namespace);
		StringBuilder auth = new StringBuilder("{\"attempt\":").append(attempt.id);
		if (attempt.privateId != null) {
			auth.append(",\"pid\":\"").append(attempt.privateId).append('"');
			if (attempt.bogusOffset) {
				attempt.session.bogusOffset = true;
				auth.append(",\"offset\":\"bogus\"");
			}
			else if (attempt.offset != null) {
				auth.append(",\"offset\":\"").append(attempt.offset).append('"');
			}
		}
		attempt.asked = this.run.tick();
		this.run.trace(() -> attempt + " asks: " + auth);
		this.link.send("40" + prefix(name) + auth.append('}'));
		if (this.cutReplay == 0) {
			abandon(this.cut);
		}
	}

	private static String prefix(String namespace) {
		return namespace.equals("/") ? "" : namespace + ",";
	}

	private void message(String packet) {
		char type = packet.charAt(1);
		int index = 2;
		if (type == '5') {
			index = packet.indexOf('-') + 1;
		}
		String namespace = "/";
		if (index < packet.length() && packet.charAt(index) == '/') {
			int comma = packet.indexOf(',', index);
			namespace = packet.substring(index, (comma > 0) ? comma : packet.length());
			index = (comma > 0) ? comma + 1 : packet.length();
		}
		int start = index;
		while (index < packet.length() && Character.isDigit(packet.charAt(index))) {
			index++;
		}
		long id = (index > start) ? Long.parseLong(packet.substring(start, index)) : -1;
		JsonNode data = (index < packet.length()) ? JSON.readTree(packet.substring(index)) : null;
		Attempt attempt = this.attempts.get(namespace);
		if (attempt == null) {
			this.run.violation("Packet for another namespace: " + packet);
			return;
		}
		switch (type) {
			case '0' -> connected(attempt, data);
			case '1' -> disconnected(attempt);
			case '2', '5' -> event(attempt, id, data, type == '5');
			case '3' -> this.client.answered(id);
			case '4' -> refused(attempt, data);
			default -> this.run.violation("Unknown packet " + packet);
		}
	}

	private void connected(Attempt attempt, JsonNode reply) {
		String id = reply.get("sid").asString();
		String privateId = reply.get("pid").asString();
		if (attempt.state != State.ASKING) {
			this.run.violation("A second answer to " + attempt);
			return;
		}
		attempt.recovered = privateId.equals(attempt.privateId);
		ModelSession session = this.run.session(attempt.namespace, id);
		if (attempt.recovered != (session == attempt.session)) {
			this.run.violation("Either the id or the private id is another one: " + attempt + " got " + reply);
		}
		if (!attempt.recovered) {
			if (attempt.privateId != null) {
				attempt.session.excuses.addAll(this.run.excuses(attempt));
			}
			session.asked = attempt.asked;
		}
		attempt.session = session;
		attempt.privateId = privateId;
		session.known(this.run.tick());
		attempt.letIn();
		attempt.state = State.CONNECTED;
		this.run.trace(() -> attempt + " got " + attempt.buffer.size() + " events and the answer");
		this.cutReplay = -1;
		for (Received event : attempt.buffer) {
			if (!this.abandoned) {
				process(event);
			}
		}
		this.client.known(attempt);
	}

	private void refused(Attempt attempt, JsonNode payload) {
		this.run.trace(() -> attempt + " refused: " + payload);
		if (!attempt.buffer.isEmpty()) {
			this.run.violation("Events before a refusal: " + attempt + ": " + attempt.buffer);
		}
		if (!"no".equals(payload.get("message").asString())) {
			this.run.violation("Refused by the server itself: " + attempt + ": " + payload);
		}
		attempt.state = State.REFUSED;
	}

	private void disconnected(Attempt attempt) {
		this.run.trace(() -> attempt + " disconnected");
		if (attempt.state != State.CONNECTED && attempt.state != State.LEFT || !attempt.session.left) {
			this.run.violation("Disconnected for no reason: " + attempt);
		}
		attempt.state = State.DISCONNECTED;
	}

	private void event(Attempt attempt, long ackId, JsonNode data, boolean binary) {
		if (attempt.state == State.LEFT) {
			return;
		}
		if (attempt.state == State.REFUSED || attempt.state == State.DISCONNECTED) {
			this.run.violation("Event for " + attempt + ": " + data);
			return;
		}
		boolean nameOnly = data.get(0).asString().startsWith("n:");
		String[] name = nameOnly ? data.get(0).asString().substring(2).split(":") : null;
		Emission emission = nameOnly ? this.run.emission(name[0], Integer.parseInt(name[1]))
				: this.run.emission(data.get(1).asString(), data.get(2).asInt());
		if (emission == null) {
			this.run.violation("Nobody has emitted " + data);
			return;
		}
		JsonNode last = data.get(data.size() - 1);
		boolean ack = ackId >= 0;
		int size = nameOnly ? 1 : (emission.is(Flag.BINARY) || emission.is(Flag.TRAILING_STRING)) ? 5 : 4;
		if (data.size() != (ack ? size : size + 1) || !ack && !last.isString() || ack != emission.is(Flag.ACK)
				|| binary != emission.is(Flag.BINARY) || !nameOnly && data.get(3).get("v").asInt() != emission.number) {
			this.run.violation("Not as it was emitted: " + emission + ": " + data);
		}
		Received event = new Received(emission, ack ? null : last.asString(), ackId, attempt,
				attempt.state == State.ASKING);
		if (binary) {
			this.awaitingAttachment = event;
		}
		else {
			complete(event);
		}
	}

	@Override
	public synchronized void onBinary(byte[] data) {
		if (this.abandoned) {
			return;
		}
		Received event = this.awaitingAttachment;
		this.awaitingAttachment = null;
		if (event == null && this.attempts.values().stream().anyMatch((attempt) -> attempt.state == State.LEFT)) {
			return;
		}
		String text = new String(data, StandardCharsets.UTF_8);
		if (event == null || !text.equals(event.emission().emitter + "/" + event.emission().number)) {
			this.run.violation("Attachment " + text + " does not belong to " + event);
			return;
		}
		complete(event);
		notifyAll();
	}

	private void complete(Received event) {
		if (this.awaitingAttachment != null) {
			this.run.violation(event + " comes between " + this.awaitingAttachment + " and its attachment");
		}
		if (!event.early()) {
			if (event.attempt().state == State.CONNECTED) {
				process(event);
			}
			return;
		}
		event.attempt().buffer.add(event);
		if (this.cutReplay > 0 && --this.cutReplay == 0) {
			this.run.trace(() -> event.attempt() + " is cut in its replay");
			abandon(this.cut);
		}
	}

	private void process(Received event) {
		Attempt attempt = event.attempt();
		attempt.received.add(event);
		if (event.offset() != null) {
			attempt.offset = event.offset();
			if (event.emission().logged()) {
				this.run.offset(event.emission(), event.offset());
			}
		}
		else {
			this.client.acknowledge(event);
		}
		if (this.cutAfter > 0 && --this.cutAfter == 0) {
			this.run.trace(() -> attempt + " is cut after " + event.emission());
			abandon(this.cut);
		}
	}

	@Override
	public synchronized void onClosed(String description) {
		this.closed = true;
		if (!this.abandoned) {
			this.run.trace(() -> "closed by the server, " + description + ": " + this.attempts.values());
			this.run.closedByServer(this, description);
		}
		notifyAll();
	}

	// To the server

	synchronized void sendAck(Received event) {
		if (usable()) {
			this.link.send("43" + prefix(this.run.namespace(event.attempt().namespace)) + event.ackId() + "[\""
					+ event.emission().emitter + "\"," + event.emission().number + "]");
		}
	}

	synchronized void sendEvent(int namespace, long ackId, String json) {
		if (usable()) {
			this.link.send("42" + prefix(this.run.namespace(namespace)) + ackId + json);
		}
	}

	/**
	 * Leave a namespace. What still arrives for it is ignored.
	 * @param attempt the attempt
	 */
	synchronized void leave(Attempt attempt) {
		if (usable() && attempt.state == State.CONNECTED) {
			attempt.session.left = true;
			attempt.state = State.LEFT;
			int namespace = attempt.namespace;
			String name = this.run.namespace(namespace);
			this.link.send("41" + (name.equals("/") ? "" : name + ","));
		}
	}

	synchronized boolean usable() {
		return this.open && !this.closed && !this.abandoned;
	}

	synchronized void pause(boolean pause) {
		if (usable()) {
			this.link.pause(pause);
		}
	}

	// Cuts

	synchronized void cutAfter(int events, Cut cut) {
		this.cutAfter = events;
		this.cut = cut;
	}

	synchronized void cutReplay(int events, Cut cut) {
		this.cutReplay = events;
		this.cut = cut;
	}

	/**
	 * Take nothing from this connection any more.
	 * @param cut what the server learns of it
	 */
	synchronized void abandon(Cut cut) {
		if (this.abandoned) {
			return;
		}
		this.abandoned = true;
		if (this.attempts.values().stream().anyMatch((attempt) -> attempt.state == State.ASKING)) {
			this.client.broken = true;
		}
		if (!this.closed && this.link != null) {
			switch (cut) {
				case CLOSE -> this.link.close();
				case RESET -> this.link.reset();
				case FREEZE -> this.link.pause(true);
			}
		}
		notifyAll();
	}

	synchronized boolean abandoned() {
		return this.abandoned;
	}

	/**
	 * End what a frozen connection still holds.
	 */
	synchronized void dispose() {
		abandon(Cut.RESET);
		if (this.link != null) {
			this.link.reset();
		}
	}

	synchronized boolean await(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		try {
			while (!condition.getAsBoolean()) {
				if (this.closed || this.abandoned) {
					return false;
				}
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					this.run.violation("Not in time: " + what + " for " + this.attempts.values());
					abandon(Cut.RESET);
					return false;
				}
				wait(left);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait until all attempts are answered.
	 * @return {@code false} if the connection is gone
	 */
	boolean awaitAnswers() {
		return await("an answer to CONNECT",
				() -> this.attempts.values().stream().allMatch((attempt) -> attempt.state != State.ASKING));
	}

	synchronized List<Attempt> attempts() {
		return List.copyOf(this.attempts.values());
	}

}
