package io.socketio.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.socketio.adapter.Audience;
import io.socketio.adapter.Broadcast;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.Fanout;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.Packet;
import io.socketio.recovery.EventLog;
import io.socketio.server.DefaultSocket.State;
import io.socketio.server.NamespaceRecovery.Replay;

/**
 * The sockets of a namespace and their rooms. Its sequencer, a lock held for moments,
 * makes one order of all that matters for recovery: an event is numbered, logged and put
 * into the queues of its recipients in one step, and so is a socket's coming and going.
 * Therefore the order of the log is the order of writing on every connection.
 */
final class NamespaceSockets {

	private final String namespace;

	private final ServerContext context;

	private final Object sequencer = new Object();

	private final RoomEvents roomEvents = new RoomEvents();

	private final Rooms rooms = new Rooms(this.roomEvents);

	private final @Nullable NamespaceRecovery recovery;

	private final RoomChanges roomChanges;

	private volatile boolean outgoingListened;

	private final @Nullable Runnable emptied;

	/**
	 * Sockets that are here or about to come. Guarded.
	 */
	private int occupants;

	/**
	 * Nobody can come any more. Guarded.
	 */
	private boolean retired;

	/**
	 * Create an empty namespace.
	 * @param namespace its name
	 * @param context the server
	 * @param emptied called without the sequencer when nobody is here, nor may be able to
	 * come back; or {@code null}
	 */
	NamespaceSockets(String namespace, ServerContext context, @Nullable Runnable emptied) {
		this.namespace = namespace;
		this.context = context;
		this.emptied = emptied;
		this.recovery = NamespaceRecovery.create(namespace, context, this.sequencer, this::checkEmptied);
		this.roomChanges = new RoomChanges(namespace, context.options().maxRoomsPerSocket(), this.sequencer, this.rooms,
				this.roomEvents, this.recovery);
	}

	@Nullable NamespaceRecovery recovery() {
		return this.recovery;
	}

	/**
	 * The way for sockets to join and leave rooms.
	 * @return changes of rooms
	 */
	RoomChanges roomChanges() {
		return this.roomChanges;
	}

	private @Nullable EventLog<?> log() {
		return (this.recovery != null) ? this.recovery.log() : null;
	}

	// Sending

	/**
	 * Send an event that asks for an acknowledgement, also by a later connection of a
	 * socket whose state is recovered.
	 * @param socket the socket
	 * @param packet the event
	 * @param message the event, encoded
	 * @param waiting registers who waits for the acknowledgement
	 */
	void sendForAck(DefaultSocket socket, Packet packet, EngineMessage message, Consumer<PendingAcks.Event> waiting) {
		synchronized (this.sequencer) {
			waiting.accept(pendingEvent(packet.id(), message));
			// The socket may have been recovered since its object was handed out
			DefaultSocket current = this.rooms.find(socket.id());
			if (current != null && current.state() == State.CONNECTED) {
				current.session().send(message);
				current.sent(packet);
			}
		}
	}

	/**
	 * Send an event that asks everyone it is for for an acknowledgement.
	 * @param audience whom it is for
	 * @param dropIfBusy whether it is dropped for connections that cannot take it at once
	 * @param packet the event
	 * @param message the event, encoded
	 * @param acks waits for the acknowledgements
	 */
	void broadcastForAck(Audience audience, boolean dropIfBusy, Packet packet, EngineMessage message,
			BroadcastAcks acks) {
		Fanout fanout = new Fanout(message, dropIfBusy);
		DefaultSocket[] recipients;
		synchronized (this.sequencer) {
			recipients = this.rooms.find(audience);
			PendingAcks.Event event = pendingEvent(packet.id(), message);
			for (DefaultSocket socket : recipients) {
				if (socket.state() == State.CONNECTED) {
					acks.expect(event, socket.acks());
					fanout.add(socket.session());
				}
			}
		}
		fanout.flush();
		sent(recipients, packet);
	}

	private PendingAcks.Event pendingEvent(long id, EngineMessage message) {
		EventLog<?> log = log();
		return new PendingAcks.Event(id, (log != null) ? log.last() : 0, message);
	}

	/**
	 * Send to one socket, or as soon as it is let in.
	 * @param socket the socket
	 * @param evenIfClosed whether to send to a socket that was connected and is gone
	 * @param send sends
	 */
	void send(DefaultSocket socket, boolean evenIfClosed, Runnable send) {
		send(socket, evenIfClosed, send, () -> {
		});
	}

