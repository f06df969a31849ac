package io.socketio.recovery.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.socketio.recovery.RecoveryFailure;
import io.socketio.server.SocketIoSocket;

/**
 * What a client has as long as its connection state is recovered: one socket id, over any
 * number of connections.
 */
final class ModelSession {

	final int namespace;

	final String id;

	/**
	 * Moment before the client asked for it.
	 */
	volatile long asked;

	/**
	 * Moment from which it surely existed.
	 */
	volatile long known = Long.MAX_VALUE;

	/**
	 * The server's sockets, oldest first.
	 */
	final List<SocketIoSocket> sockets = new CopyOnWriteArrayList<>();

	final AtomicReference<SocketIoSocket> live = new AtomicReference<>();

	/**
	 * Rooms of the quiet emitter that it is in.
	 */
	final Set<String> quietRooms = ConcurrentHashMap.newKeySet();

	/**
	 * Rooms of the quiet emitter of which that is not known.
	 */
	final Set<Integer> uncertainRooms = ConcurrentHashMap.newKeySet();

	/**
	 * What its attributes must be.
	 */
	final Map<String, Object> data = new ConcurrentHashMap<>();

	/**
	 * When the server last noticed that the connection broke.
	 */
	volatile long disconnectedNanos = Long.MAX_VALUE;

	/**
	 * Why an attempt to recover it may have failed.
	 */
	final Set<RecoveryFailure> excuses = ConcurrentHashMap.newKeySet();

	/**
	 * The client has left, or the server has disconnected it, or will soon.
	 */
	volatile boolean left;

	/**
	 * The server may have been told to forget it.
	 */
	volatile boolean doomed;

	/**
	 * The server has let it go for good.
	 */
	volatile boolean gone;

	/**
	 * Moment from which it must not be recovered any more.
	 */
	volatile long revoked = Long.MAX_VALUE;

	/**
	 * The client has claimed it with an offset of its own invention.
	 */
	volatile boolean bogusOffset;

	ModelSession(int namespace, String id) {
		this.namespace = namespace;
		this.id = id;
	}

	synchronized void known(long tick) {
		this.known = Math.min(this.known, tick);
	}

	synchronized void revoked(long tick) {
		this.revoked = Math.min(this.revoked, tick);
	}

	SocketIoSocket firstSocket() {
		return this.sockets.isEmpty() ? null : this.sockets.get(0);
	}

	SocketIoSocket lastSocket() {
		int count = this.sockets.size();
		return (count > 0) ? this.sockets.get(count - 1) : null;
	}

	@Override
	public String toString() {
		return this.id;
	}

}
