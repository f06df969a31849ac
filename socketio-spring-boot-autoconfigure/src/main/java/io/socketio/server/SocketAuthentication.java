package io.socketio.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineSession;
import io.socketio.engine.Timers;

/**
 * Asks the application who the clients are, and sees to it that they stay no longer than
 * that holds.
 */
final class SocketAuthentication {

	static final String EXPIRED = "Authentication expired";

	/**
	 * Beyond it an expiry is none: longer than a connection lasts, and within what the
	 * timers can count.
	 */
	private static final Duration MAX_DELAY = Duration.ofDays(366);

	private static final Log logger = LogFactory.getLog(SocketAuthentication.class);

	private final ServerExtensions extensions;

	private final Timers timers;

	SocketAuthentication(ServerExtensions extensions, Timers timers) {
		this.extensions = extensions;
		this.timers = timers;
	}

	/**
	 * Find out who a client is. Called on the session's lane.
	 * @param namespace the namespace that it wants to join
	 * @param handshake its handshake
	 * @param session its session
	 * @param accepted gets who it is, or {@code null} to go by the handshake; at once if
	 * nobody has to be asked, else later on the session's lane
	 * @param refused gets why it is refused, on the session's lane
	 */
	void authenticate(String namespace, Handshake handshake, EngineSession session,
			Consumer<@Nullable SocketIdentity> accepted, Consumer<ConnectionRefusedException> refused) {
		SocketAuthenticator authenticator = this.extensions.authenticator();
		if (authenticator == null) {
			accepted.accept(null);
			return;
		}
		Mono.defer(() -> authenticator.authenticate(namespace, handshake))
			.contextWrite(session.request().context())
			.doOnNext(SocketAuthentication::checkExpiry)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.subscribe((identity) -> session.inLane(() -> accepted.accept(identity.orElse(null))), (ex) -> session
				.inLane(() -> refused.accept(refusal(ex, "Authentication for namespace " + namespace))));
	}

	private static void checkExpiry(SocketIdentity identity) {
		Instant expiresAt = identity.expiresAt();
		if (expiresAt != null && !expiresAt.isAfter(Instant.now())) {
			throw new ConnectionRefusedException(EXPIRED);
		}
	}

	/**
	 * Make the refusal of an error. What is no fault of the client is logged and shows it
	 * nothing of the inside.
	 * @param ex the error
	 * @param source what failed, for the log
	 * @return the refusal
	 */
	ConnectionRefusedException refusal(Throwable ex, String source) {
		if (ex instanceof ConnectionRefusedException refusal) {
			return refusal;
		}
		String message = this.extensions.translator().translate(ex);
		if (message != null) {
			logger.debug(source + " refused a socket", ex);
			return new ConnectionRefusedException(message);
		}
		logger.error(source + " failed, the socket is refused", ex);
		return new ConnectionRefusedException("Internal server error");
	}

	/**
	 * Disconnect a socket when its authentication expires. Called on its lane.
	 * @param socket the socket
	 */
	void expireLater(DefaultSocket socket) {
		Instant expiresAt = socket.expiresAt();
		if (expiresAt == null) {
			return;
		}
		Duration delay = Duration.between(Instant.now(), expiresAt);
		if (delay.compareTo(MAX_DELAY) < 0) {
			Duration positive = delay.isNegative() ? Duration.ZERO : delay;
			Runnable expire = () -> socket.connection().expire(socket);
			socket.expiry(this.timers.schedule(positive, () -> socket.session().inLane(expire)));
		}
	}

}
