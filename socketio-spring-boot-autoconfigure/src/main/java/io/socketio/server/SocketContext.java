package io.socketio.server;

import reactor.util.context.Context;

/**
 * What surrounds the code that runs on behalf of one socket: a Reactor context for what
 * is reactive, and thread locals for what is not. Made of what filters of the application
 * put into the Reactor context of the handshake, and of what every
 * {@link SocketContextContributor} adds. Immutable, usable from any thread.
 * <p>
 * Annotated handlers and middlewares get it without further ado. Listeners of the server
 * API that subscribe to something pass it on:
 * {@code mono.contextWrite(socket.context().reactor())}.
 *
 * @since 0.1.0
 */
public interface SocketContext {

	/**
	 * The Reactor context, without what belongs to the handshake's HTTP exchange itself.
	 * @return the context
	 */
	Context reactor();

	/**
	 * Set the thread locals of this socket.
	 * @return restores what was there before, on the same thread
	 */
	Scope open();

	/**
	 * A context with nothing in it.
	 * @return the context
	 */
	static SocketContext empty() {
		return DefaultSocketContext.EMPTY;
	}

	/**
	 * Sets thread locals of one socket, each time that code runs on its behalf.
	 */
	@FunctionalInterface
	interface Binding {

		/**
		 * Set them. Also called while those of another socket are set.
		 * @return restores what was there before, on the same thread
		 */
		Scope open();

	}

	/**
	 * Ends what was begun, in the reverse order where scopes are nested.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
