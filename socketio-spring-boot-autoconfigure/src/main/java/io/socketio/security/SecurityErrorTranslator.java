package io.socketio.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

import io.socketio.server.ClientErrorTranslator;

/**
 * Tells clients that they may not do something, but not why. That a service needed to
 * authenticate them is out of order is a failure of the server.
 *
 * @since 0.1.0
 */
public final class SecurityErrorTranslator implements ClientErrorTranslator {

	@Override
	public @Nullable String translate(Throwable error) {
		if (error instanceof AccessDeniedException) {
			return "Access denied";
		}
		if (error instanceof AuthenticationCredentialsNotFoundException) {
			return "Authentication required";
		}
		return (error instanceof AuthenticationException && !(error instanceof AuthenticationServiceException))
				? "Authentication failed" : null;
	}

}
