package io.socketio.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * Checks values of properties that have a range.
 */
final class PropertyCheck {

	private static final String PREFIX = "socketio.";

	private static final Duration SHORTEST = Duration.ofMillis(1);

	/** The timers of JavaScript clients hold no more. */
	private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

	/** The longest array that every virtual machine can make. */
	private static final int LARGEST = Integer.MAX_VALUE - 8;

	private PropertyCheck() {
	}

	static Duration duration(String name, Duration value) {
		if (value.compareTo(SHORTEST) < 0) {
			throw invalid(name, print(value), "must be at least 1 ms",
					"Set it to a time of at least 1 ms, such as 20s.");
		}
		if (value.compareTo(LONGEST) > 0) {
			throw invalid(name, print(value), "must not be longer than " + LONGEST.toDays() + " days",
					"Set it to a shorter time, such as 20s.");
		}
		return value;
	}

	/**
	 * Check two times for whose sum clients set one timer.
	 * @param name name of the first property
	 * @param value its value
	 * @param otherName name of the second property
	 * @param other its value
	 */
	static void sum(String name, Duration value, String otherName, Duration other) {
		if (value.plus(other).compareTo(LONGEST) > 0) {
			throw invalid(name, print(value),
					"must not be longer than " + LONGEST.toDays() + " days together with " + PREFIX + otherName,
					"Set both to shorter times, such as 20s.");
		}
	}

	static int bytes(String name, DataSize value, int minimum) {
		if (value.toBytes() < minimum) {
			throw invalid(name, value, "must be at least " + minimum + "B", "Set it to a larger size, such as 1MB.");
		}
		if (value.toBytes() > LARGEST) {
			throw invalid(name, value, "must not be larger than " + LARGEST + "B",
					"Set it to a smaller size, such as 1MB.");
		}
		return (int) value.toBytes();
	}

	static long positiveBytes(String name, DataSize value) {
		if (value.toBytes() < 1) {
			throw invalid(name, value, "must be at least 1B", "Set it to a larger size, such as 4MB.");
		}
		return value.toBytes();
	}

	static int number(String name, int value, int minimum) {
		return (int) number(name, (long) value, minimum);
	}

	static long number(String name, long value, int minimum) {
		if (value < minimum) {
			throw invalid(name, value, "must be at least " + minimum, "Set it to a larger number.");
		}
		return value;
	}

	private static String print(Duration value) {
		return DurationStyle.SIMPLE.print(value, (value.compareTo(LONGEST) > 0) ? ChronoUnit.DAYS : ChronoUnit.MILLIS);
	}

	static InvalidSocketIoPropertyException invalid(String name, Object value, String reason, String action) {
		return new InvalidSocketIoPropertyException(PREFIX + name, value, reason, action);
	}

}
