package io.socketio.handler;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;

/**
 * An argument of the event, by its position.
 */
final class PositionalArgument extends ConvertedArgument {

	private final int index;

	PositionalArgument(MethodParameter parameter, Class<?> userType, int index, ConversionService conversionService) {
		super(parameter, userType, describe(parameter, index), field(parameter, index), conversionService);
		this.index = index;
	}

	private static String describe(MethodParameter parameter, int index) {
		String name = parameter.getParameterName();
		return "argument " + index + ((name != null) ? " (" + name + ")" : "");
	}

	private static String field(MethodParameter parameter, int index) {
		String name = parameter.getParameterName();
		return (name != null) ? name : String.valueOf(index);
	}

	@Override
	protected @Nullable Object read(EventContext context, Type type) {
		return context.arguments().get(this.index, type);
	}

	@Override
	protected @Nullable Object natural(EventContext context) {
		return context.arguments().get(this.index);
	}

	@Override
	protected boolean present(EventContext context) {
		return this.index < context.arguments().size();
	}

}