	/**
	 * As {@link #send(DefaultSocket, boolean, Runnable)}, for who must know if it is not
	 * sent.
	 * @param socket the socket
	 * @param evenIfClosed whether to send to a socket that was connected and is gone
	 * @param send sends
	 * @param dropped called if the socket is not let in, or has left
	 */
	void send(DefaultSocket socket, boolean evenIfClosed, Runnable send, Runnable dropped) {
		if (socket.state() == State.CONNECTING) {
			synchronized (this.sequencer) {
				if (socket.state() == State.CONNECTING) {
					socket.defer(send, dropped);
					return;
				}
			}
		}
		if (socket.state() == State.CONNECTED || (evenIfClosed && socket.admitted())) {
			send.run();
		}
		else {
			dropped.run();
		}
	}

	/**
	 * Send an event to one socket that is connected, without keeping it for recovery. Its
	 * offset is the newest one, which is as valid for the client.
	 * @param socket the socket
	 * @param event the event
	 */
	void sendUnlogged(DefaultSocket socket, Broadcast event) {
		synchronized (this.sequencer) {
			if (socket.state() != State.CONNECTED) {
				return;
			}
			EventLog<?> log = log();
			if (log != null) {
				event.encoded().fillOffset(log.offset(log.last()));
			}
			socket.session().send(EngineMessage.of(event.encoded().frames(), event.compress()));
		}
		socket.sent(event.packet());
	}

	/**
	 * Number and log an event, and put it into the queues of its recipients.
	 * @param broadcast the event
	 */
	void deliver(Broadcast broadcast) {
		Fanout fanout;
		DefaultSocket[] recipients;
		synchronized (this.sequencer) {
			recipients = this.rooms.find(broadcast.audience());
			if (recipients.length == 0 && (this.recovery == null || this.recovery.unheard(broadcast))) {
				return;
			}
			EngineMessage message = message(broadcast, recipients);
			long position = (this.recovery != null) ? this.recovery.number(broadcast, message) : 0;
			fanout = new Fanout(message, broadcast.dropIfBusy());
			for (DefaultSocket socket : recipients) {
				if (position > 0) {
					socket.addressed(position);
				}
				if (socket.state() == State.CONNECTED) {
					fanout.add(socket.session());
				}
			}
		}
		fanout.flush();
		sent(recipients, broadcast.packet());
		enforceBudget();
	}

	// Locks of other namespaces are taken for it, which must not be done under this one's
	private void enforceBudget() {
		if (this.recovery != null && !Thread.holdsLock(this.sequencer)) {
			this.recovery.enforceBudget();
		}
	}

	/**
	 * From now on, tell sockets of what is sent to them.
	 */
	void listenToOutgoing() {
		this.outgoingListened = true;
	}

	private void sent(DefaultSocket[] recipients, Packet packet) {
		if (this.outgoingListened) {
			for (DefaultSocket socket : recipients) {
				socket.sent(packet);
			}
		}
	}

	private static EngineMessage message(Broadcast broadcast, DefaultSocket[] recipients) {
		List<EnginePacket> frames = broadcast.encoded().frames();
		Set<String> names = broadcast.audience().rooms();
		boolean single = recipients.length == 1 && names.size() == 1 && names.contains(recipients[0].id());
		return single ? EngineMessage.of(frames, broadcast.compress())
				: EngineMessage.shared(frames, broadcast.compress());
	}

	// Coming and going

	/**
	 * Keep the namespace until a socket is detached that is yet to come.
	 * @return {@code false} if the namespace is retired
	 */
	boolean enter() {
		synchronized (this.sequencer) {
			if (this.retired) {
				return false;
			}
			this.occupants++;
			return true;
		}
	}

	/**
	 * Let nobody in any more, if nobody is here or can come back.
	 * @return {@code false} if somebody is or can
	 */
	boolean retire() {
		synchronized (this.sequencer) {
			this.retired |= empty();
			return this.retired;
		}
	}

	private boolean empty() {
		return this.occupants == 0 && (this.recovery == null || this.recovery.sessions().nobodyAway());
	}

	private void checkEmptied() {
		if (this.emptied != null) {
			this.emptied.run();
		}
	}

	/**
	 * Let a socket in: what it missed, what middlewares emitted and the CONNECT reply are
	 * sent, and events reach it from now on, in one step.
	 * @param socket the socket
	 * @param reply makes the CONNECT reply
	 * @return {@code false} if the recovered socket's missed events are not complete any
	 * more
	 */
	boolean attach(DefaultSocket socket, EngineMessage reply) {
		Replay replay = Replay.NONE;
		synchronized (this.sequencer) {
			if (this.recovery != null) {
				replay = this.recovery.replay(socket);
			}
			if (replay.complete()) {
				join(socket, reply);
			}
		}
		enforceBudget();
		replay.published().run();
		this.roomChanges.tell();
		return replay.complete();
	}

