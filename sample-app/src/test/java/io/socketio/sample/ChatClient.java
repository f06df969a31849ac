package io.socketio.sample;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import org.json.JSONObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who chats with the official Java client.
 */
final class ChatClient implements AutoCloseable {

	private static final String[] EVENTS = { "room", "presence", "message", "delivered" };

	private final Map<String, BlockingQueue<Object>> received = new ConcurrentHashMap<>();

	private final Socket socket;

	ChatClient(int port, String name, String room, String... transports) {
		IO.Options options = IO.Options.builder()
			.setForceNew(true)
			.setReconnection(false)
			.setTransports(transports)
			.setAuth(Map.of("name", name, "room", room))
			.build();
		this.socket = IO.socket(URI.create("http://127.0.0.1:" + port), options);
		for (String event : EVENTS) {
			this.received.put(event, new LinkedBlockingQueue<>());
			this.socket.on(event, (args) -> this.received.get(event).add(args[0]));
		}
		this.socket.connect();
	}

	/**
	 * Waits for the next event of a name.
	 * @param event name of the event
	 * @return its first argument
	 */
	Object next(String event) throws InterruptedException {
		Object argument = this.received.get(event).poll(10, TimeUnit.SECONDS);
		assertThat(argument).as("event " + event).isNotNull();
		return argument;
	}

	void emit(String event, Object argument) {
		this.socket.emit(event, argument);
	}

	JSONObject say(String id, String text) throws Exception {
		BlockingQueue<Object> answer = new LinkedBlockingQueue<>();
		JSONObject message = new JSONObject().put("id", id).put("text", text);
		this.socket.emit("message", new Object[] { message }, (Ack) (args) -> answer.add(args[0]));
		JSONObject acknowledgement = (JSONObject) answer.poll(10, TimeUnit.SECONDS);
		assertThat(acknowledgement).as("acknowledgement of " + text).isNotNull();
		return acknowledgement;
	}

	@Override
	public void close() {
		this.socket.disconnect();
	}

}
