package io.socketio.handler;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;

/**
 * Beans behind Spring proxies whose advice is seen in results.
 */
final class Proxies {

	private Proxies() {
	}

	static Consumer<Application> handMade(String name, Object target, boolean proxyTargetClass) {
		return (application) -> {
			Advice advice = new Advice();
			ProxyFactory factory = new ProxyFactory(target);
			factory.setProxyTargetClass(proxyTargetClass);
			factory.addAdvice(advice);
			application.context.getBeanFactory().registerSingleton("advice", advice);
			application.context.getBeanFactory().registerSingleton(name, factory.getProxy());
		};
	}

	static Object proxy(Object target, boolean proxyTargetClass) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(proxyTargetClass);
		factory.addAdvice(new Advice());
		return factory.getProxy();
	}

	static Consumer<Application> automatic(boolean proxyTargetClass) {
		return (application) -> {
			application.context.registerBean("advice", Advice.class);
			application.context.registerBean(BeanNameAutoProxyCreator.class, () -> {
				BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
				creator.setBeanNames("*Proxied");
				creator.setInterceptorNames("advice");
				creator.setProxyTargetClass(proxyTargetClass);
				return creator;
			});
		};
	}

	static List<String> calls(Application application) {
		return application.bean(Advice.class).calls;
	}

	static final class Advice implements MethodInterceptor {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			this.calls.add(invocation.getMethod().getName());
			Object result = invocation.proceed();
			return (result instanceof String text) ? text + " advised" : result;
		}

	}

}
