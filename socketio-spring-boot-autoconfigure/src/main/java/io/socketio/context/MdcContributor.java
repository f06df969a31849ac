package io.socketio.context;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.Context;

import io.socketio.server.SocketContext;
import io.socketio.server.SocketContextContributor;
import io.socketio.server.SocketIoSocket;

/**
 * Puts the id of a socket and the name of its namespace into the MDC while a handler
 * runs, and into the Reactor context, from where {@link MdcAccessor} takes them to other
 * threads.
 *
 * @since 0.1.0
 */
public final class MdcContributor implements SocketContextContributor {

	/**
	 * Name of the socket's id in the MDC.
	 */
	public static final String SOCKET = "socketio.socket";

	/**
	 * Name of the namespace in the MDC.
	 */
	public static final String NAMESPACE = "socketio.namespace";

	/**
	 * Key of a map with both in the Reactor context.
	 */
	public static final String KEY = "socketio.mdc";

	@Override
	public Context contribute(SocketIoSocket socket, Context context) {
		return context.put(KEY, Map.of(SOCKET, socket.id(), NAMESPACE, socket.namespace().name()));
	}

	@Override
	public SocketContext.Binding bind(SocketIoSocket socket, Context context) {
		String id = socket.id();
		String namespace = socket.namespace().name();
		return () -> {
			String previousId = MDC.get(SOCKET);
			String previousNamespace = MDC.get(NAMESPACE);
			MDC.put(SOCKET, id);
			MDC.put(NAMESPACE, namespace);
			return () -> {
				restore(SOCKET, previousId);
				restore(NAMESPACE, previousNamespace);
			};
		};
	}

	static void restore(String name, @Nullable String value) {
		if (value != null) {
			MDC.put(name, value);
		}
		else {
			MDC.remove(name);
		}
	}

}
