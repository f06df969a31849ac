package io.socketio.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.convert.ConversionService;

import io.socketio.handler.ArgumentResolver;
import io.socketio.handler.SocketIoControllerRegistrar;
import io.socketio.server.SocketIoServer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for annotated controllers, and the
 * threads that run those of their methods that may block.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { SocketIoAutoConfiguration.class, TaskExecutionAutoConfiguration.class })
@ConditionalOnBean(SocketIoServer.class)
public final class SocketIoHandlerAutoConfiguration {

	static final String EXECUTOR = "socketIoHandlerExecutor";

	private static final String APPLICATION_EXECUTOR = TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;

	@Bean
	@ConditionalOnMissingBean
	SocketIoControllerRegistrar socketIoControllerRegistrar(ApplicationContext context, SocketIoServer server,
			ObjectProvider<ConversionService> conversionService, ObjectProvider<ArgumentResolver> resolvers,
			@Qualifier(EXECUTOR) ObjectProvider<Executor> executor,
			@Qualifier(APPLICATION_EXECUTOR) ObjectProvider<Executor> applicationExecutor,
			SocketIoProperties properties) {
		OptionsMapper options = new OptionsMapper(properties);
		return new SocketIoControllerRegistrar(context, server,
				conversionService.getIfUnique(ApplicationConversionService::getSharedInstance),
				executor.getIfAvailable(applicationExecutor::getObject), resolvers.orderedStream().toList(),
				options.maxPendingPerSocket(), options.maxConcurrentPerSocket());
	}

	// No default candidate, so that Boot's own executor does not back off
	@Bean(name = EXECUTOR, defaultCandidate = false, destroyMethod = "shutdown")
	@ConditionalOnMissingBean(name = EXECUTOR)
	@Conditional(OwnThreadsCondition.class)
	HandlerThreadPool socketIoHandlerExecutor(SocketIoProperties properties) {
		return new OptionsMapper(properties).handlerThreadPool();
	}

	/**
	 * Virtual threads need no pool: the application's executor makes them.
	 */
	static class OwnThreadsCondition extends AnyNestedCondition {

		OwnThreadsCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnThreading(Threading.PLATFORM)
		static class PlatformThreads {

		}

		@ConditionalOnMissingBean(name = APPLICATION_EXECUTOR)
		static class NoApplicationExecutor {

		}

	}

}
