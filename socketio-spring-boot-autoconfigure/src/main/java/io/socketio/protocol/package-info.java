/**
 * Packets of Engine.IO v3 and v4 and Socket.IO v5 and the codecs between packets and
 * bytes. Knows neither Spring nor Reactor nor Netty; everything here is synchronous and
 * free of shared state.
 */
@NullMarked
package io.socketio.protocol;

import org.jspecify.annotations.NullMarked;
