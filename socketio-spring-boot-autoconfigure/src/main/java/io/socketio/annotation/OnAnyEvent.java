package io.socketio.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a {@link SocketIoController} that is called for every event of the
 * namespace, also for those without a handler of their own, before the handler of the
 * event is started.
 * <p>
 * Its parameters are those of {@link SocketIoEvent} methods, with the name of the event
 * in front, as clients know it from {@code onAny}: the first parameter that is taken by
 * position must be a {@code String} and gets the name, those behind it get the event's
 * arguments. All of them may be left out.
 * <p>
 * What the method returns is waited for but not used: it answers only if it takes an
 * {@code Acknowledgement}. Its failure is logged and keeps the event's own handler from
 * nothing. Of several such methods of a namespace one is called after the other, in the
 * order of their beans, then of {@code @Order} on the methods.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnAnyEvent {

}
