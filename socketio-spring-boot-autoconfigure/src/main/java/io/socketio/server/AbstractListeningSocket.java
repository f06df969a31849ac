package io.socketio.server;

import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * The part of a socket that takes listeners and middlewares.
 */
abstract class AbstractListeningSocket implements SocketIoSocket {

	private volatile @Nullable SocketListeners listeners;

	@Override
	public void on(String event, EventListener listener) {
		listeners().add(event, listener);
	}

	@Override
	public <T> void on(String event, Class<T> type, TypedEventListener<T> listener) {
		on(event, (arguments, acknowledgement) -> listener.onEvent(argument(arguments, 0, type), acknowledgement));
	}

	@Override
	public <T> void on(String event, ParameterizedTypeReference<T> type, TypedEventListener<T> listener) {
		on(event, (arguments, acknowledgement) -> {
			@SuppressWarnings("unchecked") // converted to that type
			T argument = (T) argument(arguments, 0, type.getType());
			listener.onEvent(argument, acknowledgement);
		});
	}

	@Override
	public <T, U> void on(String event, Class<T> first, Class<U> second, BiEventListener<T, U> listener) {
		on(event, (arguments, acknowledgement) -> listener.onEvent(argument(arguments, 0, first),
				argument(arguments, 1, second), acknowledgement));
	}

	@SuppressWarnings("unchecked") // converted to that type
	private static <T> @Nullable T argument(EventArguments arguments, int index, Class<T> type) {
		return (T) argument(arguments, index, (Type) type);
	}

	private static @Nullable Object argument(EventArguments arguments, int index, Type type) {
		try {
			return arguments.get(index, type);
		}
		catch (IllegalArgumentException ex) {
			throw new ListenerErrors.InvalidArgument(index, ex);
		}
	}

	@Override
	public void onAny(AnyEventListener listener) {
		listeners().any().add(listener);
	}

	@Override
	public void prependAny(AnyEventListener listener) {
		listeners().any().add(0, listener);
	}

	@Override
	public void offAny(AnyEventListener listener) {
		listeners().any().remove(listener);
	}

	@Override
	public void offAny() {
		listeners().any().clear();
	}

	@Override
	public void onAnyOutgoing(OutgoingEventListener listener) {
		outgoing().add(listener);
	}

	@Override
	public void prependAnyOutgoing(OutgoingEventListener listener) {
		outgoing().add(0, listener);
	}

	private List<OutgoingEventListener> outgoing() {
		sockets().listenToOutgoing();
		return listeners().anyOutgoing();
	}

	@Override
	public void offAnyOutgoing(OutgoingEventListener listener) {
		listeners().anyOutgoing().remove(listener);
	}

	@Override
	public void offAnyOutgoing() {
		listeners().anyOutgoing().clear();
	}

	@Override
	public void use(EventMiddleware middleware) {
		listeners().use(middleware);
	}

	@Override
	public void onError(Consumer<Throwable> listener) {
		listeners().addError(listener);
	}

	// Made when it is needed: most sockets have annotated handlers alone
	private synchronized SocketListeners listeners() {
		SocketListeners present = this.listeners;
		if (present == null) {
			present = newListeners();
			this.listeners = present;
		}
		return present;
	}

	abstract SocketListeners newListeners();

	abstract NamespaceSockets sockets();

	/**
	 * What is registered on the socket.
	 * @return the listeners, or {@code null} if there are none
	 */
	@Nullable SocketListeners registered() {
		return this.listeners;
	}

	@Override
	public void onDisconnecting(Consumer<DisconnectReason> listener) {
		listeners().disconnecting().add(listener);
	}

	@Override
	public void onDisconnect(Consumer<DisconnectReason> listener) {
		listeners().disconnect().add(listener);
	}

}
