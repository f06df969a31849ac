package io.socketio.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import io.socketio.engine.CloseReason;
import io.socketio.engine.EngineMessage;
import io.socketio.engine.EngineOptions;
import io.socketio.engine.EngineServer;
import io.socketio.engine.EngineSession;
import io.socketio.engine.Timers;
import io.socketio.protocol.EnginePacket;

/**
 * A Spring Boot application on a real port, made by the auto-configurations, but for its
 * engine: that one echoes every message, as {@link TestEngine} does.
 */
public final class TestApplication implements AutoCloseable {

	/**
	 * Prefix of messages that are echoed without leave to compress them.
	 */
	public static final String UNCOMPRESSED = "uncompressed";

	private final ConfigurableApplicationContext context;

	private TestApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application.
	 * @param properties its properties, {@code name=value}
	 * @return the application
	 */
	public static TestApplication start(String... properties) {
		return new TestApplication(
				new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.REACTIVE)
					.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
							"spring.main.log-startup-info=false")
					.properties(properties)
					.run());
	}

	public int port() {
		return ((ReactiveWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	public List<EngineSession> sessions() {
		return this.context.getBean(Echo.class).sessions;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { ReactiveWebSecurityAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class })
	static class EchoConfiguration {

		// Of its own, since closing the shared ones would end other servers of this JVM
		@Bean
		ReactorResourceFactory reactorResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean(destroyMethod = "stop")
		Timers timers() {
			return new Timers();
		}

		@Bean
		Echo echo() {
			return new Echo();
		}

		@Bean
		EngineServer engineServer(EngineOptions options, Timers timers, Echo echo) {
			return new EngineServer(options, timers, echo::opened);
		}

	}

	static class Echo {

		private final List<EngineSession> sessions = new CopyOnWriteArrayList<>();

		EngineSession.Listener opened(EngineSession session) {
			this.sessions.add(session);
			return new EngineSession.Listener() {

				@Override
				public void onMessage(EnginePacket message) {
					boolean compress = message.binary() || !message.text().startsWith(UNCOMPRESSED);
					session.send(EngineMessage.of(List.of(message), compress));
				}

				@Override
				public void onClose(CloseReason reason, String description) {
					// nothing to do
				}

			};
		}

	}

}
