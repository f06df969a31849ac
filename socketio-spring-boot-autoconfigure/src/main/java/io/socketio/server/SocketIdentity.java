package io.socketio.server;

import java.security.Principal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Who a client is in one namespace, and for how long. Immutable.
 *
 * @param principal the principal, or {@code null} for a client that need not be
 * authenticated
 * @param expiresAt when the socket is disconnected, or {@code null} for never
 * @since 0.1.0
 */
public record SocketIdentity(@Nullable Principal principal, @Nullable Instant expiresAt) {

}
