package io.socketio.handler;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogMessage;
import reactor.core.Exceptions;

import io.socketio.server.ClientErrorTranslator;
import io.socketio.server.ExceptionEvent;
import io.socketio.server.SocketIoSocket;

/**
 * Logs what went wrong in handlers and tells the client, in the acknowledgement or where
 * none was asked for by an event. What is no fault of the client shows it nothing of the
 * inside.
 */
final class HandlerErrors {

	private static final Log logger = LogFactory.getLog(HandlerErrors.class);

	private static final long REJECTION_LOG_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final ClientErrorTranslator translator;

	private final AtomicLong nextRejectionLog = new AtomicLong(System.nanoTime());

	/**
	 * Create handling of errors.
	 * @param translator knows errors that clients are told of
	 */
	HandlerErrors(ClientErrorTranslator translator) {
		this.translator = translator;
	}

	/**
	 * A handler or one of its arguments failed: let the application's exception handler
	 * answer, or do it here.
	 * @param call the call, told by {@link QueuedCall#failed()} when that is done
	 * @param thrown what was thrown or signalled
	 * @param mayBlock whether the calling thread may block
	 */
	void handle(QueuedCall call, Throwable thrown, boolean mayBlock) {
		Throwable ex = unwrap(thrown);
		ExceptionHandlers.Match match = call.handler().exceptions().find(ex);
		if (match != null) {
			new ExceptionCall(call, ex, match).start(mayBlock);
			return;
		}
		report(call, call, ex);
		call.failed();
	}

	/**
	 * Log a failure and tell the client.
	 * @param source the call that has failed
	 * @param call the call to answer
	 * @param thrown what was thrown or signalled
	 */
	void report(HandlerCall source, HandlerCall call, Throwable thrown) {
		Throwable ex = unwrap(thrown);
		if (ex instanceof InvalidEventArgumentsException) {
			logger.debug(LogMessage.format("%s: call for socket %s refused: %s", source.handler(), call.socket().id(),
					ex.getMessage()));
		}
		else if (this.translator.translate(ex) != null) {
			logger.debug(LogMessage.format("%s refused socket %s: %s", source.handler(), call.socket().id(), ex));
		}
		else {
			logger.error(LogMessage.format("%s failed for socket %s", source.handler(), call.socket().id()), ex);
		}
		answer(call, ex);
	}

	/**
	 * Tell the client of a failure, and nothing of the inside.
	 * @param call the call to answer
	 * @param ex what was thrown or signalled
	 */
	void answer(HandlerCall call, Throwable ex) {
		if (ex instanceof InvalidEventArgumentsException invalid) {
			answer(call, reply(invalid.getMessage(), invalid.getErrors()));
			return;
		}
		String message = this.translator.translate(ex);
		answer(call, reply((message != null) ? message : "Internal server error", null));
	}

	/**
	 * Tell the client what an exception handler has answered. What cannot be told is
	 * logged, and reported to the client as a failure.
	 * @param source the call of the exception handler
	 * @param call the call to answer
	 * @param value the result of the exception handler
	 */
	void answer(ExceptionCall source, HandlerCall call, Object value) {
		try {
			send(call, value);
		}
		catch (RuntimeException ex) {
			report(source, call, ex);
		}
	}

	/**
	 * There is no thread for a handler. That can happen to every event of every socket,
	 * so it is not logged each time.
	 * @param call the call
	 * @param ex why
	 */
	void rejected(HandlerCall call, RuntimeException ex) {
		long now = System.nanoTime();
		long next = this.nextRejectionLog.get();
		if (now - next >= 0 && this.nextRejectionLog.compareAndSet(next, now + REJECTION_LOG_INTERVAL)) {
			logger.warn(LogMessage.format(
					"No thread for %s, called for socket %s; more of this is not logged for some seconds",
					call.handler(), call.socket().id()), ex);
		}
		answer(call, reply("Server is busy", null));
	}

	/**
	 * A socket that is not set up could not be disconnected either.
	 * @param socket the socket
	 * @param ex why
	 */
	void notDisconnected(SocketIoSocket socket, RuntimeException ex) {
		logger.error(LogMessage.format("Socket %s cannot be disconnected", socket.id()), ex);
	}

	private void answer(HandlerCall call, Map<String, Object> reply) {
		try {
			send(call, reply);
		}
		catch (RuntimeException ex) {
			logger.debug(LogMessage.format("Socket %s cannot be told of an error", call.socket().id()), ex);
		}
	}

	private static void send(HandlerCall call, Object reply) {
		if (!call.handler().answers()) {
			return;
		}
		if (call.acknowledgement().requested()) {
			call.acknowledgement().send(reply);
		}
		else if (call.reason() == null) {
			ExceptionEvent.send(call.socket(), reply);
		}
	}

	private static Throwable unwrap(Throwable thrown) {
		Throwable ex = Exceptions.unwrap(thrown);
		while (ex.getCause() != null
				&& (ex instanceof CompletionException || ex instanceof UndeclaredThrowableException)) {
			ex = ex.getCause();
		}
		return ex;
	}

	/**
	 * Make what a client is told.
	 * @param message what the client is told
	 * @param errors the fields in question
	 * @return what is sent
	 */
	private static Map<String, Object> reply(@Nullable String message,
			@Nullable List<InvalidEventArgumentsException.FieldError> errors) {
		Map<String, Object> reply = ExceptionEvent.reply((message != null) ? message : "");
		if (errors != null) {
			List<Map<String, String>> fields = new ArrayList<>(errors.size());
			for (InvalidEventArgumentsException.FieldError error : errors) {
				Map<String, String> field = new LinkedHashMap<>();
				field.put("field", error.field());
				field.put("reason", error.reason());
				fields.add(field);
			}
			reply.put("errors", fields);
		}
		return reply;
	}

}
