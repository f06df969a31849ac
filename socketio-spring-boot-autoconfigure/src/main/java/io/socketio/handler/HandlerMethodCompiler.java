package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.core.convert.ConversionService;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.annotation.Auth;
import io.socketio.handler.ArgumentResolver.Argument;
import io.socketio.server.Acknowledgement;
import io.socketio.server.SocketIoServer;

/**
 * Makes every decision about a handler method that can be made at start-up.
 */
final class HandlerMethodCompiler {

	private static final List<String> NO_JSON_PACKAGES = List.of("io.socketio.server.", "org.springframework.beans.",
			"org.springframework.context.", "org.springframework.http.server.", "org.springframework.web.");

	private final List<ArgumentResolver> customResolvers;

	private final SocketIoServer server;

	private final ConversionService conversionService;

	private final JsonMapper mapper;

	HandlerMethodCompiler(List<ArgumentResolver> customResolvers, SocketIoServer server,
			ConversionService conversionService, JsonMapper mapper) {
		this.customResolvers = customResolvers;
		this.server = server;
		this.conversionService = conversionService;
		this.mapper = mapper;
	}

	/**
	 * Compile a method.
	 * @param bean the controller
	 * @param method the method of the user's class
	 * @param kind what calls it
	 * @return the compiled method
	 * @throws InvalidHandlerMethodException if it cannot be called, has a parameter of
	 * unknown origin or returns what cannot be waited for
	 */
	CompiledHandler compile(ControllerBean bean, Method method, HandlerKind kind) {
		String description = bean.describe(method);
		ResolvableType returnType = ResolvableType.forMethodReturnType(method, bean.type());
		boolean reactive = ResultStrategy.isReactive(returnType);
		checkMethod(bean, method, returnType.toClass(), reactive, description);
		boolean answersItself = Arrays.asList(method.getParameterTypes()).contains(Acknowledgement.class);
		return new CompiledHandler(description, new BeanMethod(bean, method), arguments(bean, method, kind),
				ResultStrategy.of(returnType, answersItself), !reactive);
	}

	private static void checkMethod(ControllerBean bean, Method method, Class<?> returnType, boolean reactive,
			String description) {
		if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(bean.type(), Async.class)) {
			throw new InvalidHandlerMethodException(description,
					"@Async is of no use here: blocking handlers run on their own threads anyway");
		}
		if (KotlinDetector.isSuspendingFunction(method)) {
			throw new InvalidHandlerMethodException(description, "suspending functions are not supported");
		}
		if (!reactive && (Future.class.isAssignableFrom(returnType) || Callable.class.isAssignableFrom(returnType))) {
			throw new InvalidHandlerMethodException(description, "a result of type " + returnType.getName()
					+ " cannot be waited for: return the value, a reactive type or a CompletionStage");
		}
	}

	private Argument[] arguments(ControllerBean bean, Method method, HandlerKind kind) {
		MethodParameter[] parameters = new AnnotatedMethod(method).getMethodParameters();
		Argument[] arguments = new Argument[parameters.length];
		ArgumentResolver contextArguments = new ContextArguments(kind, this.server);
		int position = 0;
		for (int i = 0; i < arguments.length; i++) {
			MethodParameter parameter = parameters[i];
			parameter.initParameterNameDiscovery(DefaultParameterNameDiscoverer.getSharedInstance());
			Argument argument = argument(bean, parameter, contextArguments);
			if (argument == null) {
				checkPositional(bean, method, parameter, kind);
				argument = new PositionalArgument(parameter, bean.type(), position++, this.conversionService);
			}
			arguments[i] = argument;
		}
		return arguments;
	}

	private @Nullable Argument argument(ControllerBean bean, MethodParameter parameter,
			ArgumentResolver contextArguments) {
		for (ArgumentResolver resolver : this.customResolvers) {
			if (resolver.supports(parameter)) {
				return resolver.compile(parameter);
			}
		}
		if (contextArguments.supports(parameter)) {
			return contextArguments.compile(parameter);
		}
		Auth auth = parameter.getParameterAnnotation(Auth.class);
		if (auth != null) {
			return new AuthArgument(parameter, bean.type(), auth.value(), this.conversionService, this.mapper);
		}
		return PrincipalArgument.supports(parameter) ? new PrincipalArgument(parameter) : null;
	}

	private static void checkPositional(ControllerBean bean, Method method, MethodParameter parameter,
			HandlerKind kind) {
		Class<?> type = ResolvableType.forType(ConvertedArgument.valueType(parameter, bean.type())).toClass();
		boolean reactive = ResultStrategy.isReactive(ResolvableType.forClass(type));
		String typePackage = ClassUtils.getPackageName(type) + ".";
		if (kind != HandlerKind.EVENT || reactive || NO_JSON_PACKAGES.stream().anyMatch(typePackage::startsWith)) {
			String name = (parameter.getParameterName() != null) ? " (" + parameter.getParameterName() + ")" : "";
			throw new InvalidHandlerMethodException(bean.describe(method), "parameter " + parameter.getParameterIndex()
					+ name + " of type " + parameter.getGenericParameterType().getTypeName() + " cannot be resolved");
		}
	}

}
