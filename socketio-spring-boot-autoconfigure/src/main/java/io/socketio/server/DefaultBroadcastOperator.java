package io.socketio.server;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;

import io.socketio.adapter.Audience;

/**
 * Broadcasts to an audience of one namespace.
 */
final class DefaultBroadcastOperator implements BroadcastOperator {

	private final DefaultNamespace namespace;

	private final Audience audience;

	private final EmitOptions options;

	DefaultBroadcastOperator(DefaultNamespace namespace, Audience audience, EmitOptions options) {
		this.namespace = namespace;
		this.audience = audience;
		this.options = options;
	}

	@Override
	public BroadcastOperator to(String... rooms) {
		return with(this.audience.to(List.of(rooms)));
	}

	@Override
	public BroadcastOperator in(String... rooms) {
		return to(rooms);
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		return with(this.audience.except(List.of(rooms)));
	}

	@Override
	public BroadcastOperator local() {
		return with(this.options.withLocal());
	}

	@Override
	public BroadcastOperator volatileEvents() {
		return with(this.options.withDropIfBusy());
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return with(this.options.withCompress(compress));
	}

	@Override
	public BroadcastOperator conflate(String key) {
		Assert.notNull(key, "key must not be null");
		return with(this.options.withConflationKey(key));
	}

	private BroadcastOperator with(Audience changed) {
		return new DefaultBroadcastOperator(this.namespace, changed, this.options);
	}

	private BroadcastOperator with(EmitOptions changed) {
		return new DefaultBroadcastOperator(this.namespace, this.audience, changed);
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		this.namespace.broadcast(this.audience, this.options, event, args);
	}

	@Override
	public BroadcastOperator timeout(Duration timeout) {
		Assert.isTrue(!timeout.isNegative(), "timeout must not be negative");
		return with(this.options.withTimeout(timeout));
	}

	@Override
	public Flux<EventArguments> emitWithAck(String event, @Nullable Object... args) {
		return Flux.create((sink) -> this.namespace.broadcastWithAck(this.audience, this.options, event, args, sink));
	}

	@Override
	public Flux<RemoteSocket> fetchSockets() {
		return Flux.defer(() -> Flux.fromArray(this.namespace.sockets().connected(this.audience)));
	}

	@Override
	public void socketsJoin(String... rooms) {
		this.namespace.sockets().roomChanges().socketsJoin(this.audience, List.of(rooms));
	}

	@Override
	public void socketsLeave(String... rooms) {
		this.namespace.sockets().roomChanges().socketsLeave(this.audience, List.of(rooms));
	}

	@Override
	public void disconnectSockets(boolean close) {
		this.namespace.sockets().disconnectSockets(this.audience, close);
	}

}
