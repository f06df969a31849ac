package io.socketio.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A namespace as a broadcast operator: everything but {@link #emit} starts from an
 * operator that addresses all its sockets.
 */
abstract class AbstractBroadcaster implements BroadcastOperator {

	/**
	 * An operator that addresses all sockets.
	 * @return the operator
	 */
	abstract BroadcastOperator operator();

	@Override
	public BroadcastOperator to(String... rooms) {
		return operator().to(rooms);
	}

	@Override
	public BroadcastOperator in(String... rooms) {
		return operator().to(rooms);
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		return operator().except(rooms);
	}

	@Override
	public BroadcastOperator local() {
		return operator().local();
	}

	@Override
	public BroadcastOperator volatileEvents() {
		return operator().volatileEvents();
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return operator().compress(compress);
	}

	@Override
	public BroadcastOperator conflate(String key) {
		return operator().conflate(key);
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		operator().emit(event, args);
	}

	@Override
	public BroadcastOperator timeout(Duration timeout) {
		return operator().timeout(timeout);
	}

	@Override
	public Flux<EventArguments> emitWithAck(String event, @Nullable Object... args) {
		return operator().emitWithAck(event, args);
	}

	@Override
	public Flux<RemoteSocket> fetchSockets() {
		return operator().fetchSockets();
	}

	@Override
	public void socketsJoin(String... rooms) {
		operator().socketsJoin(rooms);
	}

	@Override
	public void socketsLeave(String... rooms) {
		operator().socketsLeave(rooms);
	}

	@Override
	public void disconnectSockets(boolean close) {
		operator().disconnectSockets(close);
	}

}
