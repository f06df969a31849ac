package io.socketio.test.autoconfigure;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.server.WebFilter;
import tools.jackson.databind.JacksonModule;

import io.socketio.adapter.AdapterFactory;
import io.socketio.annotation.SocketIoController;
import io.socketio.engine.HandshakeGuard;
import io.socketio.handler.ArgumentResolver;
import io.socketio.handler.HandlerMethodValidator;
import io.socketio.protocol.PacketParser;
import io.socketio.recovery.SessionStore;
import io.socketio.server.ClientErrorTranslator;
import io.socketio.server.SocketAuthenticator;
import io.socketio.server.SocketContextContributor;

/**
 * Which components of an application {@link SocketIoTest @SocketIoTest} leaves out.
 */
final class SocketIoTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<SocketIoTest> {

	private static final Class<?>[] ALL_CONTROLLERS = {};

	private static final Set<Class<?>> KNOWN_INCLUDES = Set.of(AdapterFactory.class, ArgumentResolver.class,
			ClientErrorTranslator.class, ControllerAdvice.class, Converter.class, GenericConverter.class,
			HandlerMethodValidator.class, HandshakeGuard.class, JacksonComponent.class, JacksonModule.class,
			JsonMapperBuilderCustomizer.class, PacketParser.class, SessionStore.class, SocketAuthenticator.class,
			SocketContextContributor.class, WebFilter.class);

	private final Set<Class<?>> controllers;

	SocketIoTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		Class<?>[] named = getAnnotation().getValue("controllers", Class[].class).orElse(ALL_CONTROLLERS);
		this.controllers = new HashSet<>(Arrays.asList(named));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		if (!this.controllers.isEmpty()) {
			return KNOWN_INCLUDES;
		}
		Set<Class<?>> includes = new HashSet<>(KNOWN_INCLUDES);
		includes.add(SocketIoController.class);
		return includes;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.controllers;
	}

}
