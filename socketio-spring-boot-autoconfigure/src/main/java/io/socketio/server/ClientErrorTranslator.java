package io.socketio.server;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Knows errors that are no failures of the server, so that clients are told of them and
 * the log is not filled with them: of annotated handlers, middlewares and authentication.
 * All beans of this type are asked, in their order, until one knows the error.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClientErrorTranslator {

	/**
	 * Translate an error.
	 * @param error what was thrown or signalled
	 * @return what the client is told, which shows it nothing of the inside; {@code null}
	 * if the error is not known
	 */
	@Nullable String translate(Throwable error);

	/**
	 * Make one translator of several.
	 * @param translators the translators, in their order
	 * @return asks them until one knows the error
	 */
	static ClientErrorTranslator of(List<ClientErrorTranslator> translators) {
		List<ClientErrorTranslator> copy = List.copyOf(translators);
		return (error) -> {
			for (ClientErrorTranslator translator : copy) {
				String message = translator.translate(error);
				if (message != null) {
					return message;
				}
			}
			return null;
		};
	}

}
