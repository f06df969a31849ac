package io.socketio.benchmarks.client;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A client in a namespace, which may lose its connection and come back. It expects events
 * {@code event} whose first argument counts from 0, each once and in order, and notes the
 * offset of {@code hello}. On the event loop.
 */
public final class LoadSession extends EngineClient {

	private static final char CONNECT = '0';

	private static final char EVENT = '2';

	private static final int HELLO = -1;

	private final String namespace;

	private final int room;

	private @Nullable String privateId;

	private @Nullable String offset;

	private boolean recovered;

	private int next;

	LoadSession(LoadClient loop, String namespace, int room) {
		super(loop);
		this.namespace = namespace;
		this.room = room;
	}

	/**
	 * Whether the server gave the session back by its last CONNECT reply.
	 * @return {@code true} if it did
	 */
	public boolean recovered() {
		return this.recovered;
	}

	/**
	 * How many events have arrived since the last {@link #restart()}, all of them in
	 * order.
	 * @return the number
	 */
	public int received() {
		return this.next;
	}

	/**
	 * Expect events from 0 again.
	 */
	public void restart() {
		this.next = 0;
	}

	void leave() {
		send(ClientFrames.text("41" + (this.namespace.equals("/") ? "" : this.namespace + ",")));
	}

	@Override
	String connectPacket() {
		String prefix = "40" + (this.namespace.equals("/") ? "" : this.namespace + ",");
		if (this.privateId == null) {
			return prefix + "{\"room\":" + this.room + "}";
		}
		return prefix
				+ "{\"room\":%d,\"pid\":\"%s\",\"offset\":\"%s\"}".formatted(this.room, this.privateId, this.offset);
	}

	@Override
	void packet(ByteBuf in, int start, int end) {
		switch (in.getByte(start)) {
			case EVENT -> event(in, in.indexOf(start, end, (byte) '['), end);
			case CONNECT -> connected(string(in, start, end));
			default -> failed(new IllegalStateException("Unexpected packet " + string(in, start, end)));
		}
	}

	private void connected(String reply) {
		String pid = field(reply, "pid");
		this.recovered = pid != null && pid.equals(this.privateId);
		this.privateId = pid;
		loop().observer().connected(this);
	}

	private static @Nullable String field(String json, String name) {
		String prefix = "\"" + name + "\":\"";
		int start = json.indexOf(prefix);
		return (start < 0) ? null : json.substring(start + prefix.length(), json.indexOf('"', start + prefix.length()));
	}

	private void event(ByteBuf in, int array, int end) {
		int number = number(in, array);
		if (number == HELLO) {
			String data = string(in, array, end);
			this.offset = data.endsWith("\"]")
					? data.substring(data.lastIndexOf('"', data.length() - 3) + 1, data.length() - 2) : null;
			loop().observer().greeted(this);
			return;
		}
		if (number != this.next) {
			failed(new IllegalStateException("Event " + this.next + " expected, but got " + string(in, array, end)));
			return;
		}
		this.next++;
		loop().observer().received(this);
	}

	// ["event",17,... or ["hello"...
	private static int number(ByteBuf in, int array) {
		if (in.getByte(array + 2) == 'h') {
			return HELLO;
		}
		int index = array + "[\"event\",".length();
		int number = 0;
		for (byte digit = in.getByte(index); digit >= '0' && digit <= '9'; digit = in.getByte(++index)) {
			number = number * 10 + digit - '0';
		}
		return number;
	}

	@Override
	void failed(Throwable cause) {
		loop().failed(cause);
	}

}
