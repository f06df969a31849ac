package io.socketio.engine.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers ping frames (RFC 6455, section 5.5.2) as long as the channel is writable: a
 * client that does not read what it asks for gets no further answers, so that they do not
 * pile up. Pong frames mean nothing here, since the heartbeat is made of messages.
 *
 * @since 0.1.0
 */
public final class PingFrameHandler extends ChannelInboundHandlerAdapter {

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof PingWebSocketFrame ping && ctx.channel().isWritable()) {
			ctx.writeAndFlush(new PongWebSocketFrame(ping.content()), ctx.voidPromise());
		}
		else if (message instanceof PingWebSocketFrame || message instanceof PongWebSocketFrame) {
			ReferenceCountUtil.release(message);
		}
		else {
			ctx.fireChannelRead(message);
		}
	}

}
