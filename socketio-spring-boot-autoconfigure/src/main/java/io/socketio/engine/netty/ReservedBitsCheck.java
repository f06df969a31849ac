package io.socketio.engine.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Finds frames whose reserved bits are set (RFC 6455, section 5.2) although no extension
 * has a meaning for them. The decoder lets them pass for the sake of compression, which
 * clears its bit. Belongs before the handler that joins fragments.
 *
 * @since 0.1.0
 */
public final class ReservedBitsCheck extends ChannelInboundHandlerAdapter {

	private final WebSocketTransport transport;

	/**
	 * Create a check.
	 * @param transport told of the first such frame
	 */
	public ReservedBitsCheck(WebSocketTransport transport) {
		this.transport = transport;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof WebSocketFrame frame && frame.rsv() != 0) {
			ReferenceCountUtil.release(message);
			this.transport.protocolError("Reserved bits are set");
			return;
		}
		ctx.fireChannelRead(message);
	}

}
