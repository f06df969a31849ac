package io.socketio.handler;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * A controller. A singleton is looked up once, at start-up unless it is lazy; any other
 * for each call.
 */
final class ControllerBean extends HandlerBean {

	private final BeanFactory beanFactory;

	private final String name;

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
		super(name, type);
		this.beanFactory = beanFactory;
		this.name = name;
		this.namespace = namespace;
		this.order = order;
		this.singleton = beanFactory.isSingleton(name);
		this.eager = eager;
	}

	String namespace() {
		return this.namespace;
	}

	int order() {
		return this.order;
	}

	@Override
	boolean eager() {
		return this.eager;
	}

	@Override
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

}
