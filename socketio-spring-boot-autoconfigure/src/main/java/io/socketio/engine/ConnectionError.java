package io.socketio.engine;

import java.util.Map;

/**
 * Why a request is refused, with the details that only the application learns.
 *
 * @param error code, status and standard text
 * @param text what the client is told; nothing of it comes from the client
 * @param context the details, by the names of the protocol's documentation
 * @since 0.1.0
 */
public record ConnectionError(EngineError error, String text, Map<String, Object> context) {

	/**
	 * Create an error.
	 * @param error code, status and standard text
	 * @param text what the client is told; nothing of it comes from the client
	 * @param context the details, by the names of the protocol's documentation
	 */
	public ConnectionError {
		context = Map.copyOf(context);
	}

	/**
	 * Create an error with the standard text.
	 * @param error the error
	 * @param context the details
	 * @return the error
	 */
	public static ConnectionError of(EngineError error, Map<String, Object> context) {
		return new ConnectionError(error, error.message(), context);
	}

	/**
	 * The session is not known, or not any more.
	 * @param sid the id in the request
	 * @return the error
	 */
	public static ConnectionError unknownSession(String sid) {
		return of(EngineError.UNKNOWN_SID, Map.of("sid", sid));
	}

	/**
	 * The request is refused by the application or its settings.
	 * @param text what the client is told
	 * @return the error
	 */
	public static ConnectionError forbidden(String text) {
		return new ConnectionError(EngineError.FORBIDDEN, text, Map.of("message", text));
	}

}
