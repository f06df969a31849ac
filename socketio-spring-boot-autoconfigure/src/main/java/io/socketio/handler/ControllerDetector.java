package io.socketio.handler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

import io.socketio.annotation.SocketIoController;

/**
 * Finds the controllers of an application context.
 */
final class ControllerDetector {

	private final ConfigurableListableBeanFactory beanFactory;

	private final PropertyResolver properties;

	ControllerDetector(ConfigurableApplicationContext context) {
		this.beanFactory = context.getBeanFactory();
		this.properties = context.getEnvironment();
	}

	/**
	 * Find the controllers.
	 * @return the controllers, in their order
	 */
	List<ControllerBean> detect() {
		List<ControllerBean> controllers = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : userType(name);
			if (type != null && AnnotationUtils.isCandidateClass(type, SocketIoController.class)) {
				SocketIoController controller = AnnotatedElementUtils.findMergedAnnotation(type,
						SocketIoController.class);
				if (controller != null) {
					controllers.add(new ControllerBean(this.beanFactory, name, type, namespace(controller),
							order(name, type), eager(name)));
				}
			}
		}
		controllers.sort(Comparator.comparingInt(ControllerBean::order));
		return controllers;
	}

	private @Nullable Class<?> userType(String name) {
		Object singleton = this.beanFactory.getSingleton(name);
		if (singleton != null && !(singleton instanceof FactoryBean)) {
			return ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(singleton));
		}
		String scopedTarget = ScopedProxyUtils.getTargetBeanName(name);
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory,
				this.beanFactory.containsBeanDefinition(scopedTarget) ? scopedTarget : name);
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	private String namespace(SocketIoController controller) {
		String namespace = this.properties.resolveRequiredPlaceholders(controller.namespace());
		return namespace.startsWith("/") ? namespace : "/" + namespace;
	}

	private boolean eager(String name) {
		return this.beanFactory.isSingleton(name)
				&& (this.beanFactory.containsSingleton(name) || !this.beanFactory.containsBeanDefinition(name)
						|| !this.beanFactory.getMergedBeanDefinition(name).isLazyInit());
	}

	private int order(String name, Class<?> type) {
		if (this.beanFactory.getSingleton(name) instanceof Ordered ordered) {
			return ordered.getOrder();
		}
		Order order = this.beanFactory.findAnnotationOnBean(name, Order.class, false);
		return (order != null) ? order.value() : OrderUtils.getOrder(type, Ordered.LOWEST_PRECEDENCE);
	}

}
