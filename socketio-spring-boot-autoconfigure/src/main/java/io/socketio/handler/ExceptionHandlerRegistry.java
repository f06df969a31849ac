package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.ControllerAdviceBean;

import io.socketio.annotation.SocketIoExceptionHandler;

/**
 * Collects the exception handlers of controllers and advices.
 */
final class ExceptionHandlerRegistry {

	private final HandlerMethodCompiler compiler;

	private final Problems problems;

	private final Map<AdviceBean, ExceptionMethods> advices = new LinkedHashMap<>();

	ExceptionHandlerRegistry(HandlerMethodCompiler compiler, Problems problems) {
		this.compiler = compiler;
		this.problems = problems;
	}

	/**
	 * Add the {@code @ControllerAdvice} beans of a context, in their order.
	 * @param context the context
	 */
	void addAdvices(ApplicationContext context) {
		for (ControllerAdviceBean bean : ControllerAdviceBean.findAnnotatedBeans(context)) {
			Class<?> type = bean.getBeanType();
			if (type != null) {
				AdviceBean advice = new AdviceBean(bean, type);
				ExceptionMethods methods = compile(advice);
				if (methods != null) {
					this.advices.put(advice, methods);
				}
			}
		}
	}

	/**
	 * The exception handlers for a controller.
	 * @param controller the controller
	 * @return its own exception handlers and those of advices
	 */
	ExceptionHandlers handlers(ControllerBean controller) {
		List<ExceptionMethods> sources = new ArrayList<>();
		ExceptionMethods own = compile(controller);
		if (own != null) {
			sources.add(own);
		}
		this.advices.forEach((advice, methods) -> {
			if (advice.appliesTo(controller)) {
				sources.add(methods);
			}
		});
		return sources.isEmpty() ? ExceptionHandlers.NONE : new ExceptionHandlers(sources);
	}

	private @Nullable ExceptionMethods compile(HandlerBean bean) {
		Map<Class<? extends Throwable>, CompiledHandler> handlers = new LinkedHashMap<>();
		Map<Method, MethodMapping> mappings = MethodMapping.of(bean.type());
		mappings.keySet().stream().sorted(Comparator.comparing(Method::toString)).forEach((method) -> {
			MethodMapping mapping = mappings.get(method);
			if (mapping != null && mapping.exception() != null) {
				SocketIoExceptionHandler annotation = mapping.exception();
				this.problems.collect(() -> add(handlers, bean, method, annotation));
			}
		});
		return handlers.isEmpty() ? null : new ExceptionMethods(handlers);
	}

	private void add(Map<Class<? extends Throwable>, CompiledHandler> handlers, HandlerBean bean, Method method,
			SocketIoExceptionHandler annotation) {
		Set<Class<? extends Throwable>> types = types(bean, method, annotation);
		CompiledHandler handler = this.compiler.compile(bean, method, HandlerKind.EXCEPTION, Overlap.NONE,
				ExceptionHandlers.NONE);
		for (Class<? extends Throwable> type : types) {
			CompiledHandler first = handlers.putIfAbsent(type, handler);
			if (first != null) {
				throw new InvalidHandlerMethodException(handler.toString(),
						type.getName() + " is handled by " + first + " already");
			}
		}
	}

	private static Set<Class<? extends Throwable>> types(HandlerBean bean, Method method,
			SocketIoExceptionHandler annotation) {
		List<Class<? extends Throwable>> parameters = new ArrayList<>();
		for (Class<?> parameter : method.getParameterTypes()) {
			if (Throwable.class.isAssignableFrom(parameter)) {
				parameters.add(parameter.asSubclass(Throwable.class));
			}
		}
		Set<Class<? extends Throwable>> types = new LinkedHashSet<>(List.of(annotation.value()));
		if (types.isEmpty() && parameters.size() == 1) {
			return Set.copyOf(parameters);
		}
		if (types.isEmpty()) {
			throw new InvalidHandlerMethodException(bean.describe(method),
					"it is not known which exceptions it handles: give it one exception parameter, or name their "
							+ "types in @SocketIoExceptionHandler");
		}
		for (Class<? extends Throwable> type : types) {
			for (Class<? extends Throwable> parameter : parameters) {
				if (!parameter.isAssignableFrom(type)) {
					throw new InvalidHandlerMethodException(bean.describe(method), type.getName() + " is no "
							+ parameter.getName() + ", so the parameter cannot take what is handled");
				}
			}
		}
		return types;
	}

}
