package io.socketio.server;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Adds to the {@link SocketContext} of sockets. All beans of this type are asked, in
 * their order, once for each socket: when its principal is known and before the first
 * middleware.
 *
 * @since 0.1.0
 */
public interface SocketContextContributor {

	/**
	 * Add to the Reactor context. Must not block.
	 * @param socket the socket, not connected yet
	 * @param context what is there already
	 * @return the context with what is added
	 */
	default Context contribute(SocketIoSocket socket, Context context) {
		return context;
	}

	/**
	 * Prepare the thread locals.
	 * @param socket the socket, not connected yet
	 * @param context the complete Reactor context
	 * @return sets the thread locals, or clears those that another socket may have set
	 * and this one has not; {@code null} if there are none
	 */
	default SocketContext.@Nullable Binding bind(SocketIoSocket socket, Context context) {
		return null;
	}

}
