package io.socketio.testing;

import io.socketio.testing.RawWebSocket.Frame;

/**
 * A {@link WireClient} over WebSocket.
 */
final class WebSocketWireClient extends WireClient {

	private final RawWebSocket webSocket;

	WebSocketWireClient(int port, String... headers) {
		this(RawWebSocket.connect(port, "/socket.io/?EIO=4&transport=websocket", headers));
	}

	private WebSocketWireClient(RawWebSocket webSocket) {
		super(webSocket.text());
		this.webSocket = webSocket;
	}

	@Override
	public WireClient sendRaw(String... packets) {
		for (String packet : packets) {
			this.webSocket.send(packet);
		}
		return this;
	}

	@Override
	public WireClient send(byte... attachment) {
		this.webSocket.send(attachment);
		return this;
	}

	@Override
	Object read() {
		Frame frame = this.webSocket.read();
		if (frame == null || frame.opcode() == RawWebSocket.CLOSE) {
			return null;
		}
		return (frame.opcode() == RawWebSocket.BINARY) ? frame.payload() : frame.text();
	}

	@Override
	public void leave() {
		this.webSocket.sendClose(1000);
	}

	@Override
	public void close() {
		this.webSocket.close();
	}

}
