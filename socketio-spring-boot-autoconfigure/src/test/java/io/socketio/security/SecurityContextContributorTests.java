package io.socketio.security;

import java.security.Principal;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.util.context.Context;

import io.socketio.server.SocketContext;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SecurityContextContributor}.
 */
class SecurityContextContributorTests {

	private final SecurityContextContributor contributor = new SecurityContextContributor();

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	private static SocketIoSocket socket(Principal principal) {
		SocketIoSocket socket = mock(SocketIoSocket.class);
		given(socket.principal()).willReturn(principal);
		return socket;
	}

	private static Authentication user(String name) {
		return new TestingAuthenticationToken(name, null);
	}

	@Test
	void addsToWhatIsThere() {
		Context context = this.contributor.contribute(socket(user("alice")), Context.of("other", "value"));
		assertThat(context.<String>get("other")).isEqualTo("value");
		SecurityContext current = ReactiveSecurityContextHolder.getContext()
			.contextWrite(context)
			.block(Duration.ofSeconds(5));
		assertThat(current.getAuthentication()).isEqualTo(user("alice"));
	}

	@Test
	void principalsOfOtherKindsAreNoAuthentication() {
		assertThat(this.contributor.contribute(socket(() -> "alice"), Context.empty()).isEmpty()).isTrue();
		assertThat(this.contributor.contribute(socket(null), Context.empty()).isEmpty()).isTrue();
	}

	@Test
	void nothingIsLeftOnTheThread() {
		SocketContext.Scope scope = this.contributor.bind(socket(user("alice")), Context.empty()).open();
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isEqualTo(user("alice"));
		scope.close();
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	@Test
	void socketWithoutAuthenticationDoesNotSeeThatOfAnother() {
		SecurityContext outer = new SecurityContextImpl(user("alice"));
		SecurityContextHolder.setContext(outer);
		SocketContext.Scope scope = this.contributor.bind(socket(null), Context.empty()).open();
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
		scope.close();
		assertThat(SecurityContextHolder.getContext()).isSameAs(outer);
	}

	@Test
	void whatAHandlerChangesIsForgotten() {
		SocketContext.Binding binding = this.contributor.bind(socket(user("alice")), Context.empty());
		SocketContext.Scope scope = binding.open();
		SecurityContextHolder.getContext().setAuthentication(user("root"));
		scope.close();
		scope = binding.open();
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isEqualTo(user("alice"));
		scope.close();
	}

}
