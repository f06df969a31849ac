package io.socketio.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import reactor.core.publisher.Mono;

/**
 * Emits to one socket with modifiers.
 */
final class DefaultSocketEmitter implements SocketEmitter {

	private final DefaultSocket socket;

	private final EmitOptions options;

	DefaultSocketEmitter(DefaultSocket socket, EmitOptions options) {
		this.socket = socket;
		this.options = options;
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		this.socket.emit(this.options, event, args);
	}

	@Override
	public Mono<EventArguments> emitWithAck(String event, @Nullable Object... args) {
		return this.socket.emitWithAck(this.options, event, args);
	}

	@Override
	public SocketEmitter timeout(Duration timeout) {
		Assert.isTrue(!timeout.isNegative(), "timeout must not be negative");
		return new DefaultSocketEmitter(this.socket, this.options.withTimeout(timeout));
	}

	@Override
	public SocketEmitter volatileEvents() {
		return new DefaultSocketEmitter(this.socket, this.options.withDropIfBusy());
	}

	@Override
	public SocketEmitter conflate(String key) {
		Assert.notNull(key, "key must not be null");
		return new DefaultSocketEmitter(this.socket, this.options.withConflationKey(key));
	}

	@Override
	public SocketEmitter compress(boolean compress) {
		return new DefaultSocketEmitter(this.socket, this.options.withCompress(compress));
	}

}
