/**
 * Annotations of the programming model: controllers, event handlers and the sources of
 * their arguments. No logic.
 */
@NullMarked
package io.socketio.annotation;

import org.jspecify.annotations.NullMarked;
