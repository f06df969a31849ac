package io.socketio.benchmarks.client;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The Engine.IO side of a client (protocol 4, WebSocket only): answers heartbeats and
 * joins one namespace. On the event loop.
 */
abstract class EngineClient {

	private final LoadClient loop;

	private @Nullable Channel channel;

	EngineClient(LoadClient loop) {
		this.loop = loop;
	}

	/**
	 * The CONNECT packet.
	 * @return the text of the packet
	 */
	abstract String connectPacket();

	/**
	 * A Socket.IO packet arrived.
	 * @param in where it is
	 * @param start index of its type
	 * @param end index behind its last byte
	 */
	abstract void packet(ByteBuf in, int start, int end);

	/**
	 * Something went wrong.
	 * @param cause what it was
	 */
	abstract void failed(Throwable cause);

	final LoadClient loop() {
		return this.loop;
	}

	final void attach(Channel channel) {
		this.channel = channel;
	}

	final void upgraded() {
		this.loop.handshakeDone();
	}

	final void text(ByteBuf in, int start, int end) {
		switch (in.getByte(start)) {
			case '0' -> send(ClientFrames.text(connectPacket()));
			case '2' -> send(ClientFrames.PONG);
			case '4' -> packet(in, start + 1, end);
			default -> { // nothing else matters to a load client
			}
		}
	}

	final void send(ByteBuf frame) {
		if (this.channel != null) {
			this.channel.writeAndFlush(frame.duplicate(), this.channel.voidPromise());
		}
	}

	final void drop() {
		Channel current = this.channel;
		this.channel = null;
		if (current != null) {
			current.close();
		}
	}

	final void closed(Channel channel) {
		if (this.channel == channel) {
			failed(new IllegalStateException("The server closed the connection"));
		}
	}

	static String string(ByteBuf in, int start, int end) {
		return in.toString(start, end - start, StandardCharsets.UTF_8);
	}

}
