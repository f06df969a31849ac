package io.socketio.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.test.util.ReflectionTestUtils;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.AdapterFactory;
import io.socketio.engine.EngineOptions;
import io.socketio.engine.EngineServer;
import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.PacketParser;
import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.SessionStore;
import io.socketio.server.DefaultSocketIoServer;
import io.socketio.server.ServerOptions;
import io.socketio.server.SocketIoServer;
import io.socketio.webflux.SocketIoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketIoAutoConfiguration}.
 */
class SocketIoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, SocketIoAutoConfiguration.class));

	@Test
	void serverIsThereWithoutAWebApplication() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(SocketIoServer.class).hasSingleBean(EngineServer.class);
			assertThat(context.getBean(DefaultSocketIoServer.class).engine())
				.isSameAs(context.getBean(EngineServer.class));
			assertThat(context).getBean(PacketParser.class).isInstanceOf(JsonPacketParser.class);
			assertThat(context).getBean(SessionStore.class).isInstanceOf(InMemorySessionStore.class);
			assertThat(context).hasSingleBean(AdapterFactory.class);
		});
	}

	@Test
	void propertiesReachTheServer() {
		this.contextRunner
			.withPropertyValues("socketio.ping-interval=1s", "socketio.connect-timeout=2s",
					"socketio.connectionStateRecovery.enabled=true",
					"socketio.connectionStateRecovery.maxDisconnectionDuration=3000",
					"socketio.connection-state-recovery.max-sessions=4")
			.run((context) -> {
				assertThat(context.getBean(EngineServer.class).options().pingInterval())
					.isEqualTo(Duration.ofSeconds(1));
				ServerOptions options = context.getBean(ServerOptions.class);
				assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(options.recovery()).isNotNull();
				assertThat(options.recovery().maxDisconnectionDuration()).isEqualTo(Duration.ofSeconds(3));
				assertThat(ReflectionTestUtils.getField(context.getBean(SessionStore.class), "maxSessions"))
					.isEqualTo(4);
			});
	}

	@Test
	void recoveryIsOffByDefault() {
		this.contextRunner.run((context) -> assertThat(context.getBean(ServerOptions.class).recovery()).isNull());
	}

	@Test
	void serverIsClosedWithTheContext() {
		this.contextRunner.run((context) -> {
			EngineServer engine = context.getBean(EngineServer.class);
			assertThat(engine.isClosed()).isFalse();
			context.getSourceApplicationContext().close();
			assertThat(engine.isClosed()).isTrue();
		});
	}

	@Test
	void everyPartIsReplacedByTheApplications() {
		this.contextRunner.withUserConfiguration(PartsConfiguration.class).run((context) -> {
			assertThat(context).hasSingleBean(EngineOptions.class).hasBean("ownEngineOptions");
			assertThat(context).hasSingleBean(ServerOptions.class).hasBean("ownServerOptions");
			assertThat(context).hasSingleBean(PacketParser.class).hasBean("ownParser");
			assertThat(context).hasSingleBean(SessionStore.class).hasBean("ownStore");
			assertThat(context).hasSingleBean(AdapterFactory.class).hasBean("ownAdapters");
			Object serverContext = ReflectionTestUtils.getField(context.getBean(SocketIoServer.class), "context");
			assertThat(serverContext).extracting("parser", "store")
				.containsExactly(context.getBean(PacketParser.class), context.getBean(SessionStore.class));
			assertThat(context.getBean(EngineServer.class).options()).isSameAs(context.getBean(EngineOptions.class));
			assertThat(context.getBean(SocketIoServer.class)).hasFieldOrPropertyWithValue("namespaces.adapters",
					context.getBean(AdapterFactory.class));
		});
	}

	@Test
	void serverIsReplacedByTheApplications() {
		this.contextRunner.withBean("own", SocketIoServer.class, () -> mock(SocketIoServer.class))
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean(EngineServer.class));
	}

	@Test
	void ownAdapterFactoryNeedsNoKnownType() {
		this.contextRunner.withPropertyValues("socketio.adapter.type=own")
			.withBean(AdapterFactory.class, AdapterFactory::inMemory)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void unknownAdapterTypeFails() {
		this.contextRunner.withPropertyValues("socketio.adapter.type=redis")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidSocketIoPropertyException.class));
	}

	@Test
	void worksWithoutJacksonAutoConfiguration() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean(JsonMapper.class));
	}

	@Test
	void worksWithoutWebClasses() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive", "reactor.netty"))
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void servletApplicationIsWarned(CapturedOutput output) {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SocketIoWebFluxAutoConfiguration.class))
			.withInitializer((context) -> context.getBeanFactory().registerScope("session", new SimpleThreadScope()))
			.run((context) -> {
				assertThat(context).hasSingleBean(SocketIoServer.class).doesNotHaveBean(SocketIoHandlerMapping.class);
				assertThat(output).contains("spring.main.web-application-type=reactive");
			});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void otherApplicationsAreNotWarned(CapturedOutput output) {
		this.contextRunner.run((context) -> assertThat(output).doesNotContain("web-application-type"));
	}

	@Configuration(proxyBeanMethods = false)
	static class PartsConfiguration {

		@Bean
		EngineOptions ownEngineOptions() {
			return EngineOptions.defaults();
		}

		@Bean
		ServerOptions ownServerOptions() {
			return ServerOptions.defaults();
		}

		@Bean
		PacketParser ownParser() {
			return mock(PacketParser.class);
		}

		@Bean
		SessionStore ownStore() {
			return mock(SessionStore.class);
		}

		@Bean
		AdapterFactory ownAdapters() {
			return AdapterFactory.inMemory();
		}

	}

}
