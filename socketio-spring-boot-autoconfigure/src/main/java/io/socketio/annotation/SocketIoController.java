package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a bean whose {@link SocketIoEvent}, {@link OnAnyEvent}, {@link OnConnect} and
 * {@link OnDisconnect} methods handle what the sockets of one namespace send. The
 * namespace is created when the application starts; several controllers may share one.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface SocketIoController {

	/**
	 * Alias for {@link #namespace()}.
	 * @return the namespace
	 */
	@AliasFor("namespace")
	String value() default "/";

	/**
	 * Name of the namespace, {@code /} when left out. A leading slash is added when it is
	 * missing; placeholders ({@code ${…}}) are resolved.
	 * @return the namespace
	 */
	@AliasFor("value")
	String namespace() default "/";

}
