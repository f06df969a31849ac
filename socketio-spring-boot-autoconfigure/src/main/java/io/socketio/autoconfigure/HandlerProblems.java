package io.socketio.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Tells of all that is wrong with controllers, where it is more than one thing.
 */
final class HandlerProblems {

	private HandlerProblems() {
	}

	/**
	 * Describe the problems that were found together with the first.
	 * @param first the first problem, which suppresses the others
	 * @return what to print behind the description of the first
	 */
	static String others(Throwable first) {
		return Arrays.stream(first.getSuppressed())
			.map(Throwable::getMessage)
			.collect(Collectors.joining("%n%n".formatted(), "%n%n".formatted(), ""))
			.stripTrailing();
	}

}
