package io.socketio.engine.netty;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.Lane;
import io.socketio.engine.OutboundQueue;
import io.socketio.engine.TransportType;
import io.socketio.engine.UpgradeCandidate;
import io.socketio.protocol.EngineCodec;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EnginePacketException;
import io.socketio.protocol.EnginePacketType;

/**
 * A WebSocket connection on a Netty channel. Reads frames as a handler of the channel's
 * pipeline, and writes complete frames past the WebSocket encoder, as long as the channel
 * is writable.
 *
 * @since 0.1.0
 */
public final class WebSocketTransport extends ChannelInboundHandlerAdapter implements UpgradeCandidate {

	private static final int NO_STATUS = -1;

	/**
	 * Size up to which copying a message costs less than a write of its own.
	 */
	private static final int SMALL_MESSAGE = 1024;

	private static final int BATCH_SIZE = 16 * 1024;

	/**
	 * What one read of the channel brings at most, decompression aside.
	 */
	private static final int READ_SIZE = 64 * 1024;

	/**
	 * Time for what was written, and a close frame behind it, to reach the network.
	 */
	private static final long CLOSE_SECONDS = 5;

	private final Channel channel;

	private final NettyLane lane;

	private final WebSocketSettings settings;

	private final Closer closer;

	private @Nullable ChannelHandlerContext context;

	private @Nullable Listener listener;

	/**
	 * Packets behind the upgrade packet, until the session has moved here.
	 */
	private @Nullable HeldPackets held;

	private boolean closed;

	private @Nullable Future<?> closeDeadline;

	/**
	 * Create a transport; it works once it is added to the channel's pipeline and has a
	 * listener.
	 * @param channel the channel
	 * @param lanes the lanes of the server
	 * @param settings settings of this connection
	 * @param closer sends the close frame
	 */
	public WebSocketTransport(Channel channel, NettyLanes lanes, WebSocketSettings settings, Closer closer) {
		this.channel = channel;
		this.lane = lanes.nettyLane(channel);
		this.settings = settings;
		this.closer = closer;
	}

	/**
	 * Set who gets what happens on this transport. Called on the lane before anything is
	 * read.
	 * @param listener the listener
	 */
	public void listener(Listener listener) {
		this.listener = listener;
	}

	@Override
	public TransportType type() {
		return TransportType.WEBSOCKET;
	}

	@Override
	public Lane lane() {
		return this.lane;
	}

	@Override
	public boolean writable() {
		return this.channel.isWritable();
	}

	private EngineCodec codec() {
		return this.settings.revision().codec();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
	}

