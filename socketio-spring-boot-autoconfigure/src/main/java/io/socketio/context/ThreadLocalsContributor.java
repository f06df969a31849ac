package io.socketio.context;

import java.util.Set;
import java.util.function.Predicate;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import io.socketio.server.SocketContext;
import io.socketio.server.SocketContextContributor;
import io.socketio.server.SocketIoSocket;

/**
 * Sets the thread locals that Micrometer's context propagation knows from the Reactor
 * context of a socket, while a handler of it runs. Those that are not in there are
 * cleared meanwhile, but for the current observation, which is not the socket's.
 *
 * @since 0.1.0
 */
public final class ThreadLocalsContributor implements SocketContextContributor {

	private static final Set<Object> NOT_OF_THE_SOCKET = Set.of("micrometer.observation", MdcContributor.KEY);

	private static final Predicate<Object> OF_THE_SOCKET = (key) -> !NOT_OF_THE_SOCKET.contains(key);

	private final ContextRegistry registry;

	private final ContextSnapshotFactory snapshots;

	/**
	 * Create a contributor.
	 * @param registry knows the thread locals
	 */
	public ThreadLocalsContributor(ContextRegistry registry) {
		this.registry = registry;
		this.snapshots = ContextSnapshotFactory.builder().contextRegistry(registry).clearMissing(true).build();
	}

	@Override
	public SocketContext.@Nullable Binding bind(SocketIoSocket socket, Context context) {
		if (this.registry.getThreadLocalAccessors().stream().noneMatch((known) -> OF_THE_SOCKET.test(known.key()))) {
			return null;
		}
		ContextSnapshot snapshot = this.snapshots.captureFrom(context);
		return () -> {
			ContextSnapshot.Scope scope = snapshot.setThreadLocals(OF_THE_SOCKET);
			return scope::close;
		};
	}

}
