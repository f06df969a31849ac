package io.socketio.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.NativeDetector;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a controller or an advice, called through the bean's Spring proxy. It is
 * bound when the first instance of the bean is there, since only that tells how the proxy
 * is made.
 */
final class BeanMethod implements Invocation {

	private static final MethodType GENERIC = MethodType.methodType(Object.class, Object.class, Object[].class);

	private final HandlerBean bean;

	private final Method method;

	private volatile @Nullable Binding binding;

	/**
	 * Create a method, bound at once if the bean may be instantiated.
	 * @param bean the bean
	 * @param method the method of the user's class
	 * @throws InvalidHandlerMethodException if it cannot be called on the bean
	 */
	BeanMethod(HandlerBean bean, Method method) {
		this.bean = bean;
		this.method = method;
		if (bean.eager()) {
			this.binding = bind(bean.instance().getClass());
		}
	}

	@Override
	public @Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		Object target = this.bean.instance();
		Binding binding = this.binding;
		if (binding == null) {
			binding = bind(target.getClass());
			this.binding = binding;
		}
		return binding.invoke(target, arguments);
	}

	private Binding bind(Class<?> beanType) {
		try {
			Method invocable = AopUtils.selectInvocableMethod(this.method, beanType);
			checkProxy(invocable, beanType);
			ReflectionUtils.makeAccessible(invocable);
			// A native image invokes methods faster than method handles.
			return new Binding(invocable, NativeDetector.inNativeImage() ? null : spread(invocable));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw (ex instanceof InvalidHandlerMethodException invalid) ? invalid : new InvalidHandlerMethodException(
					this.bean.describe(this.method), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Refuse what a proxy by subclass cannot override: it would run on the proxy object
	 * itself, whose fields are empty.
	 * @param invocable the method
	 * @param beanType class of the bean
	 */
	private void checkProxy(Method invocable, Class<?> beanType) {
		int modifiers = invocable.getModifiers();
		if (!SpringProxy.class.isAssignableFrom(beanType) || Proxy.isProxyClass(beanType)
				|| Modifier.isStatic(modifiers)) {
			return;
		}
		boolean packagePrivate = (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
		if (Modifier.isFinal(modifiers) || (packagePrivate && !ClassUtils.getPackageName(beanType)
			.equals(ClassUtils.getPackageName(invocable.getDeclaringClass())))) {
			throw new InvalidHandlerMethodException(this.bean.describe(this.method),
					"a proxy of the bean cannot override it: make it non-final, and public or protected");
		}
	}

	private static MethodHandle spread(Method method) throws IllegalAccessException {
		MethodHandle handle = MethodHandles.lookup().unreflect(method);
		if (Modifier.isStatic(method.getModifiers())) {
			handle = MethodHandles.dropArguments(handle, 0, Object.class);
		}
		return handle.asFixedArity().asSpreader(Object[].class, method.getParameterCount()).asType(GENERIC);
	}

	/**
	 * The method as it is called on the bean, which may be a proxy.
	 */
	private static final class Binding {

		private final Method method;

		private final @Nullable MethodHandle handle;

		Binding(Method method, @Nullable MethodHandle handle) {
			this.method = method;
			this.handle = handle;
		}

		@Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
			MethodHandle handle = this.handle;
			if (handle != null) {
				return (Object) handle.invokeExact(target, arguments);
			}
			try {
				return this.method.invoke(target, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

	}

}
