package io.socketio.security;

import java.util.function.Function;

import org.springframework.util.Assert;
import reactor.core.publisher.Mono;

/**
 * Authenticates the clients that want to join a namespace, by the payload of their
 * CONNECT packet or anything else of the handshake. A bean of this type is asked for each
 * CONNECT packet, also of clients that come back to recover their state, and before the
 * middlewares. With such a bean nobody joins who is not authenticated.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SocketIoAuthenticationManager {

	/**
	 * Authenticate a client. Called on the connection's event loop: it must not block.
	 * @param request what is known of the client
	 * @return who it is. Empty to keep whom Spring Security has authenticated at the
	 * handshake; if that is nobody, the client is refused. An
	 * {@code AuthenticationException} refuses it with a message that does not tell why, a
	 * {@link io.socketio.server.ConnectionRefusedException} with its own; any other error
	 * is logged, and shows the client nothing of it.
	 */
	Mono<SocketIoAuthentication> authenticate(SocketIoConnectRequest request);

	/**
	 * Authenticate by a token in a field of the CONNECT payload. It may have the prefix
	 * {@code Bearer}, as in an {@code Authorization} header. Clients without the field
	 * keep whom Spring Security has authenticated; those with something else in it than a
	 * text are refused.
	 * @param field name of the field
	 * @param verifier checks a token, as {@link #authenticate} does
	 * @return the manager
	 */
	static SocketIoAuthenticationManager token(String field, Function<String, Mono<SocketIoAuthentication>> verifier) {
		Assert.hasText(field, "'field' must not be empty");
		return new TokenAuthenticationManager(field, verifier);
	}

}
