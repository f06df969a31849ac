package io.socketio.benchmarks.client;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Makes what a client sends, ready to be written many times.
 */
final class ClientFrames {

	static final ByteBuf PONG = text("3");

	private static final int FINAL_TEXT = 0x81;

	private static final int MASKED = 0x80;

	private static final int MAX_7_BITS = 125;

	private static final int LENGTH_16_BITS = 126;

	private static final String UPGRADE = """
			GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
			Host: %1$s
			Connection: Upgrade
			Pragma: no-cache
			Cache-Control: no-cache
			User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
			Upgrade: websocket
			Origin: http://%1$s
			Sec-WebSocket-Version: 13
			Accept-Encoding: gzip, deflate, br, zstd
			Accept-Language: en-US,en;q=0.9
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

			""";

	private ClientFrames() {
	}

	/**
	 * The upgrade request of a browser.
	 * @param host host and port of the server
	 * @return the request
	 */
	static ByteBuf upgrade(String host) {
		String request = UPGRADE.formatted(host).replace("\n", "\r\n");
		return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
	}

	/**
	 * A text frame, masked with zeros, which leave the text as it is.
	 * @param text the text, of up to 64 kB
	 * @return the frame
	 */
	static ByteBuf text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		ByteBuf frame = Unpooled.buffer(bytes.length + 8);
		frame.writeByte(FINAL_TEXT);
		if (bytes.length <= MAX_7_BITS) {
			frame.writeByte(MASKED | bytes.length);
		}
		else {
			frame.writeByte(MASKED | LENGTH_16_BITS).writeShort(bytes.length);
		}
		frame.writeInt(0).writeBytes(bytes);
		return Unpooled.unreleasableBuffer(frame);
	}

}
