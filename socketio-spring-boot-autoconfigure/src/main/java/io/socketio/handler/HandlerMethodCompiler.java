package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;

import io.socketio.handler.ArgumentResolver.Argument;
import io.socketio.server.Acknowledgement;

/**
 * Makes every decision about a handler method that can be made at start-up.
 */
final class HandlerMethodCompiler {

	private final ArgumentCompiler arguments;

	private final @Nullable HandlerMethodValidator validator;

	HandlerMethodCompiler(ArgumentCompiler arguments, @Nullable HandlerMethodValidator validator) {
		this.arguments = arguments;
		this.validator = validator;
	}

	/**
	 * Compile a method.
	 * @param bean its bean
	 * @param method the method of the user's class
	 * @param kind what calls it
	 * @param overlap limit of its unfinished calls
	 * @param exceptions who answers for what it throws
	 * @return the compiled method
	 * @throws InvalidHandlerMethodException if it cannot be called, has a parameter of
	 * unknown origin or returns what cannot be waited for
	 */
	CompiledHandler compile(HandlerBean bean, Method method, HandlerKind kind, Overlap overlap,
			ExceptionHandlers exceptions) {
		String description = bean.describe(method);
		boolean suspending = KotlinDetector.isSuspendingFunction(method);
		ResolvableType returnType = suspending ? SuspendMethod.returnType(method, bean.type())
				: ResolvableType.forMethodReturnType(method, bean.type());
		boolean reactive = suspending || ResultStrategy.isReactive(returnType);
		checkMethod(bean, method, returnType.toClass(), reactive, description);
		if (!reactive && !overlap.shared() && overlap.max() > 1) {
			throw new InvalidHandlerMethodException(description,
					"maxConcurrent is for methods that return a reactive type: any other runs alone for its socket");
		}
		boolean answersItself = Arrays.asList(method.getParameterTypes()).contains(Acknowledgement.class);
		boolean answers = answersItself || kind != HandlerKind.ANY_EVENT;
		ResultStrategy result = suspending ? ResultStrategy.ofSuspending(returnType, answersItself)
				: ResultStrategy.of(returnType, answersItself);
		Argument[] arguments = this.arguments.compile(bean, method, kind);
		Invocation invocation = suspending ? new SuspendMethod(bean, method) : new BeanMethod(bean, method);
		return new CompiledHandler(description, validated(bean, method, arguments, invocation), arguments, result,
				!reactive, answers, overlap, exceptions);
	}

	private static void checkMethod(HandlerBean bean, Method method, Class<?> returnType, boolean reactive,
			String description) {
		if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(bean.type(), Async.class)) {
			throw new InvalidHandlerMethodException(description,
					"@Async is of no use here: blocking handlers run on their own threads anyway");
		}
		if (!reactive && (Future.class.isAssignableFrom(returnType) || Callable.class.isAssignableFrom(returnType))) {
			throw new InvalidHandlerMethodException(description, "a result of type " + returnType.getName()
					+ " cannot be waited for: return the value, a reactive type or a CompletionStage");
		}
	}

	private Invocation validated(HandlerBean bean, Method method, Argument[] arguments, Invocation invocation) {
		if (this.validator == null) {
			ValidatedMethod.checkUnconstrained(bean, method);
			return invocation;
		}
		HandlerMethodValidator.Constraints constraints;
		try {
			constraints = this.validator.compile(bean.type(), method, ValidatedMethod.names(method, arguments));
		}
		catch (RuntimeException ex) {
			throw new InvalidHandlerMethodException(bean.describe(method),
					"its constraints are wrong: " + ex.getMessage());
		}
		return (constraints != null) ? new ValidatedMethod(bean, invocation, constraints) : invocation;
	}

}
