package io.socketio.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One TCP connection that speaks HTTP/1.1 by hand: sends exactly what it is told, and
 * reads exactly what comes. A request is not waited for, so that many connections can be
 * used at once by one thread.
 */
public final class RawHttp implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 10_000;

	/**
	 * Fixed, since else the system lets it grow to whatever it is configured for, and a
	 * client that does not read takes that much.
	 */
	private static final int RECEIVE_BUFFER = 128 * 1024;

	private static final byte[] NOTHING = new byte[0];

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	private String method = "GET";

	private RawHttp(int port) throws IOException {
		this.socket = new Socket();
		this.socket.setReceiveBufferSize(RECEIVE_BUFFER);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
	}

	public static RawHttp connect(int port) {
		try {
			return new RawHttp(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static RawResponse get(int port, String target, String... headers) {
		return exchange(port, "GET", target, NOTHING, headers);
	}

	public static RawResponse post(int port, String target, String body, String... headers) {
		return exchange(port, "POST", target, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	/**
	 * Send a request on a connection of its own and wait for the response.
	 * @param port the port
	 * @param method the method
	 * @param target path and query, as they are
	 * @param body the body
	 * @param headers header lines
	 * @return the response
	 */
	public static RawResponse exchange(int port, String method, String target, byte[] body, String... headers) {
		try (RawHttp http = connect(port)) {
			return http.send(method, target, body, headers).read();
		}
	}

	/**
	 * Send a request; the response is left for {@link #read()}.
	 * @param method the method
	 * @param target path and query, as they are
	 * @param body the body, whose length is announced unless it is an empty one of a GET
	 * @param headers header lines
	 * @return this connection
	 */
	public RawHttp send(String method, String target, byte[] body, String... headers) {
		boolean announced = body.length > 0 || "POST".equals(method);
		List<String> lines = new ArrayList<>(List.of(headers));
		if (announced) {
			lines.add("Content-Length: " + body.length);
		}
		return sendHead(method, target, lines.toArray(String[]::new)).write(body);
	}

	/**
	 * Send a request line and headers alone.
	 * @param method the method
	 * @param target path and query, as they are
	 * @param headers header lines; a {@code Host} is added
	 * @return this connection
	 */
	public RawHttp sendHead(String method, String target, String... headers) {
		this.method = method;
		StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		head.append("Host: localhost\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return write(head.append("\r\n").toString());
	}

	public RawHttp sendChunk(byte[] data) {
		return write(Integer.toHexString(data.length) + "\r\n").write(data).write("\r\n");
	}

	public RawHttp write(String latin1) {
		return write(latin1.getBytes(StandardCharsets.ISO_8859_1));
	}

	public RawHttp write(byte[] bytes) {
		try {
			this.out.write(bytes);
			this.out.flush();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read one response, and interim ones before it.
	 * @return the final response
	 */
	public RawResponse read() {
		try {
			RawResponse response = readOne();
			while (response.status() == 100) {
				response = readOne();
			}
			return response;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read a {@code 100 Continue}: the server has begun to read the body.
	 * @return this connection
	 */
	public RawHttp readContinue() {
		try {
			RawResponse response = readOne();
			if (response.status() != 100) {
				throw new AssertionError("No interim response: " + response);
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private RawResponse readOne() throws IOException {
		StringBuilder head = new StringBuilder();
		String statusLine = readLine();
		head.append(statusLine).append("\r\n");
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			head.append(line).append("\r\n");
			int colon = line.indexOf(':');
			headers.computeIfAbsent(line.substring(0, colon), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).trim());
		}
		int status = Integer.parseInt(statusLine.split(" ")[1]);
		return new RawResponse(status, head.append("\r\n").toString(), headers, readBody(status, headers));
	}

	private byte[] readBody(int status, Map<String, List<String>> headers) throws IOException {
		if ("HEAD".equals(this.method) || status < 200 || status == 204 || status == 304) {
			return NOTHING;
		}
		if (headers.containsKey("Transfer-Encoding")) {
			return readChunks();
		}
		List<String> length = headers.get("Content-Length");
		return (length != null) ? readExactly(Integer.parseInt(length.get(0))) : this.in.readAllBytes();
	}

	private byte[] readChunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size = Integer.parseInt(readLine(), 16);
		while (size > 0) {
			body.writeBytes(readExactly(size));
			readLine();
			size = Integer.parseInt(readLine(), 16);
		}
		readLine();
		return body.toByteArray();
	}

	byte[] readExactly(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("The connection ended after " + bytes.length + " of " + length + " bytes");
		}
		return bytes;
	}

	int readByte() throws IOException {
		return this.in.read();
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = this.in.read();
		while (next != '\n') {
			if (next < 0) {
				throw new EOFException("The connection ended in a head: " + line.toString(StandardCharsets.ISO_8859_1));
			}
			line.write(next);
			next = this.in.read();
		}
		String text = line.toString(StandardCharsets.ISO_8859_1);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	/**
	 * Wait until the server ends the connection.
	 * @return what came before the end
	 */
	public byte[] readToEnd() {
		ByteArrayOutputStream rest = new ByteArrayOutputStream();
		try {
			this.in.transferTo(rest);
		}
		catch (SocketException ex) {
			// a reset is an end too
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return rest.toByteArray();
	}

	/**
	 * Say that nothing more will be sent, and keep reading.
	 */
	public void endOutput() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * End the connection by a reset.
	 */
	public void abort() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
