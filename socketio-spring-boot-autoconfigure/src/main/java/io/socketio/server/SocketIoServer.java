package io.socketio.server;

import java.util.function.Consumer;
import java.util.regex.Pattern;

import reactor.core.publisher.Mono;

/**
 * The Socket.IO server. What it inherits from a namespace acts on {@code /}.
 *
 * @since 0.1.0
 */
public interface SocketIoServer extends SocketIoNamespace {

	/**
	 * Return a namespace, created when it does not exist yet.
	 * @param name the name; a leading slash is added when it is missing
	 * @return the namespace
	 */
	SocketIoNamespace of(String name);

	/**
	 * Accept namespaces by their names. A client that joins such a namespace creates it,
	 * as a child with the middlewares, listeners and handlers that were added to the
	 * returned parent before. Several parents are asked in the order of their creation.
	 * @param name what the whole name has to match, with its leading slash
	 * @return the parent: what is emitted by it reaches all its children
	 */
	SocketIoNamespace of(Pattern name);

	/**
	 * Accept namespaces by a decision of the application. A client that joins such a
	 * namespace creates it, as a child with the middlewares, listeners and handlers that
	 * were added to the returned parent before. Several parents are asked in the order of
	 * their creation.
	 * @param predicate decides
	 * @return the parent: what is emitted by it reaches all its children
	 */
	SocketIoNamespace of(NamespacePredicate predicate);

	/**
	 * Hear of namespaces that are created from now on.
	 * @param listener gets the namespace, before anybody has joined it; must not block
	 * @return this server
	 */
	SocketIoServer onNewNamespace(Consumer<SocketIoNamespace> listener);

	/**
	 * Close all connections with {@link DisconnectReason#SERVER_SHUTTING_DOWN} and refuse
	 * new ones. Nothing is sent on the level of Socket.IO, so that clients reconnect, to
	 * another node where there is one.
	 * @return completes when all sockets are disconnected and their state is saved
	 */
	Mono<Void> close();

}
