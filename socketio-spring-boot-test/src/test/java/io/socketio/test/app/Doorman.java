package io.socketio.test.app;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import io.socketio.engine.EngineRequest;
import io.socketio.engine.HandshakeGuard;
import io.socketio.engine.HandshakeRefusedException;

@Component
class Doorman implements HandshakeGuard {

	@Override
	public Mono<Void> check(EngineRequest request) {
		return "burglar".equals(request.headers().getFirst("X-Trade"))
				? Mono.error(new HandshakeRefusedException("No burglars")) : Mono.empty();
	}

}
