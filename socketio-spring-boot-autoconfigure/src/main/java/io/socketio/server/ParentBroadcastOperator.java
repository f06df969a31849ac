package io.socketio.server;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Does with each child of a parent namespace what it is told to do.
 */
final class ParentBroadcastOperator implements BroadcastOperator {

	private final Collection<DefaultNamespace> children;

	private final UnaryOperator<BroadcastOperator> modifiers;

	ParentBroadcastOperator(Collection<DefaultNamespace> children, UnaryOperator<BroadcastOperator> modifiers) {
		this.children = children;
		this.modifiers = modifiers;
	}

	private BroadcastOperator with(UnaryOperator<BroadcastOperator> modifier) {
		return new ParentBroadcastOperator(this.children, (child) -> modifier.apply(this.modifiers.apply(child)));
	}

	private void each(Consumer<BroadcastOperator> action) {
		this.children.forEach((child) -> action.accept(this.modifiers.apply(child.operator())));
	}

	@Override
	public BroadcastOperator to(String... rooms) {
		return with((child) -> child.to(rooms));
	}

	@Override
	public BroadcastOperator in(String... rooms) {
		return to(rooms);
	}

	@Override
	public BroadcastOperator except(String... rooms) {
		return with((child) -> child.except(rooms));
	}

	@Override
	public BroadcastOperator local() {
		return with(BroadcastOperator::local);
	}

	@Override
	public BroadcastOperator volatileEvents() {
		return with(BroadcastOperator::volatileEvents);
	}

	@Override
	public BroadcastOperator compress(boolean compress) {
		return with((child) -> child.compress(compress));
	}

	@Override
	public BroadcastOperator conflate(String key) {
		return with((child) -> child.conflate(key));
	}

	@Override
	public BroadcastOperator timeout(Duration timeout) {
		return with((child) -> child.timeout(timeout));
	}

	@Override
	public void emit(String event, @Nullable Object... args) {
		each((child) -> child.emit(event, args));
	}

	@Override
	public Flux<EventArguments> emitWithAck(String event, @Nullable Object... args) {
		return fromEach((child) -> child.emitWithAck(event, args));
	}

	@Override
	public Flux<RemoteSocket> fetchSockets() {
		return fromEach(BroadcastOperator::fetchSockets);
	}

	// An error of one child is told when the others are done
	private <T> Flux<T> fromEach(Function<BroadcastOperator, Flux<T>> action) {
		return Flux.defer(() -> Flux.fromIterable(this.children))
			.flatMapDelayError((child) -> action.apply(this.modifiers.apply(child.operator())), Integer.MAX_VALUE, 1);
	}

	@Override
	public void socketsJoin(String... rooms) {
		each((child) -> child.socketsJoin(rooms));
	}

	@Override
	public void socketsLeave(String... rooms) {
		each((child) -> child.socketsLeave(rooms));
	}

	@Override
	public void disconnectSockets(boolean close) {
		each((child) -> child.disconnectSockets(close));
	}

}
