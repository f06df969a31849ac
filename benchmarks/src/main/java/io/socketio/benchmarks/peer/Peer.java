package io.socketio.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, on one core. Ends with this process at the latest.
 *
 * @since 0.1.0
 */
public final class Peer implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("(?:started|listening) on port (\\d+)");

	private static final long START_SECONDS = 120;

	private static final long STOP_SECONDS = 10;

	private final Process process;

	private final Thread stop = new Thread(this::kill);

	private final InetSocketAddress address;

	private Peer(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(this.stop);
		CompletableFuture<Integer> port = new CompletableFuture<>();
		Thread reader = new Thread(() -> read(port), "peer-output");
		reader.setDaemon(true);
		reader.start();
		this.address = new InetSocketAddress("127.0.0.1", port.orTimeout(START_SECONDS, TimeUnit.SECONDS).join());
	}

	/**
	 * Start a server.
	 * @param type its kind
	 * @param recovery whether connection state recovery is enabled
	 * @param options further options of the JVM
	 * @return the server, which is ready
	 */
	public static Peer start(PeerType type, boolean recovery, List<String> options) {
		try {
			return new Peer(new ProcessBuilder(type.command(recovery, options)).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(CompletableFuture<Integer> port) {
		StringBuilder log = new StringBuilder();
		try (BufferedReader output = this.process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				Matcher started = STARTED.matcher(line);
				if (started.find()) {
					port.complete(Integer.valueOf(started.group(1)));
				}
				else if (port.isDone()) {
					System.err.println("[peer] " + line);
				}
				log.append(port.isDone() ? "" : line + "\n");
			}
		}
		catch (IOException ex) {
			log.append(ex);
		}
		port.completeExceptionally(new IllegalStateException("The server did not start:\n" + log));
	}

	/**
	 * Where it listens.
	 * @return the address
	 */
	public InetSocketAddress address() {
		return this.address;
	}

	/**
	 * The CPU time it has used, by all its threads, in user and in kernel mode.
	 * @return the time, in steps of 10 ms
	 */
	public Duration cpu() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/**
	 * The memory it occupies now.
	 * @return bytes
	 */
	public long residentBytes() {
		return status("VmRSS");
	}

	/**
	 * The most memory it has ever occupied.
	 * @return bytes
	 */
	public long peakResidentBytes() {
		return status("VmHWM");
	}

	private long status(String field) {
		try {
			return Files.readAllLines(Path.of("/proc/" + this.process.pid() + "/status"))
				.stream()
				.filter((line) -> line.startsWith(field + ":"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void kill() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.stop);
	}

}
