package io.socketio.benchmarks.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The server under load.
 *
 * @since 0.1.0
 */
@SpringBootApplication
public class BenchmarkServer {

	/**
	 * Starts the server.
	 * @param args command line arguments, as Spring Boot takes them
	 */
	public static void main(String[] args) {
		SpringApplication.run(BenchmarkServer.class, args);
	}

}
