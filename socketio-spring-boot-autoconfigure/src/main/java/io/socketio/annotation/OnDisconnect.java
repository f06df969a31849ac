package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a {@link SocketIoController} that is called when a socket has left
 * the namespace, after the handlers of the events it had sent were started. It may take
 * the socket and the {@code DisconnectReason}. It is called too when an {@link OnConnect}
 * method has failed.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnDisconnect {

}
