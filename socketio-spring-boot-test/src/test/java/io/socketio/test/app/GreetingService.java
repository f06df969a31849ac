package io.socketio.test.app;

import org.springframework.stereotype.Service;

@Service
class GreetingService {

	String greet(String name) {
		return "Hello " + name;
	}

}
