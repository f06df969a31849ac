package io.socketio.test.app;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;

@SocketIoController("/farewells")
class FarewellController {

	@SocketIoEvent("leave")
	String leave() {
		return "Goodbye";
	}

}
