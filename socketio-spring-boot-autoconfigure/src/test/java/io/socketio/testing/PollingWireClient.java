package io.socketio.testing;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Queue;

/**
 * A {@link WireClient} over long-polling. It polls only when it reads.
 */
final class PollingWireClient extends WireClient {

	private final PollingClient client;

	private final Queue<String> packets = new ArrayDeque<>();

	PollingWireClient(int port, String... headers) {
		this(PollingClient.open(port, headers));
	}

	private PollingWireClient(PollingClient client) {
		super(client.handshake().text());
		this.client = client;
	}

	@Override
	public WireClient sendRaw(String... packets) {
		this.client.push(String.join("\u001e", packets));
		return this;
	}

	@Override
	public WireClient send(byte... attachment) {
		return sendRaw("b" + Base64.getEncoder().encodeToString(attachment));
	}

	@Override
	Object read() {
		if (this.packets.isEmpty()) {
			RawResponse response = this.client.poll();
			if (response.status() != 200) {
				return null;
			}
			this.packets.addAll(List.of(response.text().split("\u001e")));
		}
		String packet = this.packets.remove();
		if ("1".equals(packet)) {
			return null;
		}
		return (packet.charAt(0) == 'b') ? Base64.getDecoder().decode(packet.substring(1)) : packet;
	}

	@Override
	public void leave() {
		sendRaw("1");
	}

	@Override
	public void close() {
		// no connection is held
	}

}
