package io.socketio.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * A Socket.IO client that sends and reads packets as they are, over WebSocket or
 * long-polling. It answers heartbeats while it reads, and remembers what the official
 * client would send to recover its state; everything else is up to the test.
 */
public abstract class WireClient implements AutoCloseable {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final String engineId;

	private final Map<String, String> privateIds = new HashMap<>();

	private final Map<String, String> offsets = new HashMap<>();

	private int heartbeats;

	WireClient(String openPacket) {
		if (!openPacket.startsWith("0{\"sid\":\"")) {
			throw new AssertionError("No handshake: " + openPacket);
		}
		this.engineId = openPacket.substring(9, openPacket.indexOf('"', 9));
	}

	public static WireClient webSocket(int port, String... headers) {
		return new WebSocketWireClient(port, headers);
	}

	public static WireClient polling(int port, String... headers) {
		return new PollingWireClient(port, headers);
	}

	/**
	 * Id of the Engine.IO session.
	 * @return the id
	 */
	public String engineId() {
		return this.engineId;
	}

	/**
	 * Send Engine.IO packets as they are; over long-polling as one payload.
	 * @param packets the packets
	 * @return this client
	 */
	public abstract WireClient sendRaw(String... packets);

	/**
	 * Send Socket.IO packets; over long-polling as one payload.
	 * @param packets the packets
	 * @return this client
	 */
	public WireClient send(String... packets) {
		String[] raw = new String[packets.length];
		for (int i = 0; i < packets.length; i++) {
			raw[i] = "4" + packets[i];
		}
		return sendRaw(raw);
	}

	/**
	 * Send an attachment.
	 * @param attachment the bytes
	 * @return this client
	 */
	public abstract WireClient send(byte... attachment);

	/**
	 * Read the next Engine.IO packet.
	 * @return a string, a {@code byte[]} for binary, or {@code null} when the server has
	 * closed the connection
	 */
	abstract Object read();

	/**
	 * Read the next Socket.IO packet.
	 * @return a string, a {@code byte[]} for an attachment, or {@code null} when the
	 * server has closed the connection
	 */
	public Object next() {
		while (true) {
			Object packet = read();
			if ("2".equals(packet)) {
				this.heartbeats++;
				sendRaw("3");
			}
			else if (packet instanceof String text) {
				if (text.charAt(0) == '4') {
					return text.substring(1);
				}
				if (!"6".equals(text)) {
					throw new AssertionError("Unexpected packet " + text);
				}
			}
			else {
				return packet;
			}
		}
	}

	/**
	 * Read the next Socket.IO packet, which must be text.
	 * @return the packet
	 */
	public String text() {
		Object packet = next();
		if (packet instanceof String text) {
			return text;
		}
		throw new AssertionError("No text packet, but " + ((packet != null) ? "binary" : "the end of the connection"));
	}

	/**
	 * Read the next message, which must be binary.
	 * @return the bytes
	 */
	public byte[] binary() {
		Object packet = next();
		if (packet instanceof byte[] bytes) {
			return bytes;
		}
		throw new AssertionError("No binary message, but " + packet);
	}

	/**
	 * Read all packets until the server closes the connection.
	 * @return the packets
	 */
	public List<Object> untilClosed() {
		List<Object> packets = new ArrayList<>();
		for (Object packet = next(); packet != null; packet = next()) {
			packets.add(packet);
		}
		return packets;
	}

	/**
	 * Let time pass: read a number of heartbeats, and nothing else.
	 * @param count number of heartbeats
	 */
	public void heartbeats(int count) {
		for (int i = 0; i < count; i++) {
			Object packet = read();
			if (!"2".equals(packet)) {
				throw new AssertionError("No heartbeat, but " + packet);
			}
			sendRaw("3");
		}
	}

	/**
	 * Number of heartbeats that were answered on the way.
	 * @return the number
	 */
	public int heartbeats() {
		return this.heartbeats;
	}

	/**
	 * Read the next packet, which must be an event.
	 * @return the event
	 */
	public WireEvent event() {
		return event(text());
	}

	private WireEvent event(String packet) {
		String namespace = namespace(packet);
		WireEvent event = WireEvent.parse(packet, this.privateIds.containsKey(namespace));
		for (int i = 0; i < WireEvent.attachmentCount(packet); i++) {
			event.attachments().add(binary());
		}
		if (event.offset() != null) {
			this.offsets.put(namespace, event.offset());
		}
		return event;
	}

	private static String namespace(String packet) {
		int start = packet.indexOf('/');
		int json = packet.indexOf('[');
		return (start < 0 || (json >= 0 && start > json)) ? "/" : packet.substring(start, packet.indexOf(',', start));
	}

	// Joining

	/**
	 * Join the main namespace.
	 * @return the server's reply
	 */
	public Reply connect() {
		return connect("/", Map.of());
	}

	/**
	 * Join a namespace; the reply must be a CONNECT packet, which only events may come
	 * before.
	 * @param namespace name of the namespace
	 * @param auth payload
	 * @return the server's reply
	 */
	public Reply connect(String namespace, Map<String, ?> auth) {
		sendConnect(namespace, auth);
		return reply(namespace, auth.containsKey("pid"));
	}

	public WireClient sendConnect(String namespace, Map<String, ?> auth) {
		String prefix = "/".equals(namespace) ? "0" : "0" + namespace + ",";
		return send(auth.isEmpty() ? prefix : prefix + MAPPER.writeValueAsString(auth));
	}

	/**
	 * Read the reply to a CONNECT packet, and missed events before it.
	 * @param namespace name of the namespace
	 * @param recovery whether missed events may come
	 * @return the reply
	 */
	public Reply reply(String namespace, boolean recovery) {
		String expected = "/".equals(namespace) ? "0{" : "0" + namespace + ",{";
		List<WireEvent> missed = new ArrayList<>();
		if (recovery) {
			this.privateIds.putIfAbsent(namespace, "");
		}
		String packet = text();
		while (!packet.startsWith(expected)) {
			if (!packet.startsWith("2") && !packet.startsWith("5")) {
				throw new AssertionError("No reply, but " + packet);
			}
			missed.add(event(packet));
			packet = text();
		}
		Map<?, ?> payload = MAPPER.readValue(packet.substring(expected.length() - 1), Map.class);
		String privateId = (String) payload.get("pid");
		if (privateId != null) {
			this.privateIds.put(namespace, privateId);
		}
		return new Reply((String) payload.get("sid"), privateId, missed);
	}

	/**
	 * Payload by which the official client would come back after this connection: the
	 * private id and the last offset.
	 * @return the payload
	 */
	public Map<String, String> recovery() {
		return recovery("/");
	}

	public Map<String, String> recovery(String namespace) {
		Map<String, String> auth = new LinkedHashMap<>();
		auth.put("pid", this.privateIds.get(namespace));
		String offset = this.offsets.get(namespace);
		if (offset != null) {
			auth.put("offset", offset);
		}
		return auth;
	}

	/**
	 * Let the server know that the connection is over.
	 */
	public abstract void leave();

	/**
	 * End the connection without a word.
	 */
	@Override
	public abstract void close();

	/**
	 * The reply to a CONNECT packet.
	 *
	 * @param sid public id of the socket
	 * @param pid private id, or {@code null}
	 * @param missed events that came before the reply
	 */
	public record Reply(String sid, String pid, List<WireEvent> missed) {

	}

}
