package io.socketio.benchmarks.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Thousands of clients of one server on one event loop. Everything they send is prepared
 * once, and what they receive is checked without being parsed.
 *
 * @since 0.1.0
 */
public final class LoadClient implements AutoCloseable {

	/**
	 * As many as fit in the accept queue of every peer.
	 */
	private static final int MAX_HANDSHAKES = 256;

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final InetSocketAddress server;

	private final ByteBuf upgrade;

	private final Queue<EngineClient> waiting = new ArrayDeque<>();

	private int handshakes;

	private Observer observer = Observer.NONE;

	private CompletableFuture<Void> phase = new CompletableFuture<>();

	/**
	 * Create a client.
	 * @param server where the server listens
	 */
	public LoadClient(InetSocketAddress server) {
		this.server = server;
		this.upgrade = ClientFrames.upgrade(server.getHostString() + ":" + server.getPort());
	}

	/**
	 * Create sessions, not connected yet.
	 * @param count how many
	 * @param namespace their namespace
	 * @param roomSize how many of them share a room
	 * @return the sessions
	 */
	public List<LoadSession> sessions(int count, String namespace, int roomSize) {
		return IntStream.range(0, count).mapToObj((i) -> new LoadSession(this, namespace, i / roomSize)).toList();
	}

	/**
	 * Do something on the event loop and wait for what it leads to.
	 * @param timeout how long to wait
	 * @param start starts it: gets what to call when it is done, returns who observes the
	 * sessions meanwhile
	 * @throws IllegalStateException if it took too long or a session saw what it must not
	 */
	public void await(Duration timeout, Function<Runnable, Observer> start) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.loop.execute(() -> {
			this.phase = done;
			try {
				this.observer = start.apply(() -> done.complete(null));
			}
			catch (RuntimeException ex) {
				done.completeExceptionally(ex);
			}
		});
		try {
			done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The load client failed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Connect sessions as fast as possible. Called on the event loop.
	 * @param sessions the sessions
	 */
	public void connect(List<LoadSession> sessions) {
		sessions.forEach(this::connect);
	}

	void connect(EngineClient client) {
		if (this.handshakes == MAX_HANDSHAKES) {
			this.waiting.add(client);
			return;
		}
		this.handshakes++;
		Bootstrap bootstrap = new Bootstrap().group(this.loop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new FrameReader(client));
				}

			});
		bootstrap.connect(this.server).addListener((ChannelFuture connected) -> {
			if (!connected.isSuccess()) {
				client.failed(connected.cause());
				return;
			}
			client.attach(connected.channel());
			client.send(this.upgrade);
		});
	}

	void handshakeDone() {
		this.handshakes--;
		EngineClient next = this.waiting.poll();
		if (next != null) {
			connect(next);
		}
	}

	/**
	 * Close the TCP connections of sessions, with no word to the server. Called on the
	 * event loop.
	 * @param sessions the sessions
	 */
	public void drop(List<LoadSession> sessions) {
		sessions.forEach(EngineClient::drop);
	}

	/**
	 * Have sessions leave their namespace. Called on the event loop.
	 * @param sessions the sessions
	 */
	public void leave(List<LoadSession> sessions) {
		sessions.forEach(LoadSession::leave);
	}

	Observer observer() {
		return this.observer;
	}

	void failed(Throwable cause) {
		this.phase.completeExceptionally(cause);
	}

	void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
	}

}
