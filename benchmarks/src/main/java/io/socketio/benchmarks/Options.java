package io.socketio.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Options of a run, {@code --name=value} each.
 */
final class Options {

	private final List<String> args;

	Options(String... args) {
		this.args = List.of(args);
	}

	int number(String name, int defaultValue) {
		return values(name).map(Integer::valueOf).findFirst().orElse(defaultValue);
	}

	/**
	 * Further options of the servers' JVM, such as a recording's.
	 * @return the options
	 */
	List<String> jvm() {
		return values("jvm").flatMap((value) -> Arrays.stream(value.split(" "))).toList();
	}

	private Stream<String> values(String name) {
		String prefix = "--" + name + "=";
		return this.args.stream().filter((arg) -> arg.startsWith(prefix)).map((arg) -> arg.substring(prefix.length()));
	}

}
