package io.socketio.server;

import java.time.Duration;

/**
 * The part of a socket where modified emits and broadcasts start.
 */
abstract class AbstractEmittingSocket extends AbstractListeningSocket {

	/**
	 * An emitter to the client, without modifiers.
	 * @return the emitter
	 */
	abstract SocketEmitter emitter();

	@Override
	public SocketEmitter timeout(Duration timeout) {
		return emitter().timeout(timeout);
	}

	@Override
	public SocketEmitter volatileEvents() {
		return emitter().volatileEvents();
	}

	@Override
	public SocketEmitter conflate(String key) {
		return emitter().conflate(key);
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return emitter().compress(compress);
	}

	@Override
	public BroadcastOperator to(String... rooms) {
		return broadcast().to(rooms);
	}

	@Override
	public BroadcastOperator in(String... rooms) {
		return to(rooms);
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		return broadcast().except(rooms);
	}

}
