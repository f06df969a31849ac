package io.socketio.testing;

import java.nio.charset.StandardCharsets;

/**
 * One Engine.IO session over long-polling, request by request.
 */
public final class PollingClient {

	/**
	 * Path and query of a handshake.
	 */
	public static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

	private final int port;

	private final RawResponse handshake;

	private final String sid;

	private PollingClient(int port, RawResponse handshake) {
		this.port = port;
		this.handshake = handshake;
		String text = handshake.text();
		if (handshake.status() != 200 || !text.startsWith("0{\"sid\":\"")) {
			throw new AssertionError("No handshake: " + handshake);
		}
		this.sid = text.substring(9, text.indexOf('"', 9));
	}

	public static PollingClient open(int port, String... headers) {
		return new PollingClient(port, RawHttp.get(port, HANDSHAKE, headers));
	}

	public RawResponse handshake() {
		return this.handshake;
	}

	public String sid() {
		return this.sid;
	}

	/**
	 * Path and query of a further request of this session.
	 * @return the target
	 */
	public String target() {
		return HANDSHAKE + "&sid=" + this.sid;
	}

	/**
	 * Path and query of the upgrade of this session.
	 * @return the target
	 */
	public String upgradeTarget() {
		return "/socket.io/?EIO=4&transport=websocket&sid=" + this.sid;
	}

	public RawResponse poll(String... headers) {
		return RawHttp.get(this.port, target(), headers);
	}

	/**
	 * Send a poll and leave the response.
	 * @return the connection
	 */
	public RawHttp startPoll() {
		return RawHttp.connect(this.port).send("GET", target(), new byte[0]);
	}

	public RawResponse push(String body, String... headers) {
		return RawHttp.exchange(this.port, "POST", target(), body.getBytes(StandardCharsets.UTF_8), headers);
	}

	/**
	 * Send a push's head, wait until the server reads the body, and send a part of it.
	 * @param length the length that is announced
	 * @param part the part
	 * @return the connection
	 */
	public RawHttp startPush(int length, String part) {
		return RawHttp.connect(this.port)
			.sendHead("POST", target(), "Content-Length: " + length, "Expect: 100-continue")
			.readContinue()
			.write(part);
	}

}
