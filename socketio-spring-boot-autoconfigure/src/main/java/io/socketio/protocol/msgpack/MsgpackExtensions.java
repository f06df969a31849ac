package io.socketio.protocol.msgpack;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;

import org.jspecify.annotations.Nullable;

/**
 * Types of extensions, and the form that dates have in JSON.
 */
final class MsgpackExtensions {

	/**
	 * What the JavaScript parser makes of values that MessagePack did not have: one byte
	 * for {@code undefined}, eight bytes for a {@code Date}, and an extension whose
	 * length is not in its first byte for an {@code ArrayBuffer} or a view of one.
	 */
	static final byte JAVASCRIPT = 0;

	/** The timestamp of MessagePack itself. */
	static final byte TIMESTAMP = -1;

	/**
	 * The number of milliseconds before and after 1970 for which JavaScript has dates.
	 */
	private static final long MAX_MILLIS = 8_640_000_000_000_000L;

	private static final Instant MIN = Instant.ofEpochMilli(-MAX_MILLIS);

	private static final Instant MAX = Instant.ofEpochMilli(MAX_MILLIS);

	private static final DateTimeFormatter FORMAT = format(4, SignStyle.NOT_NEGATIVE);

	/** For years that do not have four digits. */
	private static final DateTimeFormatter EXPANDED_FORMAT = format(6, SignStyle.ALWAYS);

	private MsgpackExtensions() {
	}

	private static DateTimeFormatter format(int yearWidth, SignStyle sign) {
		return new DateTimeFormatterBuilder().appendValue(ChronoField.YEAR, yearWidth, yearWidth, sign)
			.appendPattern("-MM-dd'T'HH:mm:ss.SSS'Z'")
			.toFormatter();
	}

	/**
	 * Return the text that {@code JSON.stringify} makes of a date.
	 * @param instant the date
	 * @return the text, or {@code null} for a date that JavaScript does not have
	 */
	static @Nullable String dateText(Instant instant) {
		if (instant.isBefore(MIN) || instant.isAfter(MAX)) {
			return null;
		}
		OffsetDateTime date = instant.atOffset(ZoneOffset.UTC);
		return ((date.getYear() >= 0 && date.getYear() <= 9999) ? FORMAT : EXPANDED_FORMAT).format(date);
	}

}