	// Reading

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame) {
			try {
				if (!this.closed) {
					receive((WebSocketFrame) message);
				}
			}
			finally {
				ReferenceCountUtil.release(message);
			}
			return;
		}
		if (message instanceof CloseWebSocketFrame) {
			ended(CloseReason.TRANSPORT_CLOSE, "closed by the client");
		}
		ctx.fireChannelRead(message);
	}

	private void receive(WebSocketFrame frame) {
		byte[] bytes = ByteBufUtil.getBytes(frame.content());
		EnginePacket packet;
		try {
			packet = (frame instanceof BinaryWebSocketFrame) ? codec().decodeBinary(bytes) : codec().decodeText(bytes);
		}
		catch (EnginePacketException ex) {
			ended(CloseReason.PARSE_ERROR, String.valueOf(ex.getMessage()));
			this.closer.close(NO_STATUS, "");
			return;
		}
		if (this.held != null) {
			hold(packet, this.held);
			return;
		}
		Listener target = this.listener;
		if (target != null) {
			if (packet.type() == EnginePacketType.UPGRADE && target.awaitsUpgrade()) {
				this.held = new HeldPackets((long) this.settings.maxPayload() + READ_SIZE);
				pauseReads(true);
			}
			target.onPacket(packet);
		}
	}

	private void hold(EnginePacket packet, HeldPackets packets) {
		if (!packets.add(packet)) {
			ended(CloseReason.TRANSPORT_ERROR, "too much sent behind the upgrade packet");
			this.closer.close(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "Too much behind the upgrade packet");
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.listener != null && ctx.channel().isWritable()) {
			this.listener.onWritable();
		}
		ctx.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (this.closeDeadline != null) {
			this.closeDeadline.cancel(false);
		}
		ended(CloseReason.TRANSPORT_CLOSE, "connection lost");
		ctx.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		boolean lost = cause instanceof IOException || cause instanceof PrematureChannelClosureException;
		ended(lost ? CloseReason.TRANSPORT_CLOSE : CloseReason.TRANSPORT_ERROR, String.valueOf(cause.getMessage()));
		if (cause instanceof TooLongFrameException || cause instanceof DecompressionException) {
			this.closer.close(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "Message too big");
		}
		else if (!lost && !(cause instanceof CorruptedWebSocketFrameException)) {
			ctx.fireExceptionCaught(cause); // not the client's doing
		}
	}

	void protocolError(String description) {
		ended(CloseReason.TRANSPORT_ERROR, description);
		this.closer.close(WebSocketCloseStatus.PROTOCOL_ERROR.code(), description);
	}

	private void ended(CloseReason reason, String description) {
		if (!this.closed) {
			awaitClose();
			this.held = null;
			if (this.listener != null) {
				this.listener.onClosed(reason, description);
			}
		}
	}

	/**
	 * The channel is closed once the close frame is written: never, if the client does
	 * not read, unless somebody looks after it.
	 */
	private void awaitClose() {
		this.closed = true;
		if (this.closeDeadline == null && this.channel.isActive()) {
			this.closeDeadline = this.channel.eventLoop()
				.schedule(() -> this.channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
		}
	}

	@Override
	public void pauseReads(boolean pause) {
		this.channel.config().setAutoRead(!pause);
	}

	// Writing

	@Override
	public void flush(OutboundQueue queue) {
		ChannelHandlerContext ctx = this.context;
		if (ctx == null) {
			return;
		}
		boolean written = false;
		while (this.channel.isWritable()) {
			EngineMessage message = queue.poll();
			if (message == null) {
				break;
			}
			if (small(message) && !queue.isEmpty()) {
				writeBatch(ctx, message, queue);
			}
			else {
				write(ctx, message);
			}
			written = true;
		}
		if (written) {
			ctx.flush();
		}
	}

	/**
	 * Write several small messages as one buffer: copying them costs less than a write of
	 * its own for each, as when a recovered client is sent all it missed.
	 * @param ctx the context
	 * @param first the first message
	 * @param queue the messages behind it
	 */
	private void writeBatch(ChannelHandlerContext ctx, EngineMessage first, OutboundQueue queue) {
		ByteBuf batch = ctx.alloc().ioBuffer(BATCH_SIZE);
		EngineMessage message = first;
		while (message != null && small(message)) {
			WebSocketFrames.append(batch, message.packets(), codec());
			message = (batch.readableBytes() < BATCH_SIZE) ? queue.poll() : null;
		}
		ctx.write(batch, ctx.voidPromise());
		if (message != null) {
			write(ctx, message);
		}
	}

	private boolean small(EngineMessage message) {
		return message.size() <= SMALL_MESSAGE && !this.settings.base64() && !compresses(message);
	}

	private boolean compresses(EngineMessage message) {
		return message.compress() && this.settings.compresses(message.size());
	}

	private void write(ChannelHandlerContext ctx, EngineMessage message) {
		if (this.settings.base64()) {
			ctx.write(WebSocketFrames.encodeAsText(message.packets(), codec(), ctx.alloc()), ctx.voidPromise());
		}
		else if (compresses(message)) {
			for (EnginePacket packet : message.packets()) {
				ctx.write(frame(packet), ctx.voidPromise());
			}
		}
		else {
			ctx.write(this.lane.frames(message, this.settings.revision(), ctx.alloc()), ctx.voidPromise());
		}
	}

	// A frame that passes through the encoders of the pipeline, which compress it
	private WebSocketFrame frame(EnginePacket packet) {
		if (packet.binary()) {
			return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(codec().binaryPrefix(), packet.data()));
		}
		ByteBuf text = Unpooled.wrappedBuffer(new byte[] { packet.type().code() }, packet.data());
		return new TextWebSocketFrame(text);
	}

	@Override
	public boolean tryClose() {
		awaitClose();
		this.closer.close(NO_STATUS, "");
		return true;
	}

	@Override
	public void abort(CloseReason reason) {
		if (this.closed) {
			return;
		}
		awaitClose();
		if (this.channel.isWritable()) {
			this.closer.close(NO_STATUS, "");
		}
		else {
			this.channel.close(); // a close frame would wait behind what is not read
		}
	}

	@Override
	public void discard() {
		abort(CloseReason.FORCED_CLOSE);
	}

	// As a candidate; from any thread

	@Override
	public void probe(EnginePacket packet) {
		this.lane.execute(() -> {
			ChannelHandlerContext ctx = this.context;
			if (ctx != null && !this.closed) {
				ByteBuf frame = WebSocketFrames.encode(List.of(packet), codec(), ctx.alloc());
				ctx.writeAndFlush(frame, ctx.voidPromise());
			}
		});
	}

	@Override
	public void activate(Listener listener) {
		this.lane.execute(() -> {
			this.listener = listener;
			if (this.closed) {
				listener.onClosed(CloseReason.TRANSPORT_CLOSE, "connection lost during the upgrade");
				return;
			}
			pauseReads(false);
			HeldPackets packets = this.held;
			this.held = null;
			EnginePacket packet = (packets != null) ? packets.poll() : null;
			while (packets != null && packet != null && !this.closed) {
				listener.onPacket(packet);
				packet = packets.poll();
			}
		});
	}

	@Override
	public void reject() {
		this.lane.execute(() -> abort(CloseReason.FORCED_CLOSE));
	}

	/**
	 * Sends a close frame and closes the channel.
	 */
	@FunctionalInterface
	public interface Closer {

		/**
		 * Close.
		 * @param code the status, or a negative number for none
		 * @param text the reason
		 */
		void close(int code, String text);

	}

}
