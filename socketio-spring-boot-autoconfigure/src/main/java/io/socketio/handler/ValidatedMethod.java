package io.socketio.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.validation.annotation.Validated;

import io.socketio.handler.ArgumentResolver.Argument;

/**
 * A method with constraints.
 */
final class ValidatedMethod implements Invocation {

	// By name, since the library is optional
	private static final String VALID = "jakarta.validation.Valid";

	private static final String CONSTRAINT = "jakarta.validation.Constraint";

	private final HandlerBean bean;

	private final Invocation method;

	private final HandlerMethodValidator.Constraints constraints;

	ValidatedMethod(HandlerBean bean, Invocation method, HandlerMethodValidator.Constraints constraints) {
		this.bean = bean;
		this.method = method;
		this.constraints = constraints;
	}

	/**
	 * What clients are told the parameters of a method are called.
	 * @param method the method
	 * @param arguments its arguments
	 * @return the names
	 */
	static List<String> names(Method method, Argument[] arguments) {
		@Nullable String[] parameterNames = DefaultParameterNameDiscoverer.getSharedInstance().getParameterNames(method);
		List<String> names = new ArrayList<>();
		for (int i = 0; i < arguments.length; i++) {
			String parameterName = (parameterNames != null) ? parameterNames[i] : null;
			names.add((arguments[i] instanceof NamedArgument named) ? named.name()
					: (parameterName != null) ? parameterName : String.valueOf(i));
		}
		return names;
	}

	/**
	 * Refuse constraints that nobody would check.
	 * @param bean the bean
	 * @param method the method
	 * @throws InvalidHandlerMethodException if a parameter has constraints
	 */
	static void checkUnconstrained(HandlerBean bean, Method method) {
		for (MethodParameter parameter : new AnnotatedMethod(method).getMethodParameters()) {
			for (Annotation annotation : parameter.getParameterAnnotations()) {
				MergedAnnotations annotations = MergedAnnotations.from(annotation);
				if (annotations.isPresent(VALID) || annotations.isPresent(Validated.class)
						|| annotations.isPresent(CONSTRAINT)) {
					throw new InvalidHandlerMethodException(bean.describe(method),
							"parameter " + parameter.getParameterIndex() + " is annotated with @"
									+ annotation.annotationType().getSimpleName()
									+ ", but there is no Validator: add spring-boot-starter-validation");
				}
			}
		}
	}

	@Override
	public @Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		Object bean = this.bean.instance();
		this.constraints.checkArguments(bean, arguments);
		Object result = this.method.invoke(arguments);
		this.constraints.checkResult(bean, result);
		return result;
	}

}
