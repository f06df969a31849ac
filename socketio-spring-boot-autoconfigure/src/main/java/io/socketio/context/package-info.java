/**
 * Context of the application in handlers: thread locals that Micrometer's context
 * propagation knows, and the MDC of SLF4J.
 */
@NullMarked
package io.socketio.context;

import org.jspecify.annotations.NullMarked;
