package io.socketio.autoconfigure;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.socketio.context.MdcAccessor;
import io.socketio.context.MdcContributor;
import io.socketio.context.ThreadLocalsContributor;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the context in which handlers
 * run: thread locals known to Micrometer's context propagation, and the MDC.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = SocketIoAutoConfiguration.class)
public final class SocketIoContextAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextSnapshotFactory.class)
	static class PropagationConfiguration {

		// First, since it clears what others set
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		@ConditionalOnMissingBean
		ThreadLocalsContributor socketIoThreadLocalsContributor() {
			return new ThreadLocalsContributor(ContextRegistry.getInstance());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MDC.class)
	@ConditionalOnBooleanProperty("socketio.handler.mdc")
	static class MdcConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MdcContributor socketIoMdcContributor() {
			return new MdcContributor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ContextSnapshotFactory.class, MDC.class })
	@ConditionalOnBooleanProperty("socketio.handler.mdc")
	static class MdcPropagationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MdcAccessor socketIoMdcAccessor() {
			MdcAccessor accessor = new MdcAccessor();
			ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
			return accessor;
		}

	}

}
