package io.socketio.handler;

import java.lang.reflect.Type;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A field of the CONNECT payload, or all of it.
 */
final class AuthArgument extends ConvertedArgument {

	private final String name;

	private final JsonMapper mapper;

	private final JavaType javaType;

	AuthArgument(MethodParameter parameter, Class<?> userType, String name, ConversionService conversionService,
			JsonMapper mapper) {
		super(parameter, userType, name.isEmpty() ? "auth" : "auth." + name, name.isEmpty() ? "auth" : "auth." + name,
				conversionService);
		this.name = name;
		this.mapper = mapper;
		this.javaType = mapper.constructType(valueType(parameter, userType));
	}

	@Override
	protected @Nullable Object read(EventContext context, Type type) {
		Object value = natural(context);
		return (value != null) ? this.mapper.convertValue(value, this.javaType) : null;
	}

	@Override
	protected @Nullable Object natural(EventContext context) {
		Map<String, Object> auth = context.socket().handshake().auth();
		if (!this.name.isEmpty()) {
			return auth.get(this.name);
		}
		// Clients that send no payload are told apart by types that can say so.
		return (!auth.isEmpty() || this.javaType.isMapLikeType()) ? auth : null;
	}

	@Override
	protected boolean present(EventContext context) {
		return !this.name.isEmpty() && context.socket().handshake().auth().containsKey(this.name);
	}

}
