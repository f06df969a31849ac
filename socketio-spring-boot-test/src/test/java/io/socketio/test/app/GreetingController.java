package io.socketio.test.app;

import io.socketio.annotation.Auth;
import io.socketio.annotation.OnConnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.SocketIoSocket;

@SocketIoController("/greetings")
class GreetingController {

	private final GreetingService greetings;

	GreetingController(GreetingService greetings) {
		this.greetings = greetings;
	}

	@OnConnect
	void connected(SocketIoSocket socket, @Auth("room") String room) {
		if (room != null) {
			socket.join(room);
		}
	}

	@SocketIoEvent("greet")
	Greeting greet(Name name, SocketIoSocket socket) {
		Greeting greeting = new Greeting(this.greetings.greet(name.value()), name);
		socket.to("lobby").emit("greeted", greeting);
		return greeting;
	}

	@SocketIoEvent("whoami")
	String whoAmI(@Caller String caller) {
		return caller;
	}

	record Greeting(String text, Name name) {

	}

}
