package io.socketio.handler;

import java.util.HashMap;
import java.util.Map;

import org.springframework.core.MethodParameter;

import io.socketio.server.Acknowledgement;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.Handshake;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * Arguments that are known by their type alone.
 */
final class ContextArguments implements ArgumentResolver {

	private final Map<Class<?>, Argument> arguments = new HashMap<>();

	ContextArguments(HandlerKind kind, SocketIoServer server) {
		this.arguments.put(SocketIoSocket.class, EventContext::socket);
		this.arguments.put(SocketIoNamespace.class, (context) -> context.socket().namespace());
		this.arguments.put(SocketIoServer.class, (context) -> server);
		this.arguments.put(Handshake.class, (context) -> context.socket().handshake());
		if (kind.hasEvent()) {
			this.arguments.put(Acknowledgement.class, EventContext::acknowledgement);
			this.arguments.put(EventArguments.class, EventContext::arguments);
		}
		if (kind == HandlerKind.DISCONNECT || kind == HandlerKind.EXCEPTION) {
			this.arguments.put(DisconnectReason.class, EventContext::reason);
		}
	}

	@Override
	public boolean supports(MethodParameter parameter) {
		return this.arguments.containsKey(parameter.getParameterType());
	}

	@Override
	public Argument compile(MethodParameter parameter) {
		return this.arguments.getOrDefault(parameter.getParameterType(), (context) -> null);
	}

}
