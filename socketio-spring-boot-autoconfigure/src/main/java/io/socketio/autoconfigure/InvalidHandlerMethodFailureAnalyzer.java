package io.socketio.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.socketio.handler.InvalidHandlerMethodException;

/**
 * Names the methods of controllers that cannot work.
 */
final class InvalidHandlerMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerMethodException cause) {
		if (cause.getSuppressed().length == 0) {
			return new FailureAnalysis(cause.getMessage(), "Correct the method " + cause.getMethod() + ".", cause);
		}
		return new FailureAnalysis(cause.getMessage() + HandlerProblems.others(cause), "Correct these methods.", cause);
	}

}
