package io.socketio.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A namespace without sockets of its own: it accepts names, and each accepted one becomes
 * a child that starts with what is registered here at that moment. What is sent by it
 * goes to all children there are.
 */
final class ParentNamespace extends AbstractNamespace {

	private final String name;

	private final NamespacePredicate predicate;

	private final @Nullable Pattern pattern;

	private final Set<DefaultNamespace> children = ConcurrentHashMap.newKeySet();

	private final BroadcastOperator operator = new ParentBroadcastOperator(this.children, (child) -> child);

	ParentNamespace(String name, NamespacePredicate predicate) {
		this.name = name;
		this.predicate = predicate;
		this.pattern = null;
	}

	ParentNamespace(String name, Pattern pattern) {
		this.name = name;
		this.predicate = (child, handshake) -> Mono.just(pattern.matcher(child).matches());
		this.pattern = pattern;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	BroadcastOperator operator() {
		return this.operator;
	}

	Set<DefaultNamespace> children() {
		return this.children;
	}

	/**
	 * Ask whether a client may create a child.
	 * @param child name of the child
	 * @param handshake the client
	 * @return the answer
	 */
	Mono<Boolean> accepts(String child, Handshake handshake) {
		return Mono.defer(() -> this.predicate.test(child, handshake)).defaultIfEmpty(false);
	}

	/**
	 * Whether a namespace that the application creates is a child.
	 * @param child name of the namespace
	 * @return {@code true} if its name is enough to tell that
	 */
	boolean matches(String child) {
		return this.pattern != null && this.pattern.matcher(child).matches();
	}

	@Override
	public SocketIoNamespace onRooms(RoomListener listener) {
		setup().add(listener);
		return this;
	}

	@Override
	public SocketIoNamespace onServerSide(String event, EventListener listener) {
		setup().addServerSide(event, listener);
		return this;
	}

	// Of all children there are

	@Override
	public void serverSideEmit(String event, @Nullable Object... args) {
		this.children.forEach((child) -> child.serverSideEmit(event, args));
	}

	@Override
	public Flux<EventArguments> serverSideEmitWithAck(String event, @Nullable Object... args) {
		return Flux.defer(() -> Flux.fromIterable(this.children))
			.flatMap((child) -> child.serverSideEmitWithAck(event, args));
	}

	@Override
	public boolean forgetSession(String socketId) {
		return this.children.stream().anyMatch((child) -> child.forgetSession(socketId));
	}

	@Override
	public String toString() {
		return "ParentNamespace[" + this.name + "]";
	}

}
