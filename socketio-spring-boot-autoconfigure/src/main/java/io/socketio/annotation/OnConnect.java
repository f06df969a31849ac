package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a {@link SocketIoController} that is called when a socket has joined
 * the namespace, after the CONNECT reply was sent and before any event of that socket is
 * handled. It is called for recovered sockets too; {@code SocketIoSocket.recovered()}
 * tells them apart. A returned reactive type is waited for.
 * <p>
 * Of several such methods of a namespace one is called after the other, in the order of
 * their beans, then of {@code @Order} on the methods. If one fails, the socket is not set
 * up: it is told by an {@code exception} event and disconnected, and neither the methods
 * behind it nor any event handlers are called.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnConnect {

}
