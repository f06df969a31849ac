package io.socketio.test;

import java.nio.charset.StandardCharsets;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;

/**
 * Takes the response to a WebSocket handshake that is refused, since the WebSocket client
 * would log it as a failure and drop its body. On the event loop.
 */
final class RefusalReader extends ChannelInboundHandlerAdapter {

	static final String NAME = "socketIoRefusalReader";

	private final Target target;

	private boolean refused;

	RefusalReader(Target target) {
		this.target = target;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof FullHttpResponse response
				&& !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			this.refused = true;
			String body = response.content().toString(StandardCharsets.UTF_8);
			ReferenceCountUtil.release(message);
			this.target.refused(response.status().code(), body);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (!this.refused) {
			context.fireChannelInactive();
		}
	}

	/**
	 * Gets the response.
	 */
	@FunctionalInterface
	interface Target {

		/**
		 * The handshake is refused.
		 * @param status status of the response
		 * @param body body of the response
		 */
		void refused(int status, String body);

	}

}
