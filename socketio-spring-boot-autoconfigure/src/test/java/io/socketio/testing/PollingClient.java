package io.socketio.testing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Engine.IO session over long-polling, request by request.
 */
public final class PollingClient {

	private static final Pattern OPEN_PACKET = Pattern.compile("(?:\\d+:)?0\\{\"sid\":\"([^\"]+)\"");

	private final int port;

	private final String parameters;

	private final RawResponse handshake;

	private final String sid;

	private PollingClient(int port, String parameters, String... headers) {
		this.port = port;
		this.parameters = parameters;
		this.handshake = RawHttp.get(port, target("polling"), headers);
		Matcher text = OPEN_PACKET.matcher(this.handshake.text());
		if (this.handshake.status() != 200 || !text.lookingAt()) {
			throw new AssertionError("No handshake: " + this.handshake);
		}
		this.sid = text.group(1);
	}

	public static PollingClient open(int port, String... headers) {
		return new PollingClient(port, "EIO=4", headers);
	}

	/**
	 * Open a session with parameters of its own.
	 * @param port the port
	 * @param parameters the parameters that all requests have, such as {@code EIO=3}
	 * @return the session
	 */
	public static PollingClient openWith(int port, String parameters) {
		return new PollingClient(port, parameters);
	}

	private String target(String transport) {
		return "/socket.io/?" + this.parameters + "&transport=" + transport;
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
		return target("polling") + "&sid=" + this.sid;
	}

	/**
	 * Path and query of the upgrade of this session.
	 * @return the target
	 */
	public String upgradeTarget() {
		return target("websocket") + "&sid=" + this.sid;
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
	 * Send a binary body.
	 * @param body the body
	 * @return the response
	 */
	public RawResponse push(byte[] body) {
		return RawHttp.exchange(this.port, "POST", target(), body, "Content-Type: application/octet-stream");
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
