package io.socketio.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket client (RFC 6455) that sends and reads single frames as they are.
 */
public final class RawWebSocket implements AutoCloseable {

	public static final int TEXT = 1;

	public static final int BINARY = 2;

	public static final int CLOSE = 8;

	public static final int PING = 9;

	public static final int PONG = 10;

	/**
	 * Status of a close frame that has none.
	 */
	public static final int NO_STATUS = 1005;

	/**
	 * Status of a connection that ended without a close frame.
	 */
	public static final int ABNORMAL = 1006;

	private static final int FIN = 0x80;

	private static final byte[] MASK = { 0x12, 0x34, 0x56, 0x78 };

	private static final String[] HANDSHAKE = { "Upgrade: websocket", "Connection: Upgrade",
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13" };

	private final RawHttp http;

	private final RawResponse handshake;

	private RawWebSocket(RawHttp http, RawResponse handshake) {
		this.http = http;
		this.handshake = handshake;
	}

	/**
	 * Connect; fails unless the server switches protocols.
	 * @param port the port
	 * @param target path and query
	 * @param headers further header lines
	 * @return the connection
	 */
	public static RawWebSocket connect(int port, String target, String... headers) {
		RawHttp http = RawHttp.connect(port);
		RawResponse response = handshake(http, target, headers);
		if (response.status() != 101) {
			http.close();
			throw new AssertionError("No WebSocket: " + response);
		}
		return new RawWebSocket(http, response);
	}

	/**
	 * Ask for a WebSocket where it is to be refused.
	 * @param port the port
	 * @param target path and query
	 * @param headers further header lines
	 * @return the response
	 */
	public static RawResponse refused(int port, String target, String... headers) {
		try (RawHttp http = RawHttp.connect(port)) {
			return handshake(http, target, headers);
		}
	}

	private static RawResponse handshake(RawHttp http, String target, String... headers) {
		List<String> lines = new ArrayList<>(List.of(HANDSHAKE));
		lines.addAll(List.of(headers));
		return http.sendHead("GET", target, lines.toArray(String[]::new)).read();
	}

	/**
	 * The response to the handshake.
	 * @return status and headers
	 */
	public RawResponse handshake() {
		return this.handshake;
	}

	public RawWebSocket send(String text) {
		return sendFrame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send text frames at once, whatever the server does on the first ones.
	 * @param texts the texts
	 * @return this connection
	 */
	public RawWebSocket sendAll(String... texts) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (String text : texts) {
			frames.writeBytes(frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8)));
		}
		return sendRaw(frames.toByteArray());
	}

	public RawWebSocket send(byte[] binary) {
		return sendFrame(FIN | BINARY, binary);
	}

	public RawWebSocket sendClose(int status) {
		return sendFrame(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) status).array());
	}

	/**
	 * Send one masked frame.
	 * @param firstByte flags and opcode
	 * @param payload the payload
	 * @return this connection
	 */
	public RawWebSocket sendFrame(int firstByte, byte[] payload) {
		return sendRaw(frame(firstByte, payload));
	}

	/**
	 * Send one masked frame again and again, at once.
	 * @param firstByte flags and opcode
	 * @param payload the payload
	 * @param count how often
	 * @return this connection
	 */
	public RawWebSocket sendFrames(int firstByte, byte[] payload, int count) {
		byte[] frame = frame(firstByte, payload);
		ByteArrayOutputStream frames = new ByteArrayOutputStream(frame.length * count);
		for (int i = 0; i < count; i++) {
			frames.writeBytes(frame);
		}
		return sendRaw(frames.toByteArray());
	}

	private static byte[] frame(int firstByte, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
		frame.write(firstByte);
		if (payload.length < 126) {
			frame.write(0x80 | payload.length);
		}
		else if (payload.length <= 0xFFFF) {
			frame.write(0x80 | 126);
			frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
		}
		else {
			frame.write(0x80 | 127);
			frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
		}
		frame.writeBytes(MASK);
		byte[] masked = payload.clone();
		for (int i = 0; i < masked.length; i++) {
			masked[i] ^= MASK[i % MASK.length];
		}
		frame.writeBytes(masked);
		return frame.toByteArray();
	}

	/**
	 * Send bytes that need not be a frame.
	 * @param bytes the bytes
	 * @return this connection
	 */
	public RawWebSocket sendRaw(byte[] bytes) {
		this.http.write(bytes);
		return this;
	}

	/**
	 * Read the next frame.
	 * @return the frame, or {@code null} at the end of the connection
	 */
	public Frame read() {
		try {
			int first = this.http.readByte();
			if (first < 0) {
				return null;
			}
			int length = this.http.readByte();
			if (length > 127) {
				throw new AssertionError("A server's frame is not masked");
			}
			if (length == 126) {
				length = Short.toUnsignedInt(ByteBuffer.wrap(this.http.readExactly(2)).getShort());
			}
			else if (length == 127) {
				length = Math.toIntExact(ByteBuffer.wrap(this.http.readExactly(8)).getLong());
			}
			return new Frame(first, this.http.readExactly(length));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Frame read(int opcode) {
		Frame frame = read();
		if (frame == null || frame.opcode() != opcode) {
			throw new AssertionError("Expected opcode " + opcode + ", got " + frame);
		}
		return frame;
	}

	/**
	 * Read the next frame, which must be a text frame.
	 * @return the text
	 */
	public String text() {
		return read(TEXT).text();
	}

	/**
	 * Read the next frame, which must be a binary frame.
	 * @return the bytes
	 */
	public byte[] binary() {
		return read(BINARY).payload();
	}

	/**
	 * Read the next frame, which must be a close frame, and the end of the connection.
	 * @return the status, {@link #NO_STATUS} if it has none
	 */
	public int closeStatus() {
		int status = read(CLOSE).closeStatus();
		endOfConnection();
		return status;
	}

	/**
	 * Read whatever comes until the connection ends.
	 * @return the status of the close frame, {@link #ABNORMAL} without one
	 */
	public int awaitEnd() {
		int status = ABNORMAL;
		try {
			for (Frame frame = read(); frame != null; frame = read()) {
				if (frame.opcode() == CLOSE) {
					status = frame.closeStatus();
					endOfConnection();
					return status;
				}
			}
		}
		catch (UncheckedIOException ex) {
			if (ex.getCause() instanceof SocketTimeoutException) {
				throw ex;
			}
		}
		return status;
	}

	// The server waits for the answer to its close frame before it ends the connection
	private void endOfConnection() {
		try {
			sendFrame(FIN | CLOSE, new byte[0]);
		}
		catch (UncheckedIOException ex) {
			return; // it did not wait
		}
		byte[] rest = this.http.readToEnd();
		if (rest.length > 0) {
			throw new AssertionError(rest.length + " bytes behind the close frame");
		}
	}

	/**
	 * End the connection by a reset.
	 */
	public void abort() {
		this.http.abort();
	}

	@Override
	public void close() {
		this.http.close();
	}

	/**
	 * One frame.
	 *
	 * @param first flags and opcode
	 * @param payload the payload
	 */
	public record Frame(int first, byte[] payload) {

		public int opcode() {
			return this.first & 0x0F;
		}

		public boolean compressed() {
			return (this.first & 0x40) != 0;
		}

		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

		int closeStatus() {
			return (this.payload.length < 2) ? NO_STATUS
					: Short.toUnsignedInt(ByteBuffer.wrap(this.payload).getShort());
		}

		@Override
		public String toString() {
			return "Frame[0x" + Integer.toHexString(this.first) + ", " + text() + "]";
		}

	}

}
