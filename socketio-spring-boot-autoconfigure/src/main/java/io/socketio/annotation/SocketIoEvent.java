package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method of a {@link SocketIoController} that handles events sent by clients.
 * <p>
 * Parameters that are no well-known type (the socket, the acknowledgement, the principal)
 * and carry no annotation of this package take the event's arguments by position. What
 * the method returns acknowledges the event, if the client asked for an acknowledgement.
 * A method that returns a reactive type runs on the connection's event loop and must not
 * block; any other runs on a thread that may block, one at a time for each socket.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SocketIoEvent {

	/**
	 * Alias for {@link #names()}.
	 * @return the names of the events
	 */
	@AliasFor("names")
	String[] value() default {};

	/**
	 * Names of the events; the method's name when left out. Placeholders ({@code ${…}})
	 * are resolved.
	 * @return the names of the events
	 */
	@AliasFor("value")
	String[] names() default {};

	/**
	 * How many calls of this method may be unfinished at a time for one socket, counted
	 * for the method alone; {@code 1} makes one start when the one before has finished.
	 * Events behind one that waits wait too. For methods that return a reactive type: any
	 * other runs alone anyway.
	 * @return the number of calls, or {@code 0} for the limit that all methods without
	 * one of their own share ({@code socketio.handler.max-concurrent-per-socket})
	 */
	int maxConcurrent() default 0;

}
