package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A suspending function of Kotlin. Calling it makes a publisher, which runs the function
 * when it is subscribed to.
 */
final class SuspendMethod implements Invocation {

	private static final boolean COROUTINES = ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt",
			SuspendMethod.class.getClassLoader());

	private final HandlerBean bean;

	private final Method method;

	/**
	 * Create a function.
	 * @param bean its bean
	 * @param method the method of the user's class
	 * @throws InvalidHandlerMethodException if a library is missing that calls it
	 */
	SuspendMethod(HandlerBean bean, Method method) {
		if (!COROUTINES || !KotlinDetector.isKotlinReflectPresent()) {
			throw new InvalidHandlerMethodException(bean.describe(method),
					"suspending functions need kotlin-reflect and kotlinx-coroutines-reactor on the class path");
		}
		this.bean = bean;
		this.method = method;
	}

	/**
	 * Number of parameters that take arguments.
	 * @param method any method
	 * @return all, but for the continuation of a suspending function
	 */
	static int parameterCount(Method method) {
		return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
	}

	/**
	 * What a suspending function returns, as Kotlin sees it.
	 * @param method the method
	 * @param userType the class that binds its type variables
	 * @return the type, {@code kotlin.Unit} if there is no result
	 */
	static ResolvableType returnType(Method method, Class<?> userType) {
		return ResolvableType.forMethodParameter(method, method.getParameterCount() - 1, userType).getGeneric();
	}

	@Override
	public @Nullable Object invoke(@Nullable Object[] arguments) {
		Object target = this.bean.instance();
		Method invocable = AopUtils.selectInvocableMethod(this.method, target.getClass());
		return CoroutinesUtils.invokeSuspendingFunction(invocable, target, Arrays.copyOf(arguments, arguments.length));
	}

}
