package io.socketio.autoconfigure;

import java.time.Clock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.adapter.AdapterFactory;
import io.socketio.engine.EngineOptions;
import io.socketio.engine.EngineServer;
import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.PacketParser;
import io.socketio.protocol.msgpack.MsgpackPacketParser;
import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.SessionStore;
import io.socketio.server.ClientErrorTranslator;
import io.socketio.server.DefaultSocketIoServer;
import io.socketio.server.ServerExtensions;
import io.socketio.server.ServerOptions;
import io.socketio.server.SocketAuthenticator;
import io.socketio.server.SocketContextContributor;
import io.socketio.server.SocketIoServer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the Socket.IO server. Each part
 * of it can be replaced by a bean of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = JacksonAutoConfiguration.class)
@EnableConfigurationProperties(SocketIoProperties.class)
public final class SocketIoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EngineOptions socketIoEngineOptions(SocketIoProperties properties) {
		return new OptionsMapper(properties).engine();
	}

	@Bean
	@ConditionalOnMissingBean
	ServerOptions socketIoServerOptions(SocketIoProperties properties) {
		return new OptionsMapper(properties).server();
	}

	@Bean
	@ConditionalOnMissingBean
	PacketParser socketIoPacketParser(SocketIoProperties properties, ObjectProvider<JsonMapper> mappers,
			ResourceLoader resourceLoader) {
		JsonMapper mapper = mappers.getIfUnique(JsonMapper::shared);
		return switch (new OptionsMapper(properties).parser(resourceLoader.getClassLoader())) {
			case JSON -> new JsonPacketParser(mapper);
			case MSGPACK -> new MsgpackPacketParser(mapper);
		};
	}

	@Bean
	@ConditionalOnMissingBean
	SessionStore socketIoSessionStore(SocketIoProperties properties) {
		return new InMemorySessionStore(new OptionsMapper(properties).recovery().maxSessions(), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean
	AdapterFactory socketIoAdapterFactory(SocketIoProperties properties) {
		new OptionsMapper(properties).checkMemoryAdapter();
		return AdapterFactory.inMemory();
	}

	@Bean
	@ConditionalOnMissingBean(SocketIoServer.class)
	DefaultSocketIoServer socketIoServer(EngineOptions engineOptions, ServerOptions options, PacketParser parser,
			ObjectProvider<JsonMapper> mapper, SessionStore store, AdapterFactory adapters,
			ApplicationEventPublisher events, ServerExtensions extensions) {
		return new DefaultSocketIoServer(engineOptions, options, parser, mapper.getIfUnique(JsonMapper::shared), store,
				adapters, events, extensions);
	}

	@Bean
	@ConditionalOnMissingBean
	ServerExtensions socketIoServerExtensions(ObjectProvider<SocketAuthenticator> authenticator,
			ObjectProvider<SocketContextContributor> contributors, ObjectProvider<ClientErrorTranslator> translators) {
		return new ServerExtensions(authenticator.getIfAvailable(), contributors.orderedStream().toList(),
				ClientErrorTranslator.of(translators.orderedStream().toList()));
	}

	// Closed by the server that it belongs to
	@Bean(destroyMethod = "")
	@ConditionalOnBean(DefaultSocketIoServer.class)
	@ConditionalOnMissingBean
	EngineServer socketIoEngine(DefaultSocketIoServer server) {
		return server.engine();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	static class ServletApplicationConfiguration {

		private static final Log logger = LogFactory.getLog(SocketIoAutoConfiguration.class);

		ServletApplicationConfiguration() {
			logger.warn("Clients cannot connect: the Socket.IO endpoint needs a WebFlux application, and this is a "
					+ "servlet application. Set spring.main.web-application-type=reactive, or remove "
					+ "spring-boot-starter-webmvc.");
		}

	}

}
