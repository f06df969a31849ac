package io.socketio.handler;

import java.lang.reflect.Method;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

import io.socketio.annotation.OnAnyEvent;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.annotation.SocketIoExceptionHandler;

/**
 * What a method handles, by its annotations.
 *
 * @param event its events
 * @param any whether it handles all events
 * @param connect whether it handles sockets that have joined
 * @param disconnect whether it handles sockets that have left
 * @param exception the exceptions it handles
 */
record MethodMapping(@Nullable SocketIoEvent event, boolean any, boolean connect, boolean disconnect,
		@Nullable SocketIoExceptionHandler exception) {

	/**
	 * The handler methods of a class.
	 * @param type the user's class
	 * @return the methods, also those that are annotated in a superclass or interface
	 */
	static Map<Method, MethodMapping> of(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<MethodMapping>) MethodMapping::of);
	}

	private static @Nullable MethodMapping of(Method method) {
		MethodMapping mapping = new MethodMapping(
				AnnotatedElementUtils.findMergedAnnotation(method, SocketIoEvent.class),
				AnnotatedElementUtils.hasAnnotation(method, OnAnyEvent.class),
				AnnotatedElementUtils.hasAnnotation(method, OnConnect.class),
				AnnotatedElementUtils.hasAnnotation(method, OnDisconnect.class),
				AnnotatedElementUtils.findMergedAnnotation(method, SocketIoExceptionHandler.class));
		return mapping.isEmpty() ? null : mapping;
	}

	private boolean isEmpty() {
		return this.event == null && !this.any && !this.connect && !this.disconnect && this.exception == null;
	}

}
