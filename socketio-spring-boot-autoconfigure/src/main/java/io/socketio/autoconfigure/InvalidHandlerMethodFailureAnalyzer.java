package io.socketio.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.socketio.handler.InvalidHandlerMethodException;

/**
 * Names the method of a controller that cannot work.
 */
final class InvalidHandlerMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerMethodException cause) {
		return new FailureAnalysis(cause.getMessage(), "Correct the method " + cause.getMethod() + ".", cause);
	}

}
