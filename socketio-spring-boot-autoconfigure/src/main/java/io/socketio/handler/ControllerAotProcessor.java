package io.socketio.handler;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;

import io.socketio.annotation.SocketIoController;
import io.socketio.server.SocketIoServer;

/**
 * Lets handler methods be called in a native image, and the types of their arguments and
 * results be converted by Jackson.
 */
final class ControllerAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		if (!AnnotatedElementUtils.hasAnnotation(type, SocketIoController.class)
				&& !AnnotatedElementUtils.hasAnnotation(type, ControllerAdvice.class)) {
			return null;
		}
		Set<Method> methods = MethodMapping.of(type).keySet();
		return (context, code) -> methods
			.forEach((method) -> register(context.getRuntimeHints().reflection(), type, method));
	}

	private void register(ReflectionHints hints, Class<?> type, Method method) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		for (int i = 0; i < method.getParameterCount(); i++) {
			register(hints, ResolvableType.forMethodParameter(method, i, type));
		}
		ResolvableType result = ResolvableType.forMethodReturnType(method, type);
		register(hints, ResultStrategy.isReactive(result) ? result.getGeneric() : result);
	}

	private void register(ReflectionHints hints, ResolvableType type) {
		Class<?> raw = type.toClass();
		boolean binding = raw.getPackage() != SocketIoServer.class.getPackage()
				&& !Throwable.class.isAssignableFrom(raw) && !Principal.class.isAssignableFrom(raw)
				&& raw != Object.class && raw != void.class;
		if (binding) {
			this.bindings.registerReflectionHints(hints, type.getType());
		}
	}

}
