package io.socketio.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import io.socketio.server.SocketContext;
import io.socketio.server.SocketContextContributor;
import io.socketio.server.SocketIoSocket;

/**
 * Makes the authentication of a socket the current one: of
 * {@link ReactiveSecurityContextHolder} for what is reactive, and of
 * {@link SecurityContextHolder} while a handler runs.
 *
 * @since 0.1.0
 */
public final class SecurityContextContributor implements SocketContextContributor {

	@Override
	public Context contribute(SocketIoSocket socket, Context context) {
		Authentication authentication = authentication(socket);
		if (authentication == null) {
			return context;
		}
		SecurityContext securityContext = new SecurityContextImpl(authentication);
		return context.putAll(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(securityContext)).readOnly());
	}

	/**
	 * Also for sockets without authentication, whose handlers may be called by those of
	 * another socket.
	 */
	@Override
	public SocketContext.Binding bind(SocketIoSocket socket, Context context) {
		Authentication authentication = authentication(socket);
		return () -> {
			SecurityContext previous = SecurityContextHolder.getContext();
			// A new one each time, since handlers may change it
			SecurityContext own = new SecurityContextImpl();
			own.setAuthentication(authentication);
			SecurityContextHolder.setContext(own);
			return () -> restore(previous);
		};
	}

	private static void restore(SecurityContext previous) {
		if (previous.getAuthentication() == null) {
			SecurityContextHolder.clearContext();
		}
		else {
			SecurityContextHolder.setContext(previous);
		}
	}

	private static @Nullable Authentication authentication(SocketIoSocket socket) {
		return (socket.principal() instanceof Authentication authentication) ? authentication : null;
	}

}
