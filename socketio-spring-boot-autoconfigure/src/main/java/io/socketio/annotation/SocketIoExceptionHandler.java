package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that answers for what the handler methods of a
 * {@link SocketIoController} throw, their arguments included. It is a method of the
 * controller itself, or of a {@code @ControllerAdvice} bean, which is asked after the
 * controller, in the order of these beans. The method for the type that is nearest to the
 * exception is called; where there is none, the exception's causes are looked at.
 * <p>
 * The method may take the exception, the socket and whatever else is known by its type or
 * by an annotation of this package, {@code EventArguments} and {@code Acknowledgement}
 * included. A {@code String} gets the name of the event, {@code null} when the socket has
 * joined or left.
 * <p>
 * What it returns is the acknowledgement, or the argument of an {@code exception} event
 * where the client asked for none. Without a result ({@code void}, {@code null} or an
 * empty reactive type) no event is sent, and a client that asked for an acknowledgement
 * gets the one it would have got without this method.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SocketIoExceptionHandler {

	/**
	 * Types of the exceptions; that of the method's exception parameter when left out.
	 * @return the types
	 */
	Class<? extends Throwable>[] value() default {};

}
