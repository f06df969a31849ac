package io.socketio.handler;

/**
 * A controller cannot work as it is written; thrown at start-up.
 *
 * @since 0.1.0
 */
public class InvalidHandlerMethodException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** The method. */
	private final String method;

	/**
	 * Tell what is wrong.
	 * @param method the method
	 * @param reason what is wrong with it
	 */
	public InvalidHandlerMethodException(String method, String reason) {
		super("Handler method " + method + ": " + reason);
		this.method = method;
	}

	/**
	 * The method.
	 * @return class, method, parameter types and bean
	 */
	public String getMethod() {
		return this.method;
	}

}
