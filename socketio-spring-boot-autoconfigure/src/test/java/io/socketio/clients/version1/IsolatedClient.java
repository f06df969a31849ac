package io.socketio.clients.version1;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;

/**
 * The official Java client of Socket.IO 2. Compiled against its successor, of which it
 * uses nothing that the old one does not have, and run with the old one by
 * {@link Version1ClassLoader}. Maps stand for JSON objects.
 */
final class IsolatedClient implements Version1Client {

	private final Socket socket;

	IsolatedClient(String uri, String[] transports) {
		IO.Options options = new IO.Options();
		options.transports = transports;
		options.reconnection = false;
		this.socket = IO.socket(URI.create(uri), options);
	}

	@Override
	public BlockingQueue<Object[]> listen(String event) {
		BlockingQueue<Object[]> events = new LinkedBlockingQueue<>();
		this.socket.on(event, events::add);
		return events;
	}

	@Override
	public void echo(String event) {
		this.socket.on(event, (args) -> {
			Object[] own = new Object[args.length - 1];
			System.arraycopy(args, 0, own, 0, own.length);
			((Ack) args[own.length]).call(own);
		});
	}

	@Override
	public void open() {
		this.socket.open();
	}

	@Override
	public String id() {
		return this.socket.id();
	}

	@Override
	public void emit(String event, Object... args) {
		this.socket.emit(event, json(args));
	}

	@Override
	public BlockingQueue<Object[]> ask(String event, Object... args) {
		BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
		this.socket.emit(event, json(args), answers::add);
		return answers;
	}

	private static Object[] json(Object[] args) {
		Object[] json = args.clone();
		for (int i = 0; i < args.length; i++) {
			if (args[i] instanceof Map<?, ?> map) {
				json[i] = new JSONObject(map);
			}
		}
		return json;
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
