package io.socketio.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.socketio.handler.DuplicateSocketIoEventException;

/**
 * Names the two methods that handle one event.
 */
final class DuplicateSocketIoEventFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateSocketIoEventException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateSocketIoEventException cause) {
		String description = String.format(
				"Event '%s' of namespace '%s' is handled by two methods:%n%n    - %s%n    - %s", cause.getEvent(),
				cause.getNamespace(), cause.getFirstMethod(), cause.getSecondMethod());
		return new FailureAnalysis(description + HandlerProblems.others(cause),
				"Remove one of the methods, or give it another event or its controller another namespace.", cause);
	}

}
