package io.socketio.benchmarks.client;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameReader}.
 */
class FrameReaderTests {

	private final LoadClient loop = new LoadClient(new InetSocketAddress("127.0.0.1", 1));

	private final Recorder client = new Recorder(this.loop);

	private final EmbeddedChannel channel = new EmbeddedChannel(new FrameReader(this.client));

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
		this.loop.close();
	}

	@Test
	void readsFramesOfAnyLengthInPiecesOfAnySize() {
		List<String> packets = List.of("2[\"a\"]", "2" + "b".repeat(200), "2" + "c".repeat(70_000));
		ByteBuf bytes = Unpooled.buffer();
		bytes.writeCharSequence("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
				StandardCharsets.US_ASCII);
		packets.forEach((packet) -> frame(bytes, "4" + packet));
		while (bytes.isReadable()) {
			this.channel.writeInbound(bytes.readBytes(Math.min(bytes.readableBytes(), 7)));
		}
		bytes.release();
		assertThat(this.client.packets).isEqualTo(packets);
		assertThat(this.client.failures).isEmpty();
	}

	@Test
	void failsWhenTheServerDoesNotUpgrade() {
		this.channel
			.writeInbound(Unpooled.copiedBuffer("HTTP/1.1 400 Bad Request\r\nX: y\r\n\r\n", StandardCharsets.US_ASCII));
		assertThat(this.client.failures).first().asString().contains("400 Bad Request");
	}

	private static void frame(ByteBuf out, String text) {
		out.writeByte(0x81);
		if (text.length() < 126) {
			out.writeByte(text.length());
		}
		else if (text.length() < 0x10000) {
			out.writeByte(126).writeShort(text.length());
		}
		else {
			out.writeByte(127).writeLong(text.length());
		}
		out.writeCharSequence(text, StandardCharsets.US_ASCII);
	}

	private static final class Recorder extends EngineClient {

		private final List<String> packets = new ArrayList<>();

		private final List<Throwable> failures = new ArrayList<>();

		Recorder(LoadClient loop) {
			super(loop);
		}

		@Override
		String connectPacket() {
			return "40";
		}

		@Override
		void packet(ByteBuf in, int start, int end) {
			this.packets.add(string(in, start, end));
		}

		@Override
		void failed(Throwable cause) {
			this.failures.add(cause);
		}

	}

}
