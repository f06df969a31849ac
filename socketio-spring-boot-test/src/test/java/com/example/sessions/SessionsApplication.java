package com.example.sessions;

import org.springframework.boot.autoconfigure.SpringBootApplication;

import io.socketio.annotation.SocketIoController;

@SpringBootApplication
class SessionsApplication {

	@SocketIoController
	static class Lounge {

	}

}
