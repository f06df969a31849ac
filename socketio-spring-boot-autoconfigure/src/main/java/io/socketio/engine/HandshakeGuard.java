package io.socketio.engine;

import reactor.core.publisher.Mono;

/**
 * Decides whether a client may open a session: the {@code allowRequest} option of the
 * reference. Called for handshakes only, never for later requests of a session or for its
 * upgrade. All beans of this type are asked, in their order, until one refuses.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HandshakeGuard {

	/**
	 * Check a handshake, on the connection's event loop: it must not block.
	 * @param request the request
	 * @return completes to let it pass; {@link HandshakeRefusedException} is told to the
	 * client as error code 4, any other error is logged and told as code 3
	 */
	Mono<Void> check(EngineRequest request);

}
