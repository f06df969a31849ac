package io.socketio.test;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketCodec;
import io.socketio.protocol.EnginePacketException;
import io.socketio.protocol.EnginePacketType;

/**
 * The Engine.IO side of one connection over WebSocket: answers heartbeats. Packets can be
 * sent by any thread, the listener is called on the event loop.
 */
final class EngineClient {

	private static final int MAX_FRAME = 64 * 1024 * 1024;

	private static final WebsocketClientSpec SPEC = WebsocketClientSpec.builder()
		.maxFramePayloadLength(MAX_FRAME)
		.build();

	private final Listener listener;

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Disposable.Swap subscription = Disposables.swap();

	private volatile @Nullable Channel channel;

	EngineClient(Listener listener) {
		this.listener = listener;
	}

	/**
	 * Open the connection. Returns at once.
	 * @param http makes the request
	 * @param uri where to
	 */
	void open(HttpClient http, URI uri) {
		this.subscription.update(http.doOnChannelInit((observer, opened, address) -> {
			this.channel = opened;
			if (this.ended.get()) {
				opened.close(); // given up before
			}
			opened.pipeline().addAfter(NettyPipeline.HttpCodec, RefusalReader.NAME, new RefusalReader(this::refused));
		}).websocket(SPEC).uri(uri).handle(this::exchange).subscribe((ignored) -> {
		}, (ex) -> end("transport error: " + ex.getMessage())));
	}

	private Publisher<Void> exchange(WebsocketInbound in, WebsocketOutbound out) {
		in.withConnection(this::opened);
		in.aggregateFrames(MAX_FRAME)
			.receiveFrames()
			.subscribe(this::receive, (ex) -> end("transport error"), () -> end("transport close"));
		return Mono.never();
	}

	private void opened(Connection connection) {
		connection.channel().pipeline().remove(RefusalReader.NAME);
		connection.onDispose(() -> end("transport close"));
	}

	private void receive(WebSocketFrame frame) {
		byte[] bytes = ByteBufUtil.getBytes(frame.content());
		try {
			receive((frame instanceof BinaryWebSocketFrame) ? EnginePacketCodec.decodeBinary(bytes)
					: EnginePacketCodec.decodeText(bytes, 0, bytes.length));
		}
		catch (EnginePacketException ex) {
			end("parse error");
			cut();
		}
	}

	private void receive(EnginePacket packet) {
		switch (packet.type()) {
			case OPEN -> this.listener.opened(this);
			case PING -> send(List.of(EnginePacket.of(EnginePacketType.PONG, packet.data())));
			case MESSAGE -> this.listener.message(this, packet);
			case CLOSE -> end("transport close");
			default -> { // nothing to do on a connection that is not upgraded
			}
		}
	}

	private void refused(int status, String body) {
		if (this.ended.compareAndSet(false, true)) {
			this.listener.refused(this, status, body);
		}
		this.subscription.dispose();
	}

	private void end(String reason) {
		if (this.ended.compareAndSet(false, true)) {
			this.listener.ended(this, reason);
		}
	}

	/**
	 * Send packets, one behind the other.
	 * @param packets the packets
	 */
	synchronized void send(List<EnginePacket> packets) {
		Channel current = this.channel;
		if (current != null) {
			packets.forEach((packet) -> current
				.write(packet.binary() ? new BinaryWebSocketFrame(Unpooled.wrappedBuffer(packet.data()))
						: new TextWebSocketFrame(Unpooled.wrappedBuffer(EnginePacketCodec.encodeText(packet)))));
			current.flush();
		}
	}

	/**
	 * End the connection without a word. The listener is not told, if it was not before.
	 */
	void cut() {
		this.ended.set(true);
		Channel current = this.channel;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * Gets what arrives.
	 */
	interface Listener {

		/**
		 * The server has opened a session.
		 * @param client the connection
		 */
		void opened(EngineClient client);

		/**
		 * A message has arrived.
		 * @param client the connection
		 * @param message the message
		 */
		void message(EngineClient client, EnginePacket message);

		/**
		 * The server refused the request.
		 * @param client the connection
		 * @param status status of its response
		 * @param body body of its response
		 */
		void refused(EngineClient client, int status, String body);

		/**
		 * The connection has ended.
		 * @param client the connection
		 * @param reason why
		 */
		void ended(EngineClient client, String reason);

	}

}
