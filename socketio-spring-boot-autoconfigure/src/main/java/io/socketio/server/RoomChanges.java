package io.socketio.server;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.socketio.adapter.Audience;
import io.socketio.recovery.EventLog;
import io.socketio.server.DefaultSocket.State;

/**
 * Sockets of one namespace join and leave rooms: connected ones, those that are not let
 * in yet, and those whose client is away. Usable from any thread; takes the sequencer.
 */
final class RoomChanges {

	private static final Log logger = LogFactory.getLog(RoomChanges.class);

	private final String namespace;

	private final int maxRooms;

	private final Object sequencer;

	private final Rooms rooms;

	private final RoomEvents events;

	private final @Nullable NamespaceRecovery recovery;

	RoomChanges(String namespace, int maxRooms, Object sequencer, Rooms rooms, RoomEvents events,
			@Nullable NamespaceRecovery recovery) {
		this.namespace = namespace;
		this.maxRooms = maxRooms;
		this.sequencer = sequencer;
		this.rooms = rooms;
		this.events = events;
		this.recovery = recovery;
	}

	private @Nullable EventLog<?> log() {
		return (this.recovery != null) ? this.recovery.log() : null;
	}

	void onChange(RoomListener listener) {
		this.events.add(listener);
	}

	/**
	 * Tell listeners what has changed, unless the caller holds the sequencer.
	 */
	void tell() {
		if (this.events.heard() && !Thread.holdsLock(this.sequencer)) {
			this.events.tell();
		}
	}

	/**
	 * Make sockets join rooms, but for those that would be in too many, also those whose
	 * client is away.
	 * @param audience which sockets
	 * @param names the rooms
	 */
	void socketsJoin(Audience audience, List<String> names) {
		List<Runnable> saves = List.of();
		int full = 0;
		synchronized (this.sequencer) {
			for (DefaultSocket socket : this.rooms.find(audience)) {
				full += joinIfFits(socket, names) ? 0 : 1;
			}
			if (this.recovery != null) {
				saves = this.recovery.sessions().join(audience, names);
			}
		}
		saves.forEach(Runnable::run);
		if (full > 0) {
			logger.warn(full + " sockets of namespace " + this.namespace + " joined nothing, since they would be in "
					+ "more than " + this.maxRooms + " rooms (socketio.limits.max-rooms-per-socket)");
		}
		tell();
	}

	void socketsLeave(Audience audience, List<String> names) {
		List<Runnable> saves = List.of();
		synchronized (this.sequencer) {
			for (DefaultSocket socket : this.rooms.find(audience)) {
				leave(socket, names.toArray(new String[0]));
			}
			if (this.recovery != null) {
				saves = this.recovery.sessions().leave(audience, names);
			}
		}
		saves.forEach(Runnable::run);
		tell();
	}

	Set<String> of(DefaultSocket socket) {
		synchronized (this.sequencer) {
			return (socket.state() == State.CLOSED) ? Set.of() : socket.memberships().rooms();
		}
	}

	/**
	 * Make a socket join rooms.
	 * @param socket the socket
	 * @param names the rooms
	 * @throws IllegalStateException if it would be in too many
	 */
	void join(DefaultSocket socket, String... names) {
		if (!joinIfFits(socket, Arrays.asList(names))) {
			throw new IllegalStateException(socket + " would be in more than " + this.maxRooms
					+ " rooms (socketio.limits.max-rooms-per-socket)");
		}
		tell();
	}

	private boolean joinIfFits(DefaultSocket socket, List<String> names) {
		synchronized (this.sequencer) {
			if (socket.state() == State.CLOSED) {
				return true;
			}
			if (!socket.memberships().fits(names, this.maxRooms)) {
				return false;
			}
			EventLog<?> log = log();
			draftRooms(socket);
			for (String room : names) {
				if (socket.memberships().join(room, (log != null) ? log.last() : 0)) {
					if (socket.state() != State.CONNECTING) {
						this.rooms.join(room, socket);
					}
					else if (this.recovery != null) {
						this.recovery.sessions().joining(socket, room);
					}
				}
			}
			return true;
		}
	}

	void leave(DefaultSocket socket, String... names) {
		synchronized (this.sequencer) {
			if (socket.state() == State.CLOSED) {
				return;
			}
			draftRooms(socket);
			for (String room : names) {
				if (socket.memberships().leave(room, log())) {
					if (socket.state() != State.CONNECTING) {
						this.rooms.leave(room, socket);
					}
					else if (this.recovery != null) {
						this.recovery.sessions().leaving(socket, room);
					}
				}
			}
		}
		tell();
	}

	private void draftRooms(DefaultSocket socket) {
		if (this.recovery != null && socket.state() == State.CONNECTING) {
			this.recovery.sessions().draftRooms(socket);
		}
	}

}
