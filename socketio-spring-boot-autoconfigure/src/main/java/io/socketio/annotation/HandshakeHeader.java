package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.ValueConstants;

/**
 * Takes a parameter from the headers of the first HTTP request of the socket's
 * connection. Values are converted by the application's {@code ConversionService}; a
 * collection or an array gets all values of the header. A {@code Map} or
 * {@code HttpHeaders} gets all headers where no name is given.
 * <p>
 * A call without the header is refused, unless it is not {@link #required()}, has a
 * {@link #defaultValue()}, or the parameter may be absent by its type: an
 * {@code Optional}, or nullable as JSpecify and Kotlin say it.
 *
 * @since 0.1.0
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HandshakeHeader {

	/**
	 * Alias for {@link #name()}.
	 * @return the name of the header
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * Name of the header; the name of the method's parameter when left out.
	 * @return the name of the header
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Whether a call without the header is refused; otherwise the parameter is
	 * {@code null}.
	 * @return {@code true} if it is refused
	 */
	boolean required() default true;

	/**
	 * Value where the header is absent or empty, converted as its own would be.
	 * Placeholders ({@code ${…}}) are resolved.
	 * @return the default value
	 */
	String defaultValue() default ValueConstants.DEFAULT_NONE;

}
