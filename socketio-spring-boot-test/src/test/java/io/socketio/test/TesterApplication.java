package io.socketio.test;

import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.Acknowledgement;
import io.socketio.server.ConnectionRefusedException;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoServer;
import io.socketio.server.SocketIoSocket;

/**
 * A server that does what the client tells it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ TesterApplication.Puppet.class, TesterApplication.Guarded.class })
class TesterApplication {

	@SocketIoController
	static class Puppet {

		@SocketIoEvent("echo")
		void echo(EventArguments arguments, Acknowledgement acknowledgement) {
			acknowledgement.send(arguments.toList().toArray());
		}

		@SocketIoEvent("emit")
		void emit(String event, List<Object> arguments, SocketIoSocket socket) {
			socket.emit(event, arguments.toArray());
		}

		@SocketIoEvent("broadcast")
		void broadcast(String event, List<Object> arguments, SocketIoSocket socket) {
			socket.broadcast().emit(event, arguments.toArray());
		}

		@SocketIoEvent("ask")
		Mono<Object> ask(String question, SocketIoSocket socket) {
			return socket.emitWithAck("question", question).map((answer) -> "You said " + answer.get(0));
		}

		@SocketIoEvent("ignore")
		void ignore(Acknowledgement acknowledgement) {
		}

		@SocketIoEvent("handshake")
		Map<String, Object> handshake(SocketIoSocket socket) {
			return Map.of("header", String.valueOf(socket.handshake().headers().get("X-Test")), "query",
					String.valueOf(socket.handshake().query().get("room")), "auth",
					String.valueOf(socket.handshake().auth("token", String.class)));
		}

		@SocketIoEvent("kick")
		void kick(SocketIoSocket socket) {
			socket.disconnect();
		}

		@SocketIoEvent("hangUp")
		void hangUp(SocketIoSocket socket) {
			socket.disconnect(true);
		}

	}

	@SocketIoController("/guarded")
	static class Guarded {

		Guarded(SocketIoServer server) {
			server.of("/guarded")
				.use((socket) -> "secret".equals(socket.handshake().auth("token", String.class)) ? Mono.empty()
						: Mono.error(new ConnectionRefusedException("Unknown token", Map.of("code", 401))));
		}

	}

}
