package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.PropertyResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ValueConstants;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.annotation.Auth;
import io.socketio.annotation.HandshakeHeader;
import io.socketio.annotation.HandshakeQuery;
import io.socketio.handler.ArgumentResolver.Argument;
import io.socketio.server.SocketIoServer;

/**
 * Decides where the arguments of a handler method come from.
 */
final class ArgumentCompiler {

	private static final List<String> NO_JSON_PACKAGES = List.of("io.socketio.server.", "org.springframework.beans.",
			"org.springframework.context.", "org.springframework.http.server.", "org.springframework.web.");

	private final List<ArgumentResolver> customResolvers;

	private final SocketIoServer server;

	private final ConversionService conversionService;

	private final JsonMapper mapper;

	private final PropertyResolver properties;

	ArgumentCompiler(List<ArgumentResolver> customResolvers, SocketIoServer server, ConversionService conversionService,
			JsonMapper mapper, PropertyResolver properties) {
		this.customResolvers = customResolvers;
		this.server = server;
		this.conversionService = conversionService;
		this.mapper = mapper;
		this.properties = properties;
	}

	/**
	 * Compile the arguments of a method.
	 * @param bean its bean
	 * @param method the method of the user's class
	 * @param kind what calls it
	 * @return its arguments, but for the continuation of a suspending function
	 * @throws InvalidHandlerMethodException if a parameter is of unknown origin
	 */
	Argument[] compile(HandlerBean bean, Method method, HandlerKind kind) {
		MethodParameter[] parameters = new AnnotatedMethod(method).getMethodParameters();
		Argument[] arguments = new Argument[SuspendMethod.parameterCount(method)];
		ArgumentResolver contextArguments = new ContextArguments(kind, this.server);
		boolean nameMissing = kind.namesEvent();
		int position = 0;
		for (int i = 0; i < arguments.length; i++) {
			MethodParameter parameter = parameters[i];
			parameter.initParameterNameDiscovery(DefaultParameterNameDiscoverer.getSharedInstance());
			Argument argument = argument(bean, method, parameter, kind, contextArguments);
			if (argument == null && nameMissing && parameter.getParameterType() == String.class) {
				nameMissing = false;
				argument = EventContext::event;
			}
			if (argument == null) {
				checkPositional(bean, method, parameter, kind, nameMissing);
				argument = new PositionalArgument(parameter, bean.type(), position++, this.conversionService);
			}
			arguments[i] = argument;
		}
		return arguments;
	}

	private @Nullable Argument argument(HandlerBean bean, Method method, MethodParameter parameter, HandlerKind kind,
			ArgumentResolver contextArguments) {
		for (ArgumentResolver resolver : this.customResolvers) {
			if (resolver.supports(parameter)) {
				return resolver.compile(parameter);
			}
		}
		if (kind == HandlerKind.EXCEPTION && Throwable.class.isAssignableFrom(parameter.getParameterType())) {
			return ExceptionCall::exceptionOf;
		}
		if (contextArguments.supports(parameter)) {
			return contextArguments.compile(parameter);
		}
		Auth auth = parameter.getParameterAnnotation(Auth.class);
		if (auth != null) {
			return new AuthArgument(parameter, bean.type(), auth.value(), this.conversionService, this.mapper);
		}
		Argument handshake = handshakeArgument(bean, method, parameter);
		if (handshake != null) {
			return handshake;
		}
		return PrincipalArgument.supports(parameter) ? new PrincipalArgument(parameter) : null;
	}

	private @Nullable Argument handshakeArgument(HandlerBean bean, Method method, MethodParameter parameter) {
		HandshakeHeader header = parameter.getParameterAnnotation(HandshakeHeader.class);
		if (header != null) {
			if (header.name().isEmpty() && parameter.getParameterType() == HttpHeaders.class) {
				return (context) -> context.socket().handshake().headers();
			}
			if (header.name().isEmpty() && parameter.getParameterType() == Map.class) {
				return (context) -> context.socket().handshake().headers().toSingleValueMap();
			}
			String name = name(bean, method, parameter, header.name());
			return checkConvertible(bean, method, parameter,
					new HandshakeArgument(parameter, bean.type(), "header." + name,
							(handshake) -> handshake.headers().get(name), header.required(),
							defaultValue(header.defaultValue()), this.conversionService));
		}
		HandshakeQuery query = parameter.getParameterAnnotation(HandshakeQuery.class);
		if (query != null) {
			if (query.name().isEmpty() && parameter.getParameterType() == Map.class) {
				return (context) -> context.socket().handshake().query();
			}
			String name = name(bean, method, parameter, query.name());
			return checkConvertible(bean, method, parameter,
					new HandshakeArgument(parameter, bean.type(), "query." + name, (handshake) -> {
						String value = handshake.query().get(name);
						return (value != null) ? List.of(value) : null;
					}, query.required(), defaultValue(query.defaultValue()), this.conversionService));
		}
		return null;
	}

	private static String name(HandlerBean bean, Method method, MethodParameter parameter, String name) {
		String result = name.isEmpty() ? parameter.getParameterName() : name;
		if (result == null) {
			throw new InvalidHandlerMethodException(bean.describe(method), "parameter " + parameter.getParameterIndex()
					+ " has no name: give the annotation one, or compile with -parameters");
		}
		return result;
	}

	private @Nullable String defaultValue(String defaultValue) {
		return ValueConstants.DEFAULT_NONE.equals(defaultValue) ? null
				: this.properties.resolveRequiredPlaceholders(defaultValue);
	}

	private static Argument checkConvertible(HandlerBean bean, Method method, MethodParameter parameter,
			HandshakeArgument argument) {
		if (!argument.convertible()) {
			throw new InvalidHandlerMethodException(bean.describe(method),
					describe(parameter) + " cannot be converted from a string");
		}
		return argument;
	}

	private static void checkPositional(HandlerBean bean, Method method, MethodParameter parameter, HandlerKind kind,
			boolean nameMissing) {
		Class<?> type = ResolvableType.forType(ConvertedArgument.valueType(parameter, bean.type())).toClass();
		boolean reactive = ResultStrategy.isReactive(ResolvableType.forClass(type));
		String typePackage = ClassUtils.getPackageName(type) + ".";
		boolean event = kind == HandlerKind.EVENT || kind == HandlerKind.ANY_EVENT;
		if (!event || reactive || NO_JSON_PACKAGES.stream().anyMatch(typePackage::startsWith)) {
			throw new InvalidHandlerMethodException(bean.describe(method), describe(parameter) + " cannot be resolved");
		}
		if (nameMissing) {
			throw new InvalidHandlerMethodException(bean.describe(method), describe(parameter)
					+ " is no String: the name of the event comes before its arguments, here as in the clients");
		}
		if (method.isVarArgs() && parameter.getParameterIndex() == method.getParameterCount() - 1) {
			throw new InvalidHandlerMethodException(bean.describe(method), describe(parameter)
					+ " has a variable length: take EventArguments for any number of arguments, or an array");
		}
	}

	private static String describe(MethodParameter parameter) {
		String name = (parameter.getParameterName() != null) ? " (" + parameter.getParameterName() + ")" : "";
		return "parameter " + parameter.getParameterIndex() + name + " of type "
				+ parameter.getGenericParameterType().getTypeName();
	}

}
