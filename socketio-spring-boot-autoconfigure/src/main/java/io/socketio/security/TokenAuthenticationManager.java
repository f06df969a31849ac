package io.socketio.security;

import java.util.function.Function;

import org.springframework.security.authentication.BadCredentialsException;
import reactor.core.publisher.Mono;

/**
 * Takes a token from the CONNECT payload.
 */
final class TokenAuthenticationManager implements SocketIoAuthenticationManager {

	private static final String PREFIX = "Bearer ";

	private final String field;

	private final Function<String, Mono<SocketIoAuthentication>> verifier;

	TokenAuthenticationManager(String field, Function<String, Mono<SocketIoAuthentication>> verifier) {
		this.field = field;
		this.verifier = verifier;
	}

	@Override
	public Mono<SocketIoAuthentication> authenticate(SocketIoConnectRequest request) {
		Object value = request.handshake().auth().get(this.field);
		if (value == null) {
			return Mono.empty();
		}
		if (!(value instanceof String text)) {
			return Mono.error(new BadCredentialsException("Field '" + this.field + "' is no text"));
		}
		boolean prefixed = text.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
		String token = prefixed ? text.substring(PREFIX.length()).strip() : text;
		if (token.isBlank()) {
			return Mono.error(new BadCredentialsException("Field '" + this.field + "' is empty"));
		}
		// A token that was given must not count as none
		return this.verifier.apply(token)
			.switchIfEmpty(Mono.error(() -> new BadCredentialsException("The token is not known")));
	}

}
