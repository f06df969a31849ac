package io.socketio.handler;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.Handshake;
import io.socketio.server.NamespaceHandler;
import io.socketio.server.ReadControl;
import io.socketio.server.SocketContext;
import io.socketio.server.SocketHandler;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoSocket;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * A socket whose client is the test. What it does happens on the event loop.
 */
final class TestSocket implements ReadControl {

	final SocketIoSocket socket = mock(SocketIoSocket.class);

	final Handshake handshake = mock(Handshake.class);

	final SocketIoNamespace namespace = mock(SocketIoNamespace.class);

	final Map<String, Object> auth = new HashMap<>();

	final HttpHeaders headers = new HttpHeaders();

	final Map<String, String> query = new HashMap<>();

	final List<List<@Nullable Object>> emitted = new CopyOnWriteArrayList<>();

	final AtomicInteger disconnects = new AtomicInteger();

	final AtomicInteger pauses = new AtomicInteger();

	final AtomicInteger resumes = new AtomicInteger();

	private final ExecutorService eventLoop;

	private @Nullable SocketHandler handler;

	TestSocket(ExecutorService eventLoop) {
		this.eventLoop = eventLoop;
		given(this.socket.id()).willReturn("socket-id");
		given(this.socket.handshake()).willReturn(this.handshake);
		given(this.socket.namespace()).willReturn(this.namespace);
		given(this.socket.context()).willReturn(SocketContext.empty());
		given(this.handshake.auth()).willReturn(this.auth);
		given(this.handshake.headers()).willReturn(this.headers);
		given(this.handshake.query()).willReturn(this.query);
		willAnswer((invocation) -> this.emitted.add(new ArrayList<>(Arrays.asList(invocation.getArguments()))))
			.given(this.socket)
			.emit(anyString(), any(Object[].class));
		willAnswer((invocation) -> this.disconnects.incrementAndGet()).given(this.socket).disconnect();
	}

	TestSocket principal(Principal principal) {
		given(this.socket.principal()).willReturn(principal);
		return this;
	}

	void connect(NamespaceHandler namespaceHandler) {
		onEventLoop(() -> this.handler = namespaceHandler.connected(this.socket, this));
	}

	TestAcknowledgement send(String event, @Nullable Object... arguments) {
		return send(true, event, arguments);
	}

	TestAcknowledgement sendWithoutAcknowledgement(String event, @Nullable Object... arguments) {
		return send(false, event, arguments);
	}

	private TestAcknowledgement send(boolean requested, String event, @Nullable Object... arguments) {
		TestAcknowledgement acknowledgement = new TestAcknowledgement(requested);
		EventArguments eventArguments = new JsonArguments(arguments);
		onEventLoop(() -> handler().event(event, eventArguments, acknowledgement));
		return acknowledgement;
	}

	void disconnected(DisconnectReason reason) {
		onEventLoop(() -> handler().disconnected(reason));
	}

	SocketHandler handler() {
		SocketHandler handler = this.handler;
		if (handler == null) {
			throw new AssertionError("Not connected");
		}
		return handler;
	}

	boolean reading() {
		return this.pauses.get() == this.resumes.get();
	}

	@Override
	public void pause() {
		this.pauses.incrementAndGet();
	}

	@Override
	public void resume() {
		this.resumes.incrementAndGet();
	}

	void onEventLoop(Runnable task) {
		try {
			this.eventLoop.submit(task).get();
		}
		catch (Exception ex) {
			throw new AssertionError("Failed on the event loop", ex);
		}
	}

}
