package io.socketio.sample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.mockito.invocation.InvocationOnMock;

import io.socketio.server.BroadcastOperator;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * A server and sockets that note what is emitted, in order.
 */
final class Emits {

	private final List<Emit> emits = new ArrayList<>();

	private final SocketIoServer server = mock(SocketIoServer.class);

	Emits() {
		given(this.server.to(any(String[].class)))
			.willAnswer((invocation) -> operator("to " + invocation.getArgument(0)));
	}

	SocketIoServer server() {
		return this.server;
	}

	SocketIoSocket socket(String id) {
		SocketIoSocket socket = mock(SocketIoSocket.class);
		ConcurrentHashMap<String, Object> data = new ConcurrentHashMap<>();
		Set<String> rooms = new HashSet<>(Set.of(id));
		given(socket.id()).willReturn(id);
		given(socket.data()).willReturn(data);
		given(socket.rooms()).willReturn(rooms);
		given(socket.to(any(String[].class)))
			.willAnswer((invocation) -> operator("to " + invocation.getArgument(0) + " but " + id));
		willAnswer((invocation) -> rooms.add(invocation.getArgument(0))).given(socket).join(any(String[].class));
		willAnswer((invocation) -> rooms.remove(invocation.getArgument(0))).given(socket).leave(any(String[].class));
		willAnswer((invocation) -> note(id, invocation)).given(socket).emit(any(), any(Object[].class));
		return socket;
	}

	/**
	 * The new socket object of a client whose connection was recovered.
	 * @param lost the old one
	 * @return the new one
	 */
	SocketIoSocket recovered(SocketIoSocket lost) {
		SocketIoSocket socket = socket(lost.id());
		socket.data().putAll(lost.data());
		socket.rooms().addAll(lost.rooms());
		given(socket.recovered()).willReturn(true);
		return socket;
	}

	/**
	 * What was emitted since the last call.
	 * @return the emits
	 */
	List<Emit> take() {
		List<Emit> taken = List.copyOf(this.emits);
		this.emits.clear();
		return taken;
	}

	private BroadcastOperator operator(String target) {
		return mock(BroadcastOperator.class, (invocation) -> {
			if (invocation.getMethod().getName().equals("emit")) {
				return note(target, invocation);
			}
			return operator(invocation.getMethod().getName() + " " + target);
		});
	}

	private Object note(String target, InvocationOnMock invocation) {
		this.emits.add(new Emit(target, invocation.getArgument(0), invocation.getArgument(1)));
		return null;
	}

	record Emit(String target, String event, Object argument) {

	}

}
