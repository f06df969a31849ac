package io.socketio.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a client sent does not fit the handler method. The client is told: the event is
 * acknowledged, or where no acknowledgement was asked for answered by an event named
 * {@code exception}, with an object of the fields {@code status} ("error"),
 * {@code message} and {@code errors}. May be thrown by argument resolvers and by handlers
 * themselves. It has no stack trace, since clients can cause it at will.
 *
 * @since 0.1.0
 */
public class InvalidEventArgumentsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<FieldError> errors;

	/**
	 * Tell what is wrong.
	 * @param message what the client is told
	 * @param errors the fields in question
	 */
	public InvalidEventArgumentsException(String message, FieldError... errors) {
		this(message, List.of(errors), null);
	}

	/**
	 * Tell what is wrong, and why it is known.
	 * @param message what the client is told
	 * @param errors the fields in question
	 * @param cause what the application's exception handlers may look at
	 */
	public InvalidEventArgumentsException(String message, List<FieldError> errors, @Nullable Throwable cause) {
		super(message, cause, false, false);
		this.errors = List.copyOf(errors);
	}

	/**
	 * The fields in question.
	 * @return an immutable list
	 */
	public List<FieldError> getErrors() {
		return this.errors;
	}

	/**
	 * What is wrong with one field.
	 *
	 * @param field name of the parameter, with the path inside of it, such as
	 * {@code message.tags[0]}
	 * @param reason what is wrong, such as {@code must be a string}
	 */
	public record FieldError(String field, String reason) {

	}

}
