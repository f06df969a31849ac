/**
 * Socket.IO packets in MessagePack. The only package that knows the library msgpack-core,
 * which is optional.
 */
@NullMarked
package io.socketio.protocol.msgpack;

import org.jspecify.annotations.NullMarked;
