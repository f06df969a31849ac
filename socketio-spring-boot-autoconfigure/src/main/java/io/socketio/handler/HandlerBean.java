package io.socketio.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.util.ClassUtils;

/**
 * A bean with handler methods. Its instance is the Spring proxy where there is one.
 */
abstract class HandlerBean {

	private final String name;

	private final Class<?> type;

	/**
	 * Create a bean.
	 * @param name name of the bean
	 * @param type the user's class, behind all proxies
	 */
	HandlerBean(String name, Class<?> type) {
		this.name = name;
		this.type = type;
	}

	final Class<?> type() {
		return this.type;
	}

	/**
	 * Whether the bean may be instantiated at start-up.
	 * @return {@code false} if it must not exist before it is called
	 */
	abstract boolean eager();

	/**
	 * The bean to call.
	 * @return the bean, perhaps another one at each call
	 */
	abstract Object instance();

	/**
	 * Describe a method of this bean for logs and errors.
	 * @param method the method
	 * @return class, method, parameter types and bean
	 */
	final String describe(Method method) {
		String parameters = Arrays.stream(method.getGenericParameterTypes())
			.map(HandlerBean::shortName)
			.collect(Collectors.joining(", "));
		return "%s#%s(%s) of bean '%s'".formatted(this.type.getName(), method.getName(), parameters, this.name);
	}

	private static String shortName(Type type) {
		return (type instanceof Class<?> clazz) ? ClassUtils.getShortName(clazz)
				: type.getTypeName().replaceAll("\\b[a-z][\\w]*\\.", "");
	}

}
