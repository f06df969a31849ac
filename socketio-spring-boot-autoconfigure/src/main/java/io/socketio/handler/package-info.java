/**
 * Annotated controllers, compiled at start-up into invokers.
 */
@NullMarked
package io.socketio.handler;

import org.jspecify.annotations.NullMarked;
