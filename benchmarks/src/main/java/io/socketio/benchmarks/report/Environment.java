package io.socketio.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Where something was measured.
 */
final class Environment {

	private Environment() {
	}

	static String describe(List<String> args) {
		return "Measured on %s by `benchmarks/run %s`: %s, %d cores (the server on one, the load client on another), Linux %s, Java %s, Node %s. Load average at the start: %.1f."
			.formatted(LocalDate.now(ZoneOffset.UTC), String.join(" ", args), cpu(), cores(),
					System.getProperty("os.version").replaceAll("-.*", ""), Runtime.version(),
					output("node", "--version"), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private static String cpu() {
		return lines().stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse(System.getProperty("os.arch").toUpperCase(Locale.ROOT));
	}

	private static long cores() {
		return lines().stream().filter((line) -> line.startsWith("processor")).count();
	}

	private static List<String> lines() {
		try {
			return Files.readAllLines(Path.of("/proc/cpuinfo"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String output(String... command) {
		try {
			Process process = new ProcessBuilder(command).start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			return "none";
		}
	}

}
