package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a parameter from the payload of the CONNECT packet, which clients give as their
 * {@code auth} option. A field that is absent gives {@code null} (an empty
 * {@code Optional}); a parameter that cannot be null, since it is a primitive or declared
 * so by JSpecify or Kotlin, then refuses the call.
 *
 * @since 0.1.0
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Auth {

	/**
	 * Name of the field; when empty, the whole payload converted to the parameter's type.
	 * @return the name of the field
	 */
	String value() default "";

}
