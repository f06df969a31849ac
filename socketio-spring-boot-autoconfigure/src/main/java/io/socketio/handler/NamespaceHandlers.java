package io.socketio.handler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.socketio.server.NamespaceHandler;
import io.socketio.server.ReadControl;
import io.socketio.server.SocketHandler;
import io.socketio.server.SocketIoSocket;

/**
 * The handler methods of one namespace.
 */
final class NamespaceHandlers implements NamespaceHandler {

	private final Map<String, CompiledHandler> events;

	private final List<CompiledHandler> any;

	private final List<CompiledHandler> connect;

	private final List<CompiledHandler> disconnect;

	private final Executor executor;

	private final HandlerErrors errors;

	private final HandlerLimits limits;

	NamespaceHandlers(Map<String, CompiledHandler> events, List<CompiledHandler> any, List<CompiledHandler> connect,
			List<CompiledHandler> disconnect, Executor executor, HandlerErrors errors, HandlerLimits limits) {
		this.events = new HashMap<>(events);
		this.any = List.copyOf(any);
		this.connect = List.copyOf(connect);
		this.disconnect = List.copyOf(disconnect);
		this.executor = executor;
		this.errors = errors;
		this.limits = limits;
	}

	@Override
	public SocketHandler connected(SocketIoSocket socket, ReadControl reads) {
		SocketWork work = new SocketWork(this, socket, reads);
		work.connected();
		return work;
	}

	int size() {
		return this.events.size() + this.any.size() + this.connect.size() + this.disconnect.size();
	}

	@Nullable CompiledHandler event(String event) {
		return this.events.get(event);
	}

	List<CompiledHandler> any() {
		return this.any;
	}

	List<CompiledHandler> connect() {
		return this.connect;
	}

	List<CompiledHandler> disconnect() {
		return this.disconnect;
	}

	Executor executor() {
		return this.executor;
	}

	HandlerErrors errors() {
		return this.errors;
	}

	HandlerLimits limits() {
		return this.limits;
	}

}
