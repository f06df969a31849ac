package io.socketio.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy that breaks connections as networks do.
 */
public final class TcpProxy implements AutoCloseable {

	private final int target;

	private final ServerSocket acceptor;

	private final List<Link> links = new ArrayList<>();

	/**
	 * Start a proxy on a free port.
	 * @param target the port to forward to
	 */
	public TcpProxy(int target) {
		this.target = target;
		try {
			this.acceptor = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("accept", this::accept);
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, "proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	public int port() {
		return this.acceptor.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.acceptor.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
				Link link = new Link(client, server);
				synchronized (this.links) {
					this.links.removeIf((old) -> old.client.isClosed() && old.server.isClosed());
					this.links.add(link);
				}
				start("up", () -> link.pump(client, server));
				start("down", () -> link.pump(server, client));
			}
		}
		catch (IOException ex) {
			close();
		}
	}

	/**
	 * Reset the connections on both sides.
	 */
	public void reset() {
		for (Link link : snapshot()) {
			reset(link.client);
			reset(link.server);
		}
	}

	/**
	 * Reset the connections of the client only. The server gets nothing more and no sign
	 * that something is wrong; what it sends is lost.
	 */
	public void resetClientOnly() {
		for (Link link : snapshot()) {
			link.silent = true;
			reset(link.client);
		}
	}

	/**
	 * Forward nothing any more on the present connections, and leave them open.
	 */
	public void silence() {
		snapshot().forEach((link) -> link.silent = true);
	}

	private List<Link> snapshot() {
		synchronized (this.links) {
			return List.copyOf(this.links);
		}
	}

	private static void reset(Socket socket) {
		try {
			if (!socket.isClosed()) {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		}
		catch (IOException ex) {
			// it is closed, then
		}
	}

	@Override
	public void close() {
		try {
			this.acceptor.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		reset();
	}

	private static final class Link {

		private final Socket client;

		private final Socket server;

		private final AtomicInteger halvesEnded = new AtomicInteger();

		private volatile boolean silent;

		Link(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void pump(Socket from, Socket to) {
			byte[] buffer = new byte[65536];
			try {
				for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream()
					.read(buffer)) {
					if (!this.silent) {
						to.getOutputStream().write(buffer, 0, read);
					}
				}
				if (!this.silent) {
					to.shutdownOutput();
					if (this.halvesEnded.incrementAndGet() == 2) {
						this.client.close();
						this.server.close();
					}
				}
			}
			catch (IOException ex) {
				if (!this.silent) {
					TcpProxy.reset(from);
					TcpProxy.reset(to);
				}
			}
		}

	}

}
