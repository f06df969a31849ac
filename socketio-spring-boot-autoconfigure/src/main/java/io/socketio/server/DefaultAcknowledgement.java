package io.socketio.server;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.socketio.engine.EngineMessage;
import io.socketio.protocol.Packet;

/**
 * Acknowledges one event by an ACK packet, sent past rooms and recovery.
 */
final class DefaultAcknowledgement implements Acknowledgement {

	private static final Acknowledgement NONE = new Acknowledgement() {

		@Override
		public boolean requested() {
			return false;
		}

		@Override
		public void send(@Nullable Object... args) {
			// nobody waits for it
		}

	};

	private final DefaultSocket socket;

	private final long id;

	private final AtomicBoolean sent = new AtomicBoolean();

	private DefaultAcknowledgement(DefaultSocket socket, long id) {
		this.socket = socket;
		this.id = id;
	}

	static Acknowledgement of(DefaultSocket socket, Packet packet) {
		return (packet.id() != Packet.NO_ID) ? new DefaultAcknowledgement(socket, packet.id()) : NONE;
	}

	@Override
	public boolean requested() {
		return true;
	}

	@Override
	public void send(@Nullable Object... args) {
		ClientConnection connection = this.socket.connection();
		EngineMessage message = connection.encode(Packet.ack(this.socket.namespace().name(), this.id, args));
		if (!this.sent.getAndSet(true)) { // not before it could be encoded, so that an
											// error can still be told
			connection.send(message);
		}
	}

}
