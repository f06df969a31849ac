package io.socketio.security;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import reactor.core.publisher.Mono;

import io.socketio.server.Handshake;
import io.socketio.server.SocketAuthenticator;
import io.socketio.server.SocketIdentity;

/**
 * Asks a {@link SocketIoAuthenticationManager} who a client is.
 *
 * @since 0.1.0
 */
public final class SecuritySocketAuthenticator implements SocketAuthenticator {

	private final SocketIoAuthenticationManager manager;

	/**
	 * Create an authenticator.
	 * @param manager authenticates clients
	 */
	public SecuritySocketAuthenticator(SocketIoAuthenticationManager manager) {
		this.manager = manager;
	}

	@Override
	public Mono<SocketIdentity> authenticate(String namespace, Handshake handshake) {
		return this.manager.authenticate(new SocketIoConnectRequest(namespace, handshake))
			.map(SecuritySocketAuthenticator::identity)
			.switchIfEmpty(Mono.defer(() -> (handshake.principal() != null) ? Mono.empty()
					: Mono.error(new AuthenticationCredentialsNotFoundException("The client is not authenticated"))));
	}

	private static SocketIdentity identity(SocketIoAuthentication result) {
		if (!result.authentication().isAuthenticated()) {
			throw new IllegalStateException("The SocketIoAuthenticationManager has returned an authentication that is "
					+ "not authenticated: " + result.authentication().getClass().getName());
		}
		return new SocketIdentity(result.authentication(), result.expiresAt());
	}

}
