package io.socketio.test.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.autoconfigure.SocketIoWebFluxAutoConfiguration;
import io.socketio.protocol.PacketParser;
import io.socketio.test.SocketIoTester;
import io.socketio.webflux.SocketIoHandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link SocketIoTester} of the
 * application's own endpoint, in slices and whenever this module is on the class path.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SocketIoWebFluxAutoConfiguration.class)
@ConditionalOnBean({ SocketIoHandlerMapping.class, PacketParser.class })
@EnableConfigurationProperties(SocketIoTesterProperties.class)
public final class SocketIoTesterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SocketIoTester socketIoTester(ApplicationContext context, SocketIoHandlerMapping mapping, PacketParser parser,
			ObjectProvider<JsonMapper> mapper, SocketIoTesterProperties properties) {
		return SocketIoTester
			.of(new LocalEndpoint(context, mapping.path()), parser, mapper.getIfUnique(JsonMapper::shared))
			.timeout(properties.getTimeout());
	}

}
