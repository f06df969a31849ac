package io.socketio.autoconfigure;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.task.SyncTaskExecutor;

import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.handler.ArgumentResolver;
import io.socketio.handler.DuplicateSocketIoEventException;
import io.socketio.handler.SocketIoControllerRegistrar;
import io.socketio.server.BroadcastOperator;
import io.socketio.server.SocketIoNamespace;
import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SocketIoHandlerAutoConfiguration} and {@link HandlerThreadPool}.
 */
class SocketIoHandlerAutoConfigurationTests {

	private static final String EXECUTOR = SocketIoHandlerAutoConfiguration.EXECUTOR;

	private static final String APPLICATION_EXECUTOR = TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, SocketIoAutoConfiguration.class,
				SocketIoHandlerAutoConfiguration.class));

	@Test
	void controllersAreRegisteredWithThreadsOfTheirOwn() {
		this.contextRunner.withPropertyValues("socketio.handler.concurrency=3").run((context) -> {
			assertThat(context).hasSingleBean(SocketIoControllerRegistrar.class);
			HandlerThreadPool pool = context.getBean(EXECUTOR, HandlerThreadPool.class);
			assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
			assertThat(context.getBean(SocketIoControllerRegistrar.class)).hasFieldOrPropertyWithValue("executor",
					pool);
		});
	}

	@Test
	void threadsOfTheirOwnLeaveTheApplicationsExecutorAlone() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasBean(APPLICATION_EXECUTOR);
			assertThat(context.getBeanProvider(Executor.class).getIfUnique())
				.isSameAs(context.getBean(APPLICATION_EXECUTOR));
		});
	}

	@Test
	void virtualThreadsAreThoseOfTheApplicationWhereJavaHasThem() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			boolean active = Threading.VIRTUAL.isActive(context.getEnvironment());
			assertThat(context.containsBean(EXECUTOR)).isEqualTo(!active);
			assertThat(context.getBean(SocketIoControllerRegistrar.class)).hasFieldOrPropertyWithValue("executor",
					context.getBean(active ? APPLICATION_EXECUTOR : EXECUTOR));
		});
	}

	@Test
	void virtualThreadsWithoutExecutorOfTheApplication() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true")
			.withBean("other", Executor.class, SyncTaskExecutor::new)
			.run((context) -> assertThat(context).hasBean(EXECUTOR));
	}

	@Test
	void worksWithoutExecutorOfTheApplication() {
		this.contextRunner.withBean("other", Executor.class, SyncTaskExecutor::new).run((context) -> {
			assertThat(context).doesNotHaveBean(APPLICATION_EXECUTOR).hasBean(EXECUTOR);
			assertThat(context.getBean(SocketIoControllerRegistrar.class)).hasFieldOrPropertyWithValue("executor",
					context.getBean(EXECUTOR));
		});
	}

	@Test
	void executorIsReplacedByTheApplications() {
		this.contextRunner.withBean(EXECUTOR, Executor.class, SyncTaskExecutor::new).run((context) -> {
			assertThat(context.getBean(EXECUTOR)).isInstanceOf(SyncTaskExecutor.class);
			assertThat(context.getBean(SocketIoControllerRegistrar.class)).hasFieldOrPropertyWithValue("executor",
					context.getBean(EXECUTOR));
		});
	}

	@Test
	void registrarIsReplacedByTheApplications() {
		SocketIoServer server = mock(SocketIoServer.class);
		this.contextRunner
			.withBean("own", SocketIoControllerRegistrar.class,
					() -> new SocketIoControllerRegistrar(new StaticApplicationContext(), server,
							new DefaultConversionService(), Runnable::run, List.of(), 1))
			.run((context) -> assertThat(context).hasSingleBean(SocketIoControllerRegistrar.class).hasBean("own"));
	}

	@Test
	void conversionServiceOfTheApplicationIsUsed() {
		this.contextRunner.withBean(ConversionService.class, DefaultConversionService::new)
			.run((context) -> assertThat(context.getBean(SocketIoControllerRegistrar.class))
				.hasFieldOrPropertyWithValue("conversionService", context.getBean(ConversionService.class)));
		this.contextRunner.run((context) -> assertThat(context.getBean(SocketIoControllerRegistrar.class))
			.hasFieldOrPropertyWithValue("conversionService", ApplicationConversionService.getSharedInstance()));
	}

	@Test
	void argumentResolversAndLimitsArePassedOn() {
		ArgumentResolver resolver = mock(ArgumentResolver.class);
		this.contextRunner.withBean(ArgumentResolver.class, () -> resolver)
			.withPropertyValues("socketio.handler.max-pending-per-socket=7",
					"socketio.handler.max-concurrent-per-socket=5")
			.run((context) -> assertThat(context.getBean(SocketIoControllerRegistrar.class))
				.hasFieldOrPropertyWithValue("maxPendingEvents", 7)
				.hasFieldOrPropertyWithValue("maxConcurrentEvents", 5)
				.extracting("resolvers", InstanceOfAssertFactories.LIST)
				.containsExactly(resolver));
	}

	@Test
	void nothingWithoutServer() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketIoHandlerAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(SocketIoControllerRegistrar.class)
				.doesNotHaveBean(EXECUTOR));
	}

	@Test
	void twoHandlersOfOneEventFailTheStart() {
		this.contextRunner.withBean(First.class).withBean(Second.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(DuplicateSocketIoEventException.class);
			String description = new DuplicateSocketIoEventFailureAnalyzer().analyze(context.getStartupFailure())
				.getDescription();
			assertThat(description).contains("'message'").contains("'/'").contains("First").contains("Second");
		});
	}

	@Test
	void allThatIsWrongIsTold() {
		this.contextRunner.withBean(Wrong.class).withBean(First.class).withBean(Second.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidHandlerMethodFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).containsSubsequence("Wrong#one(", "Wrong#two(", "'message'");
			assertThat(analysis.getAction()).isEqualTo("Correct these methods.");
		});
	}

	@Test
	void poolFinishesWhatWaitsBeforeItIsStopped() throws InterruptedException {
		HandlerThreadPool pool = new HandlerThreadPool(1, 10);
		pool.start();
		assertThat(pool.isRunning()).isTrue();
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger done = new AtomicInteger();
		for (int i = 0; i < 5; i++) {
			pool.execute(() -> {
				try {
					release.await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				done.incrementAndGet();
			});
		}
		CountDownLatch stopped = new CountDownLatch(1);
		AtomicInteger doneWhenStopped = new AtomicInteger();
		pool.stop(() -> {
			doneWhenStopped.set(done.get());
			stopped.countDown();
		});
		assertThat(pool.isRunning()).isFalse();
		assertThat(stopped.getCount()).isOne();
		release.countDown();
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(doneWhenStopped).hasValue(5);
	}

	@Test
	void poolIsStoppedTwice() {
		HandlerThreadPool pool = new HandlerThreadPool(1, 10);
		AtomicInteger calls = new AtomicInteger();
		pool.stop(calls::incrementAndGet);
		pool.stop(calls::incrementAndGet);
		assertThat(calls).hasValue(2);
	}

	@Test
	void poolIsStoppedBetweenServerAndWebServer() {
		HandlerThreadPool pool = new HandlerThreadPool(1, 10);
		assertThat(pool.getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE)
			.isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
		assertThat(pool.isPauseable()).isFalse();
		pool.shutdown();
	}

	@SocketIoController
	static class First {

		@SocketIoEvent("message")
		void message() {
		}

	}

	@SocketIoController
	static class Second {

		@SocketIoEvent("message")
		void handle() {
		}

	}

	@SocketIoController
	static class Wrong {

		@SocketIoEvent
		void one(SocketIoNamespace namespace, BroadcastOperator operator) {
		}

		@SocketIoEvent
		void two(Object... arguments) {
		}

	}

}
