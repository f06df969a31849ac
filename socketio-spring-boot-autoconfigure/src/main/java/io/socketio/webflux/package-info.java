/**
 * The Socket.IO endpoint of a WebFlux application: long-polling, WebSocket upgrade, CORS
 * and life cycle.
 */
@NullMarked
package io.socketio.webflux;

import org.jspecify.annotations.NullMarked;
