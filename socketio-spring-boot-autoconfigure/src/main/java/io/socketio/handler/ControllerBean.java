package io.socketio.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;

/**
 * A controller. Its instance is the Spring proxy where there is one: a singleton is
 * looked up once, at start-up unless it is lazy; any other for each call.
 */
final class ControllerBean {

	private final BeanFactory beanFactory;

	private final String name;

	private final Class<?> type;

	private final String namespace;

	private final int order;

	private final boolean singleton;

	private final boolean eager;

	private volatile @Nullable Object instance;

	/**
	 * Create a controller.
	 * @param beanFactory where to look it up
	 * @param name name of the bean
	 * @param type the user's class, behind all proxies
	 * @param namespace name of the namespace, with its leading slash
	 * @param order place among the controllers of the namespace
	 * @param eager whether it may be instantiated at start-up
	 */
	ControllerBean(BeanFactory beanFactory, String name, Class<?> type, String namespace, int order, boolean eager) {
		this.beanFactory = beanFactory;
		this.name = name;
		this.type = type;
		this.namespace = namespace;
		this.order = order;
		this.singleton = beanFactory.isSingleton(name);
		this.eager = eager;
	}

	Class<?> type() {
		return this.type;
	}

	String namespace() {
		return this.namespace;
	}

	int order() {
		return this.order;
	}

	boolean eager() {
		return this.eager;
	}

	Object instance() {
		Object instance = this.instance;
		return (instance != null) ? instance : lookUp();
	}

	private Object lookUp() {
		Object bean = this.beanFactory.getBean(this.name);
		if (this.singleton) {
			this.instance = bean;
		}
		return bean;
	}

	/**
	 * Describe a method of this controller for logs and errors.
	 * @param method the method
	 * @return class, method, parameter types and bean
	 */
	String describe(Method method) {
		String parameters = Arrays.stream(method.getGenericParameterTypes())
			.map(ControllerBean::shortName)
			.collect(Collectors.joining(", "));
		return "%s#%s(%s) of bean '%s'".formatted(this.type.getName(), method.getName(), parameters, this.name);
	}

	private static String shortName(Type type) {
		return (type instanceof Class<?> clazz) ? ClassUtils.getShortName(clazz)
				: type.getTypeName().replaceAll("\\b[a-z][\\w]*\\.", "");
	}

}
