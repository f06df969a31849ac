package io.socketio.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.log.LogMessage;

import io.socketio.engine.EngineServer;
import io.socketio.engine.HandshakeGuard;
import io.socketio.server.SocketIoServer;
import io.socketio.webflux.ClientScriptHandler;
import io.socketio.webflux.ClientScripts;
import io.socketio.webflux.EngineWebHandler;
import io.socketio.webflux.SocketIoHandlerMapping;
import io.socketio.webflux.SocketIoLifecycle;
import io.socketio.webflux.WebOptions;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the Socket.IO endpoint of a
 * WebFlux application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnBean(EngineServer.class)
@ImportRuntimeHints(SocketIoWebFluxAutoConfiguration.ClientScriptHints.class)
public final class SocketIoWebFluxAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SocketIoWebFluxAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	WebOptions socketIoWebOptions(SocketIoProperties properties) {
		return new OptionsMapper(properties).web();
	}

	@Bean
	@ConditionalOnMissingBean
	EngineWebHandler socketIoWebHandler(EngineServer server, WebOptions options, ObjectProvider<HandshakeGuard> guards,
			ApplicationEventPublisher events) {
		return new EngineWebHandler(server, options, guards.orderedStream().toList(), events);
	}

	@Bean
	@ConditionalOnMissingBean
	ClientScripts socketIoClientScripts(SocketIoProperties properties, ResourceLoader resourceLoader) {
		return properties.isServeClient()
				? ClientScripts.from(resourceLoader.getResource(new OptionsMapper(properties).clientLocation()))
				: ClientScripts.none();
	}

	@Bean
	@ConditionalOnMissingBean
	SocketIoHandlerMapping socketIoHandlerMapping(EngineWebHandler handler, ClientScripts scripts,
			SocketIoProperties properties, ObjectProvider<ReactiveWebServerFactory> webServerFactory,
			ApplicationEventPublisher events) {
		webServerFactory.stream().forEach(SocketIoWebFluxAutoConfiguration::checkWebServer);
		OptionsMapper options = new OptionsMapper(properties);
		SocketIoHandlerMapping mapping = new SocketIoHandlerMapping(options.path(), properties.isAddTrailingSlash(),
				new ClientScriptHandler(scripts, handler), options.cors(), events);
		logger.info(LogMessage.format("Socket.IO endpoint %s", mapping.path()));
		return mapping;
	}

	private static void checkWebServer(ReactiveWebServerFactory factory) {
		if (!(factory instanceof NettyReactiveWebServerFactory)) {
			throw new UnsupportedWebServerException(factory.getClass());
		}
	}

	@Bean
	@ConditionalOnMissingBean
	SocketIoLifecycle socketIoLifecycle(SocketIoServer server) {
		return new SocketIoLifecycle(server);
	}

	static class ClientScriptHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("io/socketio/client/*");
		}

	}

}
