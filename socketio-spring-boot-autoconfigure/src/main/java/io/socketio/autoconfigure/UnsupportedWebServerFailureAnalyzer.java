package io.socketio.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to get Reactor Netty as the web server.
 */
final class UnsupportedWebServerFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedWebServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedWebServerException cause) {
		String description = String
			.format("The Socket.IO endpoint runs on Reactor Netty alone, but the web server of this application is "
					+ "created by a bean of type%n%n    %s", cause.getFactoryType().getName());
		String action = "Let the application run on Reactor Netty: use spring-boot-starter-webflux without excluding "
				+ "spring-boot-starter-reactor-netty, and remove the starter of the other server (such as "
				+ "spring-boot-starter-tomcat or spring-boot-starter-jetty) and any ReactiveWebServerFactory bean "
				+ "of your own that is no NettyReactiveWebServerFactory.";
		return new FailureAnalysis(description, action, cause);
	}

}
