package io.socketio.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A script of {@code checks/clients} in Node, with the official JavaScript client. It
 * gets its options as JSON, reports by lines of JSON and takes commands by lines.
 * <p>
 * Without Node or its packages the test is skipped, in CI it fails.
 */
public final class NodeScript implements AutoCloseable {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final int MAX_ERRORS = 8192;

	private final String name;

	private final Process process;

	private final Thread outputReader;

	private final Thread errorReader;

	private final List<JsonNode> reports = new ArrayList<>();

	private final StringBuilder errors = new StringBuilder();

	private boolean outputEnded;

	private NodeScript(String name, Process process) {
		this.name = name;
		this.process = process;
		this.outputReader = read("out", process.inputReader(StandardCharsets.UTF_8), (line) -> {
			synchronized (this.reports) {
				this.reports.add(MAPPER.readTree(line));
				this.reports.notifyAll();
			}
		});
		this.errorReader = read("err", process.errorReader(StandardCharsets.UTF_8), (line) -> {
			synchronized (this.errors) {
				if (this.errors.length() < MAX_ERRORS) {
					this.errors.append(line).append('\n');
				}
			}
		});
	}

	/**
	 * Start a script.
	 * @param name name of the file, without its extension
	 * @param options its options, written as JSON
	 * @return the running script
	 */
	public static NodeScript start(String name, Map<String, ?> options) {
		Path checks = checks();
		boolean available = Files.isDirectory(checks.resolve("node_modules/socket.io-client"))
				&& Files.isDirectory(checks.resolve("node_modules/socket.io-client-v2")) && nodeAvailable();
		if (!Boolean.parseBoolean(System.getenv("CI"))) {
			assumeThat(available).as("Node and its packages are there (npm ci --prefix checks)").isTrue();
		}
		else if (!available) {
			throw new AssertionError("Node or its packages are missing (npm ci --prefix checks)");
		}
		try {
			return new NodeScript(name,
					new ProcessBuilder("node", "clients/" + name + ".mjs", MAPPER.writeValueAsString(options))
						.directory(checks.toFile())
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path checks() {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null && !Files.exists(directory.resolve("checks/package.json"))) {
			directory = directory.getParent();
		}
		if (directory == null) {
			throw new AssertionError("There is no directory \"checks\" above " + Path.of("").toAbsolutePath());
		}
		return directory.resolve("checks");
	}

	private static boolean nodeAvailable() {
		try {
			return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private Thread read(String stream, BufferedReader reader, LineHandler handler) {
		Thread thread = new Thread(() -> {
			try (reader) {
				for (String line = reader.readLine(); line != null; line = reader.readLine()) {
					handler.line(line);
				}
			}
			catch (Exception ex) {
				synchronized (this.errors) {
					this.errors.append(stream).append(": ").append(ex).append('\n');
				}
			}
			finally {
				synchronized (this.reports) {
					this.outputEnded |= "out".equals(stream);
					this.reports.notifyAll();
				}
			}
		}, "node-" + this.name + "-" + stream);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * Wait for the next report of a kind, at most 20 seconds.
	 * @param event the kind
	 * @return the report, which is not returned again
	 */
	public JsonNode await(String event) {
		return await(event, Duration.ofSeconds(20));
	}

	/**
	 * Wait for the next report of a kind; fails if it does not come.
	 * @param event the kind
	 * @param limit how long to wait
	 * @return the report, which is not returned again
	 */
	public JsonNode await(String event, Duration limit) {
		JsonNode report = poll(event, limit);
		if (report == null) {
			synchronized (this.reports) {
				throw new AssertionError("No \"" + event + "\" by " + this.name + " within " + limit
						+ (this.outputEnded ? ", it has ended" : "") + "; reports left: " + this.reports + "; errors: "
						+ errors());
			}
		}
		return report;
	}

	/**
	 * Wait for the next report of a kind.
	 * @param event the kind
	 * @param limit how long to wait
	 * @return the report, which is not returned again, or {@code null} if it did not come
	 */
	public @Nullable JsonNode poll(String event, Duration limit) {
		long start = System.nanoTime();
		synchronized (this.reports) {
			while (true) {
				JsonNode report = take(event);
				long left = limit.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
				if (report != null || left <= 0 || this.outputEnded) {
					return report;
				}
				try {
					this.reports.wait(left);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	private @Nullable JsonNode take(String event) {
		for (int i = 0; i < this.reports.size(); i++) {
			if (event.equals(this.reports.get(i).path("event").asString())) {
				return this.reports.remove(i);
			}
		}
		return null;
	}

	/**
	 * Send a command.
	 * @param line the command
	 */
	public void command(String line) {
		try {
			this.process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
		}
		catch (IOException ex) {
			throw new AssertionError(this.name + " takes no commands: " + errors(), ex);
		}
	}

	/**
	 * Wait for the end of the script, at most 30 seconds; fails unless it ends well.
	 */
	public void succeed() {
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				throw new AssertionError(this.name + " does not end; errors: " + errors());
			}
			this.outputReader.join();
			this.errorReader.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		if (this.process.exitValue() != 0) {
			throw new AssertionError(this.name + " failed with " + this.process.exitValue() + ": " + errors());
		}
	}

	private String errors() {
		synchronized (this.errors) {
			return this.errors.toString();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	@FunctionalInterface
	private interface LineHandler {

		void line(String line);

	}

}
