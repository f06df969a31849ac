package io.socketio.edgecases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;

import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.TestApplication;

/**
 * Spring Boot applications, one for each set of properties, ended with the test class.
 */
abstract class ApplicationCases {

	static final String POLLING = EngineCases.POLLING;

	static final String WEBSOCKET = EngineCases.WEBSOCKET;

	private static final Map<List<String>, TestApplication> applications = new LinkedHashMap<>();

	TestApplication application;

	@AfterAll
	static void closeApplications() {
		applications.values().forEach(TestApplication::close);
		applications.clear();
	}

	void start(String... properties) {
		this.application = applications.computeIfAbsent(List.of(properties),
				(missing) -> TestApplication.start(properties));
	}

	int port() {
		return this.application.port();
	}

	PollingClient openPolling() {
		return PollingClient.open(port());
	}

	RawResponse get(String target, String... headers) {
		return RawHttp.get(port(), target, headers);
	}

	RawResponse exchange(String method, String target, String... headers) {
		return RawHttp.exchange(port(), method, target, new byte[0], headers);
	}

}
