package io.socketio.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.log.LogMessage;
import reactor.core.publisher.Mono;

/**
 * What is registered with a namespace for the sockets that join it.
 */
final class NamespaceSetup {

	private static final Log logger = LogFactory.getLog(NamespaceSetup.class);

	private final List<NamespaceMiddleware> middlewares = new CopyOnWriteArrayList<>();

	private final List<NamespaceHandler> handlers = new CopyOnWriteArrayList<>();

	private final List<RoomListener> roomListeners = new CopyOnWriteArrayList<>();

	private final List<ServerSide> serverSide = new CopyOnWriteArrayList<>();

	void add(NamespaceMiddleware middleware) {
		this.middlewares.add(middleware);
	}

	void add(NamespaceHandler handler) {
		this.handlers.add(handler);
	}

	void add(RoomListener listener) {
		this.roomListeners.add(listener);
	}

	void addServerSide(String event, EventListener listener) {
		this.serverSide.add(new ServerSide(event, listener));
	}

	/**
	 * Register all this with a namespace.
	 * @param namespace the namespace
	 */
	void applyTo(SocketIoNamespace namespace) {
		this.middlewares.forEach(namespace::use);
		this.handlers.forEach(namespace::handler);
		this.roomListeners.forEach(namespace::onRooms);
		this.serverSide.forEach((each) -> namespace.onServerSide(each.event, each.listener));
	}

	Mono<Void> check(SocketIoSocket socket) {
		Mono<Void> checks = Mono.empty();
		for (NamespaceMiddleware middleware : this.middlewares) {
			checks = checks.then(Mono.defer(() -> middleware.apply(socket)));
		}
		return checks;
	}

	void notifyConnected(DefaultSocket socket) {
		List<SocketHandler> socketHandlers = new ArrayList<>(this.handlers.size());
		for (NamespaceHandler handler : this.handlers) {
			guard(socket, () -> {
				SocketHandler socketHandler = handler.connected(socket, socket);
				if (socketHandler != SocketHandler.NONE) {
					socketHandlers.add(socketHandler);
					socket.handlers(List.copyOf(socketHandlers));
					DisconnectReason left = socket.disconnectReason();
					if (left != null) { // while the handler was asked
						socketHandler.disconnected(left);
					}
				}
			});
		}
	}

	/**
	 * Keep an error of application code away from the connection.
	 * @param socket the socket
	 * @param call the code
	 */
	static void guard(SocketIoSocket socket, Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			logger.error(LogMessage.format("A listener failed for %s", socket), ex);
		}
	}

	private record ServerSide(String event, EventListener listener) {

	}

}
