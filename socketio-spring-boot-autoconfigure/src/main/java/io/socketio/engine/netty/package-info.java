/**
 * The Netty side of the engine: event loops as lanes, and WebSocket with frames that are
 * encoded once for all recipients.
 */
@NullMarked
package io.socketio.engine.netty;

import org.jspecify.annotations.NullMarked;
