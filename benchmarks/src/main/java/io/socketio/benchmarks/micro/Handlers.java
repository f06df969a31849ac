package io.socketio.benchmarks.micro;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.Assert;

import io.socketio.handler.SocketIoControllerRegistrar;
import io.socketio.server.NamespaceHandler;
import io.socketio.server.ReadControl;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketHandler;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * Compiles controllers for a server that is not there.
 */
final class Handlers {

	private Handlers() {
	}

	/**
	 * Compile a controller of the namespace {@code /} and let a socket join.
	 * @param <T> type of the controller
	 * @param type type of the controller
	 * @param controller the controller
	 * @return the socket's handler; it calls methods that may block on the same thread
	 */
	static <T> SocketHandler of(Class<T> type, T controller) {
		AtomicReference<NamespaceHandler> handler = new AtomicReference<>();
		SocketIoNamespace namespace = fake(SocketIoNamespace.class, (proxy, method, arguments) -> {
			handler.set((NamespaceHandler) arguments[0]);
			return proxy;
		});
		SocketIoServer server = fake(SocketIoServer.class, (proxy, method, arguments) -> namespace);
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(type, () -> controller);
		context.registerBean(SocketIoControllerRegistrar.class, () -> new SocketIoControllerRegistrar(context, server,
				new DefaultConversionService(), Runnable::run, List.of(), 64));
		context.refresh();
		NamespaceHandler namespaceHandler = handler.get();
		Assert.state(namespaceHandler != null, "No handler for the namespace");
		return namespaceHandler.connected(fake(SocketIoSocket.class, (proxy, method, arguments) -> {
			if ("context".equals(method.getName())) {
				return SocketContext.empty(); // as where nobody contributes to it
			}
			throw new UnsupportedOperationException(method.getName());
		}), new ReadControl() {

			@Override
			public void pause() {
				throw new UnsupportedOperationException("Too many events at a time");
			}

			@Override
			public void resume() {
				throw new UnsupportedOperationException("Too many events at a time");
			}

		});
	}

	private static <T> T fake(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