	private void join(DefaultSocket socket, EngineMessage reply) {
		EventLog<?> log = log();
		if (!socket.recovered()) {
			socket.memberships().join(socket.id(), (log != null) ? log.last() : 0);
		}
		this.rooms.add(socket);
		socket.admit();
		socket.runDeferred();
		socket.session().send(reply);
	}

	/**
	 * Tell a socket's client that it is disconnected; nothing is sent to it afterwards,
	 * and its state is not kept, even if the connection breaks in this moment.
	 * @param socket the socket
	 * @return {@code false} if it was not connected
	 */
	boolean leave(DefaultSocket socket) {
		return leave(socket, List.of());
	}

	/**
	 * As {@link #leave(DefaultSocket)}, with last words.
	 * @param socket the socket
	 * @param lastWords packets in front of the DISCONNECT
	 * @return {@code false} if it was not connected
	 */
	boolean leave(DefaultSocket socket, List<EnginePacket> lastWords) {
		List<EnginePacket> packets = new ArrayList<>(lastWords);
		packets.addAll(this.context.parser().encode(Packet.disconnect(this.namespace)).frames());
		EngineMessage farewell = EngineMessage.of(packets, true);
		synchronized (this.sequencer) {
			if (!leaveSilently(socket)) {
				return false;
			}
			socket.session().send(farewell);
			return true;
		}
	}

	/**
	 * As {@link #leave(DefaultSocket)}, for a caller that tells the client.
	 * @param socket the socket
	 * @return {@code false} if it was not connected
	 */
	boolean leaveSilently(DefaultSocket socket) {
		synchronized (this.sequencer) {
			if (socket.state() != State.CONNECTED) {
				return false;
			}
			socket.state(State.LEAVING);
			return true;
		}
	}

	/**
	 * Take a socket out of the namespace. Called on its lane.
	 * @param socket the socket
	 * @param reason why
	 */
	void detach(DefaultSocket socket, DisconnectReason reason) {
		socket.expiry(null);
		boolean connected = socket.connected();
		if (connected) {
			if (!socket.startDetaching()) {
				return; // a listener that is told of it disconnects the socket
			}
			socket.notifyDisconnecting(effective(reason, socket));
		}
		Runnable save = socket::release;
		List<Runnable> dropped;
		DisconnectReason effective;
		boolean emptied;
		synchronized (this.sequencer) {
			if (socket.state() == State.CLOSED) {
				return;
			}
			effective = effective(reason, socket);
			if (this.recovery != null) {
				save = this.recovery.sessions().release(socket, effective);
			}
			if (connected) {
				this.rooms.remove(socket);
			}
			socket.state(State.CLOSED);
			dropped = socket.dropDeferred();
			this.occupants--;
			emptied = empty();
		}
		if (this.recovery != null) {
			this.recovery.sessions().enforceQuota();
		}
		this.roomChanges.tell();
		dropped.forEach((drop) -> NamespaceSetup.guard(socket, drop));
		if (connected) {
			socket.notifyDisconnect(effective);
		}
		save.run(); // after the listeners, which may still change the socket's data
		if (emptied) {
			checkEmptied();
		}
	}

	// A connection may break when the server has just disconnected the socket
	private static DisconnectReason effective(DisconnectReason reason, DefaultSocket socket) {
		return (socket.state() == State.LEAVING) ? DisconnectReason.SERVER_NAMESPACE_DISCONNECT : reason;
	}

	void disconnectSockets(Audience audience, boolean close) {
		List<DefaultSocket> left = new ArrayList<>();
		List<Runnable> forgotten = new ArrayList<>();
		synchronized (this.sequencer) {
			for (DefaultSocket socket : this.rooms.find(audience)) {
				if (leave(socket)) {
					left.add(socket);
				}
			}
			if (this.recovery != null) {
				forgotten.addAll(this.recovery.sessions().forget(audience));
			}
		}
		left.forEach((socket) -> socket.connection().left(socket, close));
		forgotten.forEach(Runnable::run);
	}

	boolean forgetSession(String socketId) {
		Runnable forgotten = null;
		if (this.recovery != null) {
			synchronized (this.sequencer) {
				forgotten = this.recovery.sessions().forget(socketId);
			}
		}
		if (forgotten == null) {
			return false;
		}
		forgotten.run();
		return true;
	}

	DefaultSocket[] connected(Audience audience) {
		synchronized (this.sequencer) {
			DefaultSocket[] found = this.rooms.find(audience);
			return Arrays.stream(found)
				.filter((socket) -> socket.state() == State.CONNECTED)
				.toArray(DefaultSocket[]::new);
		}
	}

	DefaultSocket[] everyone() {
		synchronized (this.sequencer) {
			return this.rooms.everyone();
		}
	}

}
