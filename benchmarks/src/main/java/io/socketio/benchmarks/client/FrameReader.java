package io.socketio.benchmarks.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Reads what a server sends on one connection: the response to the upgrade request, then
 * WebSocket frames (RFC 6455), of which text is handed on without being copied.
 */
final class FrameReader extends ByteToMessageDecoder {

	private static final ByteBuf END_OF_HEADERS = Unpooled
		.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));

	private static final String SWITCHING_PROTOCOLS = "HTTP/1.1 101";

	private static final int FINAL_TEXT = 0x81;

	private static final int FINAL_CLOSE = 0x88;

	private static final int LENGTH_16_BITS = 126;

	private static final int LENGTH_64_BITS = 127;

	private final EngineClient client;

	private boolean upgraded;

	FrameReader(EngineClient client) {
		this.client = client;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		if (!this.upgraded && !readResponse(in)) {
			return;
		}
		while (ctx.channel().isOpen()) {
			if (!readFrame(ctx, in)) {
				return;
			}
		}
		in.skipBytes(in.readableBytes());
	}

	private boolean readResponse(ByteBuf in) {
		int length = ByteBufUtil.indexOf(END_OF_HEADERS, in);
		if (length < 0) {
			return false;
		}
		String response = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
		if (!response.startsWith(SWITCHING_PROTOCOLS)) {
			throw new IllegalStateException("No upgrade: " + response);
		}
		in.skipBytes(END_OF_HEADERS.readableBytes());
		this.upgraded = true;
		this.client.upgraded();
		return true;
	}

	private boolean readFrame(ChannelHandlerContext ctx, ByteBuf in) {
		int start = in.readerIndex();
		int available = in.readableBytes();
		if (available < 2) {
			return false;
		}
		int type = in.getUnsignedByte(start);
		int header = 2;
		long length = in.getByte(start + 1);
		if (length == LENGTH_16_BITS) {
			header += Short.BYTES;
			length = (available >= header) ? in.getUnsignedShort(start + 2) : 0;
		}
		else if (length == LENGTH_64_BITS) {
			header += Long.BYTES;
			length = (available >= header) ? in.getLong(start + 2) : 0;
		}
		if (available < header + length) {
			return false;
		}
		int end = start + header + (int) length;
		if (type == FINAL_TEXT) {
			this.client.text(in, start + header, end);
		}
		else if (type == FINAL_CLOSE) {
			ctx.close();
		}
		else {
			throw new IllegalStateException("Unexpected frame " + Integer.toHexString(type));
		}
		in.readerIndex(end);
		return true;
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		super.channelInactive(ctx);
		this.client.closed(ctx.channel());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.client.failed(cause);
		ctx.close();
	}

}
