package io.socketio.recovery.model;

import java.net.URI;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * A WebSocket that costs little: all share one thread.
 */
final class WebSocketLink implements Link {

	static final EventLoopGroup EVENT_LOOP = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("model-client", true), NioIoHandler.newFactory());

	private final ChannelFuture connecting;

	private final Runnable connected;

	private final Listener listener;

	private boolean closed;

	private WebSocketLink(int port, String query, Runnable connected, Listener listener) {
		this.connected = connected;
		this.listener = listener;
		URI uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket" + query);
		this.connecting = new Bootstrap().group(EVENT_LOOP)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpClientCodec(), new HttpObjectAggregator(8192),
								new WebSocketClientProtocolHandler(WebSocketClientHandshakerFactory.newHandshaker(uri,
										WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), 1 << 20), true),
								new Handler());
				}

			})
			.connect("127.0.0.1", port);
		this.connecting.addListener((future) -> {
			if (!future.isSuccess()) {
				ended(String.valueOf(future.cause()));
			}
		});
	}

	static WebSocketLink open(int port, Listener listener) {
		return new WebSocketLink(port, "", () -> {
		}, listener);
	}

	/**
	 * Open a candidate for an upgrade.
	 * @param port the port
	 * @param sid the Engine.IO session
	 * @param connected called when messages can be sent
	 * @param listener the listener
	 * @return the link
	 */
	static WebSocketLink candidate(int port, String sid, Runnable connected, Listener listener) {
		return new WebSocketLink(port, "&sid=" + sid, connected, listener);
	}

	private void ended(String description) {
		if (!this.closed) {
			this.closed = true;
			this.listener.onClosed(description);
		}
	}

	@Override
	public void send(String packet) {
		this.connecting.channel().writeAndFlush(new TextWebSocketFrame(packet));
	}

	@Override
	public void close() {
		this.connecting.channel().writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
	}

	@Override
	public void reset() {
		Channel channel = this.connecting.channel();
		try {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			return; // it is closed
		}
		channel.close();
	}

	@Override
	public void pause(boolean pause) {
		this.connecting.channel().config().setAutoRead(!pause);
	}

	private final class Handler extends SimpleChannelInboundHandler<WebSocketFrame> {

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				WebSocketLink.this.connected.run();
			}
		}

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
			if (frame instanceof BinaryWebSocketFrame) {
				WebSocketLink.this.listener.onBinary(ByteBufUtil.getBytes(frame.content()));
			}
			else if (frame instanceof TextWebSocketFrame text) {
				if ("2".equals(text.text())) {
					ctx.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(new byte[] { '3' })));
				}
				else {
					WebSocketLink.this.listener.onText(text.text());
				}
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			ended("end of connection");
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}
