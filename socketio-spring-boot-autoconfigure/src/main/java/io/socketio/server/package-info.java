/**
 * Socket.IO server API: namespaces, sockets, rooms, broadcasts, acknowledgements and
 * middlewares.
 */
@NullMarked
package io.socketio.server;

import org.jspecify.annotations.NullMarked;
