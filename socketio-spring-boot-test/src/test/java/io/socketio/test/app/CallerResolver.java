package io.socketio.test.app;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

import io.socketio.handler.ArgumentResolver;

@Component
class CallerResolver implements ArgumentResolver {

	@Override
	public boolean supports(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(Caller.class);
	}

	@Override
	public Argument compile(MethodParameter parameter) {
		return (context) -> "caller " + context.socket().id();
	}

}
