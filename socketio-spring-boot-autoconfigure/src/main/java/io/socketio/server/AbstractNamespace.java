package io.socketio.server;

import java.util.function.Consumer;

/**
 * The part of a namespace that takes what is registered with it.
 */
abstract class AbstractNamespace extends AbstractBroadcaster implements SocketIoNamespace {

	private final NamespaceSetup setup = new NamespaceSetup();

	NamespaceSetup setup() {
		return this.setup;
	}

	@Override
	public SocketIoNamespace use(NamespaceMiddleware middleware) {
		this.setup.add(middleware);
		return this;
	}

	@Override
	public SocketIoNamespace onConnection(Consumer<SocketIoSocket> listener) {
		return handler(NamespaceHandler.of(listener));
	}

	@Override
	public SocketIoNamespace handler(NamespaceHandler handler) {
		this.setup.add(handler);
		return this;
	}

}
