package io.socketio.security;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import reactor.core.publisher.Mono;

import io.socketio.server.Handshake;
import io.socketio.server.SocketIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SecuritySocketAuthenticator}, {@link SocketIoAuthenticationManager}
 * and {@link SecurityErrorTranslator}.
 */
class SecuritySocketAuthenticatorTests {

	private final Handshake handshake = mock(Handshake.class);

	private SocketIdentity authenticate(SocketIoAuthenticationManager manager) {
		return new SecuritySocketAuthenticator(manager).authenticate("/chat", this.handshake)
			.block(Duration.ofSeconds(5));
	}

	private static TestingAuthenticationToken alice() {
		return new TestingAuthenticationToken("alice", null, AuthorityUtils.createAuthorityList("ROLE_USER"));
	}

	@Test
	void authenticationAndExpiryAreThoseOfTheManager() {
		Instant expiresAt = Instant.now();
		SocketIdentity identity = authenticate((request) -> {
			assertThat(request.namespace()).isEqualTo("/chat");
			assertThat(request.handshake()).isSameAs(this.handshake);
			return Mono.just(SocketIoAuthentication.of(alice(), expiresAt));
		});
		assertThat(identity).isEqualTo(new SocketIdentity(alice(), expiresAt));
	}

	@Test
	void nothingFoundKeepsThePrincipalOfTheHandshake() {
		given(this.handshake.principal()).willReturn(mock(Principal.class));
		assertThat(authenticate((request) -> Mono.empty())).isNull();
	}

	@Test
	void nothingFoundWithoutPrincipalIsRefused() {
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> authenticate((request) -> Mono.empty()));
	}

	@Test
	void authenticationThatIsStillToBeCheckedIsAFault() {
		TestingAuthenticationToken unchecked = alice();
		unchecked.setAuthenticated(false);
		assertThatIllegalStateException()
			.isThrownBy(() -> authenticate((request) -> Mono.just(SocketIoAuthentication.of(unchecked))))
			.withMessageContaining("TestingAuthenticationToken")
			.withMessageNotContaining("alice");
	}

	@Test
	void tokenNobodyKnowsDoesNotCountAsNone() {
		given(this.handshake.principal()).willReturn(mock(Principal.class));
		given(this.handshake.auth()).willReturn(Map.of("token", "t"));
		assertThatExceptionOfType(BadCredentialsException.class)
			.isThrownBy(() -> authenticate(SocketIoAuthenticationManager.token("token", (token) -> Mono.empty())));
	}

	@Test
	void tokenIsTakenFromItsField() {
		given(this.handshake.auth()).willReturn(Map.of("token", "no", "jwt", "Bearer t"));
		SocketIdentity identity = authenticate(SocketIoAuthenticationManager.token("jwt", (token) -> {
			assertThat(token).isEqualTo("t");
			return Mono.just(SocketIoAuthentication.of(alice()));
		}));
		assertThat(identity.expiresAt()).isNull();
	}

	@Test
	void errorsOfClientsAreTold() {
		SecurityErrorTranslator translator = new SecurityErrorTranslator();
		assertThat(translator.translate(new AccessDeniedException("inside"))).isEqualTo("Access denied");
		assertThat(translator.translate(new BadCredentialsException("inside"))).isEqualTo("Authentication failed");
		assertThat(translator.translate(new AuthenticationCredentialsNotFoundException("inside")))
			.isEqualTo("Authentication required");
		assertThat(translator.translate(new AuthenticationServiceException("inside"))).isNull();
		assertThat(translator.translate(new IllegalStateException("inside"))).isNull();
	}

}
