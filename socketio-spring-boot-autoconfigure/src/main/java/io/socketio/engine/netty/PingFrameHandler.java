package io.socketio.engine.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers ping frames (RFC 6455, section 5.5.2) as long as the channel is writable: a
 * client that does not read what it asks for gets no further answers, so that they do not
 * pile up. The answers to what one read brings are written together. Pong frames mean
 * nothing here, since the heartbeat is made of messages.
 *
 * @since 0.1.0
 */
public final class PingFrameHandler extends ChannelInboundHandlerAdapter {

	private boolean answered;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof PingWebSocketFrame ping && ctx.channel().isWritable()) {
			ctx.write(new PongWebSocketFrame(ping.content()), ctx.voidPromise());
			this.answered = true;
		}
		else if (message instanceof PingWebSocketFrame || message instanceof PongWebSocketFrame) {
			ReferenceCountUtil.release(message);
		}
		else {
			ctx.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.answered) {
			this.answered = false;
			ctx.flush();
		}
		ctx.fireChannelReadComplete();
	}

}
