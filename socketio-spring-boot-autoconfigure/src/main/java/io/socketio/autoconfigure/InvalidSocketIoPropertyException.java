package io.socketio.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start when a property has a value that the server cannot work with.
 */
final class InvalidSocketIoPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String value;

	private final String reason;

	private final String action;

	/**
	 * Create an exception.
	 * @param property name of the property, in its canonical form
	 * @param value the value, as a user would write it
	 * @param reason what is wrong with it, as the end of a sentence that begins with "it"
	 * @param action what to do
	 */
	InvalidSocketIoPropertyException(String property, @Nullable Object value, String reason, String action) {
		super("Property '" + property + "' has the value '" + value + "', but it " + reason + ". " + action);
		this.property = property;
		this.value = String.valueOf(value);
		this.reason = reason;
		this.action = action;
	}

	String getProperty() {
		return this.property;
	}

	String getValue() {
		return this.value;
	}

	String getReason() {
		return this.reason;
	}

	String getAction() {
		return this.action;
	}

}
