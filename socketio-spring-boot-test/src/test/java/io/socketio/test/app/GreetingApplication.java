package io.socketio.test.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The small application that slices are cut from.
 */
@SpringBootApplication
class GreetingApplication {

}
