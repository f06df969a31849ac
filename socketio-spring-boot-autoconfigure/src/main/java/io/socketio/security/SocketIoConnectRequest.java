package io.socketio.security;

import io.socketio.server.Handshake;

/**
 * What a client that wants to join a namespace is authenticated by. Immutable.
 *
 * @param namespace name of the namespace
 * @param handshake the handshake: the payload of the CONNECT packet, the headers of the
 * first HTTP request, and whom Spring Security has authenticated by that
 * @since 0.1.0
 */
public record SocketIoConnectRequest(String namespace, Handshake handshake) {

}
