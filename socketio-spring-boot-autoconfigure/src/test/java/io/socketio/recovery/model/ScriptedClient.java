package io.socketio.recovery.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client that does exactly what a test tells it, and hands out packets as they are.
 */
final class ScriptedClient implements AutoCloseable {

	private static final String CLOSED = "closed";

	private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();

	private final WebSocketLink link;

	private ScriptedClient(int port) {
		this.link = WebSocketLink.open(port, new Link.Listener() {

			@Override
			public void onText(String packet) {
				ScriptedClient.this.packets.add(packet);
			}

			@Override
			public void onBinary(byte[] data) {
				ScriptedClient.this.packets.add("binary");
			}

			@Override
			public void onClosed(String description) {
				ScriptedClient.this.packets.add(CLOSED);
			}

		});
		String handshake = next();
		if (handshake.charAt(0) != '0') {
			throw new AssertionError("No handshake: " + handshake);
		}
	}

	/**
	 * Open a connection, without any namespace.
	 * @param port the port
	 * @return the client
	 */
	static ScriptedClient open(int port) {
		return new ScriptedClient(port);
	}

	ScriptedClient send(String packet) {
		this.link.send(packet);
		return this;
	}

	/**
	 * The next packet, or {@code closed} at the end of the connection.
	 * @return the packet
	 */
	String next() {
		try {
			String packet = this.packets.poll(10, TimeUnit.SECONDS);
			if (packet == null) {
				throw new AssertionError("Nothing came");
			}
			return packet;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Join the main namespace.
	 * @return the session
	 */
	Session join() {
		send("40");
		return answer();
	}

	/**
	 * Ask for a session without waiting for the answer.
	 * @param session the session
	 * @param offset the last offset, or {@code null} for none
	 * @return this client
	 */
	ScriptedClient ask(Session session, String offset) {
		String last = (offset != null) ? ",\"offset\":\"" + offset + "\"" : "";
		return send("40{\"pid\":\"" + session.privateId() + "\"" + last + "}");
	}

	/**
	 * Read up to the answer to CONNECT.
	 * @return the session
	 */
	Session answer() {
		List<String> missed = new ArrayList<>();
		String packet = next();
		while (packet.startsWith("42")) {
			missed.add(packet);
			packet = next();
		}
		if (!packet.startsWith("40{")) {
			throw new AssertionError("No answer to CONNECT: " + packet + " behind " + missed);
		}
		String[] parts = packet.split("\"");
		return new Session(parts[3], parts[7], missed);
	}

	/**
	 * Break the connection.
	 */
	void reset() {
		this.link.reset();
	}

	@Override
	public void close() {
		reset();
	}

	/**
	 * The answer to CONNECT.
	 *
	 * @param id id of the socket
	 * @param privateId the secret
	 * @param missed packets before the answer
	 */
	record Session(String id, String privateId, List<String> missed) {

		boolean recovers(Session earlier) {
			return this.id.equals(earlier.id) && this.privateId.equals(earlier.privateId);
		}

	}

}
