package io.socketio.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogMessage;

/**
 * What is registered on one socket for its events, and their way through it: catch-all
 * listeners, middlewares, listeners. Registered by any thread, called on the connection's
 * lane.
 */
final class SocketListeners {

	private static final Log logger = LogFactory.getLog(SocketListeners.class);

	private final DefaultSocket socket;

	private final Map<String, List<EventListener>> events = new ConcurrentHashMap<>(4);

	private final List<AnyEventListener> any = new CopyOnWriteArrayList<>();

	private final List<OutgoingEventListener> anyOutgoing = new CopyOnWriteArrayList<>();

	private final List<Consumer<DisconnectReason>> disconnecting = new CopyOnWriteArrayList<>();

	private final List<Consumer<DisconnectReason>> disconnect = new CopyOnWriteArrayList<>();

	private final List<Consumer<Throwable>> errors = new CopyOnWriteArrayList<>();

	private volatile @Nullable MiddlewareChain middlewares;

	SocketListeners(DefaultSocket socket) {
		this.socket = socket;
	}

	void add(String event, EventListener listener) {
		this.events.computeIfAbsent(event, (name) -> new CopyOnWriteArrayList<>()).add(listener);
	}

	List<AnyEventListener> any() {
		return this.any;
	}

	List<OutgoingEventListener> anyOutgoing() {
		return this.anyOutgoing;
	}

	List<Consumer<DisconnectReason>> disconnecting() {
		return this.disconnecting;
	}

	List<Consumer<DisconnectReason>> disconnect() {
		return this.disconnect;
	}

	void addError(Consumer<Throwable> listener) {
		this.errors.add(listener);
	}

	synchronized void use(EventMiddleware middleware) {
		MiddlewareChain chain = this.middlewares;
		if (chain == null) {
			chain = new MiddlewareChain(this.socket, this::error);
			this.middlewares = chain;
		}
		chain.add(middleware);
	}

	private void error(Throwable ex) {
		if (this.errors.isEmpty()) {
			logger.debug(LogMessage.format("A middleware of socket %s refused an event: %s", this.socket.id(), ex));
		}
		this.errors.forEach((listener) -> this.socket.guard(() -> listener.accept(ex)));
	}

	/**
	 * An event arrived.
	 * @param event name of the event
	 * @param arguments its arguments
	 * @param acknowledgement the way to answer
	 */
	void received(String event, EventArguments arguments, Acknowledgement acknowledgement) {
		for (AnyEventListener listener : this.any) {
			call(event, acknowledgement, () -> listener.onEvent(event, arguments, acknowledgement));
		}
		MiddlewareChain chain = this.middlewares;
		if (chain != null) {
			chain.pass(event, arguments, acknowledgement);
		}
		else {
			this.socket.handle(event, arguments, acknowledgement);
		}
	}

	/**
	 * Call the listeners of an event.
	 * @param event name of the event
	 * @param arguments its arguments
	 * @param acknowledgement the way to answer
	 */
	void handle(String event, EventArguments arguments, Acknowledgement acknowledgement) {
		for (EventListener listener : this.events.getOrDefault(event, List.of())) {
			call(event, acknowledgement, () -> listener.onEvent(arguments, acknowledgement));
		}
	}

	private void call(String event, Acknowledgement acknowledgement, Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException ex) {
			this.socket.guard(() -> ListenerErrors.failed(this.socket, event, acknowledgement, ex));
		}
	}

	/**
	 * An event is sent.
	 * @param event name of the event
	 * @param arguments its arguments
	 */
	void sent(String event, List<@Nullable Object> arguments) {
		this.anyOutgoing.forEach((listener) -> this.socket.guard(() -> listener.onEvent(event, arguments)));
	}

}
