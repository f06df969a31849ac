package io.socketio.security;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Who a client was found to be, and for how long that holds. Immutable.
 *
 * @param authentication the authentication
 * @param expiresAt when the socket is disconnected, or {@code null} for never
 * @since 0.1.0
 */
public record SocketIoAuthentication(Authentication authentication, @Nullable Instant expiresAt) {

	/**
	 * An authentication that does not expire.
	 * @param authentication the authentication
	 * @return what a {@link SocketIoAuthenticationManager} returns
	 */
	public static SocketIoAuthentication of(Authentication authentication) {
		return new SocketIoAuthentication(authentication, null);
	}

	/**
	 * An authentication that may expire.
	 * @param authentication the authentication
	 * @param expiresAt when the socket is disconnected, or {@code null} for never
	 * @return what a {@link SocketIoAuthenticationManager} returns
	 */
	public static SocketIoAuthentication of(Authentication authentication, @Nullable Instant expiresAt) {
		return new SocketIoAuthentication(authentication, expiresAt);
	}

}
