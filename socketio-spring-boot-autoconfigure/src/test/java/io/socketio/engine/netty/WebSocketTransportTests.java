package io.socketio.engine.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.socketio.engine.CloseReason;
import io.socketio.engine.Transport;
import io.socketio.protocol.EnginePacket;
import io.socketio.protocol.EngineRevision;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketTransport}.
 */
class WebSocketTransportTests {

	private static final int MAX_PAYLOAD = 1000;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final List<Integer> closeFrames = new ArrayList<>();

	private final WebSocketTransport transport = new WebSocketTransport(this.channel, new NettyLanes(),
			new WebSocketSettings(EngineRevision.V4, false, -1, MAX_PAYLOAD),
			(code, text) -> this.closeFrames.add(code));

	private final Events candidate = new Events(true);

	private final Events session = new Events(false);

	@AfterEach
	void finish() {
		this.channel.finishAndReleaseAll();
	}

	private void start(Events listener) {
		this.channel.pipeline().addLast(this.transport);
		this.transport.listener(listener);
	}

	private void read(String text) {
		this.channel.writeInbound(new TextWebSocketFrame(text));
	}

	private void activate() {
		this.transport.activate(this.session);
		this.channel.runPendingTasks();
	}

	@Test
	@DisplayName("packets behind 5 -> nothing more is read, they are delivered once the session has moved")
	void packetsBehindTheUpgrade() {
		start(this.candidate);
		read("5");
		read("4a");
		read("4b");
		assertThat(this.channel.config().isAutoRead()).isFalse();
		assertThat(this.candidate.packets).containsExactly("5");
		activate();
		assertThat(this.channel.config().isAutoRead()).isTrue();
		assertThat(this.session.packets).containsExactly("4a", "4b");
		read("4c");
		assertThat(this.session.packets).containsExactly("4a", "4b", "4c");
	}

	@Test
	@DisplayName("far more behind 5 than one read brings -> status 1009, dropped")
	void tooMuchBehindTheUpgrade() {
		start(this.candidate);
		read("5");
		for (int i = 0; i < 100; i++) {
			read("4" + "x".repeat(MAX_PAYLOAD - 1));
		}
		assertThat(this.closeFrames).containsExactly(1009);
		assertThat(this.candidate.closed).containsExactly(CloseReason.TRANSPORT_ERROR);
		activate();
		assertThat(this.session.packets).isEmpty();
		assertThat(this.session.closed).containsExactly(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("empty packets without end behind 5 -> status 1009 too")
	void tooManyBehindTheUpgrade() {
		start(this.candidate);
		read("5");
		for (int i = 0; i < 2000; i++) {
			read("4");
		}
		assertThat(this.closeFrames).containsExactly(1009);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("connection whose end cannot be written -> closed a few seconds later at the latest")
	void closeThatIsNotWritten(Ending ending) {
		this.channel.freezeTime();
		start(this.session);
		ending.action.accept(this);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.advanceTimeBy(10, TimeUnit.SECONDS);
		this.channel.runPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	@DisplayName("connection that ends by itself -> no timer is left")
	void closeThatIsWritten() {
		this.channel.freezeTime();
		start(this.session);
		this.transport.tryClose();
		this.channel.close();
		assertThat(this.channel.hasPendingTasks()).isFalse();
		assertThat(this.channel.runScheduledPendingTasks()).isNegative();
	}

	/**
	 * How a connection comes to its end.
	 */
	private enum Ending {

		CLOSED((test) -> test.transport.tryClose()),

		ABORTED((test) -> test.transport.abort(CloseReason.PING_TIMEOUT)),

		CLOSED_BY_THE_CLIENT((test) -> test.channel.writeInbound(new CloseWebSocketFrame())),

		NO_PACKET((test) -> test.read("abc")),

		TOO_BIG((test) -> test.channel.pipeline().fireExceptionCaught(new TooLongFrameException()));

		private final Consumer<WebSocketTransportTests> action;

		Ending(Consumer<WebSocketTransportTests> action) {
			this.action = action;
		}

	}

	/**
	 * Keeps note of what happens on the transport.
	 */
	private static final class Events implements Transport.Listener {

		private final List<String> packets = new ArrayList<>();

		private final List<CloseReason> closed = new ArrayList<>();

		private final boolean awaitsUpgrade;

		private Events(boolean awaitsUpgrade) {
			this.awaitsUpgrade = awaitsUpgrade;
		}

		@Override
		public boolean onPacket(EnginePacket packet) {
			this.packets.add((char) packet.type().code() + packet.text());
			return true;
		}

		@Override
		public boolean awaitsUpgrade() {
			return this.awaitsUpgrade;
		}

		@Override
		public void onWritable() {
			// nothing is written here
		}

		@Override
		public void onClosed(CloseReason reason, String description) {
			this.closed.add(reason);
		}

	}

}
